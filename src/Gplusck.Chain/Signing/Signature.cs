using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Signing;

/// <summary>An ECDSA signature on secp256k1 from which the signer can be recovered.</summary>
/// <param name="R">The x coordinate of the nonce's point.</param>
/// <param name="S">The proof; only its lower half is accepted (EIP-2), so that a signature has one form.</param>
/// <param name="YParity">0 when the nonce's point has an even y, 1 when odd.</param>
public readonly record struct Signature(Hash32 R, Hash32 S, byte YParity)
{
    /// <summary>How many bytes the text form r, s, v has.</summary>
    public const int Length = 65;

    private const byte LegacyOffset = 27;

    /// <summary>Reads r, s, v, where v is 27 or 28, or 0 or 1.</summary>
    /// <exception cref="InvalidInputException">Not 65 bytes, or another v.</exception>
    public static Signature FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length || bytes[^1] is not (0 or 1 or LegacyOffset or LegacyOffset + 1))
        {
            throw new InvalidInputException("A signature is 65 bytes, r, s and v, the last of which is 27 or 28.");
        }

        byte parity = bytes[^1] >= LegacyOffset ? (byte)(bytes[^1] - LegacyOffset) : bytes[^1];
        return new Signature(Hash32.FromBytes(bytes[..32]), Hash32.FromBytes(bytes[32..64]), parity);
    }

    /// <summary>r, s and v as contracts take them, v being 27 or 28.</summary>
    public byte[] ToArray() => [.. R.ToArray(), .. S.ToArray(), (byte)(LegacyOffset + YParity)];

    /// <summary>The account that signed <paramref name="digest"/>.</summary>
    /// <exception cref="InvalidInputException">No key can have made this signature.</exception>
    public Address Recover(Hash32 digest) => TryRecover(digest, out Address signer)
        ? signer
        : throw new InvalidInputException("No key can have made this signature.");

    /// <summary>As <see cref="Recover"/>, false instead of an error.</summary>
    public bool TryRecover(Hash32 digest, out Address signer) => Secp256k1.TryRecover(this, digest, out signer);
}
