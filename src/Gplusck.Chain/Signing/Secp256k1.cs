using System.Diagnostics.CodeAnalysis;
using Gplusck.Chain.Primitives;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Utilities;

namespace Gplusck.Chain.Signing;

/// <summary>ECDSA on the curve secp256k1 as Ethereum wants it: deterministic, low s, key recoverable.</summary>
/// <remarks>SEC 1 section 4.1, RFC 6979, Yellow Paper appendix F. The field arithmetic is BouncyCastle's.</remarks>
internal static class Secp256k1
{
    private const int UncompressedHeaderBytes = 1;
    private const byte CompressedEven = 0x02;

    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger HalfOrder = Curve.N.ShiftRight(1);

    /// <summary>Whether a number can be a private key: not zero and below the order of the curve.</summary>
    public static bool IsPrivateKey(BigInteger key) => key.SignValue > 0 && key.CompareTo(Curve.N) < 0;

    /// <summary>The account that a private key controls.</summary>
    public static Address AddressOf(BigInteger key) =>
        AddressOf(new FixedPointCombMultiplier().Multiply(Curve.G, key).Normalize());

    /// <summary>Signs a digest with the nonce of RFC 6979 over SHA-256.</summary>
    public static Signature Sign(BigInteger key, Hash32 digest)
    {
        HMacDsaKCalculator nonces = new(new Sha256Digest());
        nonces.Init(Curve.N, key, digest.ToArray());
        BigInteger message = NumberOf(digest);
        while (true)
        {
            BigInteger nonce = nonces.NextK();
            ECPoint point = new FixedPointCombMultiplier().Multiply(Curve.G, nonce).Normalize();
            BigInteger r = point.AffineXCoord.ToBigInteger();
            BigInteger s = BigIntegers.ModOddInverse(Curve.N, nonce)
                .Multiply(message.Add(r.Multiply(key))).Mod(Curve.N);

            // An x beyond the order (chance 2^-128) could not be recovered from one parity bit.
            if (r.SignValue == 0 || s.SignValue == 0 || r.CompareTo(Curve.N) >= 0)
            {
                continue;
            }

            bool odd = point.AffineYCoord.TestBitZero();
            return s.CompareTo(HalfOrder) > 0
                ? new Signature(HashOf(r), HashOf(Curve.N.Subtract(s)), odd ? (byte)0 : (byte)1)
                : new Signature(HashOf(r), HashOf(s), odd ? (byte)1 : (byte)0);
        }
    }

    /// <summary>The account whose key made a signature over a digest; false when no key can have.</summary>
    public static bool TryRecover(Signature signature, Hash32 digest, out Address address)
    {
        address = default;
        BigInteger r = NumberOf(signature.R);
        BigInteger s = NumberOf(signature.S);
        if (!IsPrivateKey(r) || s.SignValue == 0 || s.CompareTo(HalfOrder) > 0 || signature.YParity > 1
            || !TryPoint(signature, out ECPoint? point))
        {
            return false;
        }

        BigInteger inverse = BigIntegers.ModOddInverse(Curve.N, r);
        BigInteger minusMessage = Curve.N.Subtract(NumberOf(digest).Mod(Curve.N));
        ECPoint key = ECAlgorithms.SumOfTwoMultiplies(
            Curve.G, minusMessage.Multiply(inverse).Mod(Curve.N), point, s.Multiply(inverse).Mod(Curve.N)).Normalize();
        if (key.IsInfinity)
        {
            return false;
        }

        address = AddressOf(key);
        return true;
    }

    private static bool TryPoint(Signature signature, [NotNullWhen(true)] out ECPoint? point)
    {
        byte[] compressed = [(byte)(CompressedEven + signature.YParity), .. signature.R.ToArray()];
        try
        {
            point = Curve.Curve.DecodePoint(compressed);
            return true;
        }
        catch (ArgumentException)
        {
            // No point of the curve has this x.
            point = null;
            return false;
        }
    }

    private static Address AddressOf(ECPoint normalized)
    {
        byte[] encoded = normalized.GetEncoded(compressed: false);
        Span<byte> hash = stackalloc byte[Hash32.Length];
        Keccak.Hash(encoded.AsSpan(UncompressedHeaderBytes), hash);
        return Address.FromBytes(hash[^Address.Length..]);
    }

    private static BigInteger NumberOf(Hash32 hash) => new(1, hash.ToArray());

    private static Hash32 HashOf(BigInteger number) =>
        Hash32.FromBytes(BigIntegers.AsUnsignedByteArray(Hash32.Length, number));
}
