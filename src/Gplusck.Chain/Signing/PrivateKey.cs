using Gplusck.Chain.Primitives;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace Gplusck.Chain.Signing;

/// <summary>A key that controls an account. It signs and never shows itself, in no text and no error.</summary>
public sealed class PrivateKey
{
    private readonly BigInteger _number;

    private PrivateKey(BigInteger number)
    {
        _number = number;
        Address = Secp256k1.AddressOf(number);
    }

    /// <summary>The account it controls.</summary>
    public Address Address { get; }

    /// <summary>The key that <c>0x</c> and 64 hexadecimal digits spell.</summary>
    /// <exception cref="InvalidInputException">Anything else, zero, or a number beyond the curve's order.</exception>
    public static PrivateKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Wrong = "Not a private key: 0x and 64 hexadecimal digits, above zero and below the curve's order.";
        byte[] bytes = new byte[Hash32.Length];
        BigInteger? number = Hex.TryFill(text, bytes) ? new BigInteger(1, bytes) : null;
        return number is not null && Secp256k1.IsPrivateKey(number)
            ? new PrivateKey(number)
            : throw new InvalidInputException(Wrong);
    }

    /// <summary>Signs a digest: low s, and by RFC 6979 always the same signature for the same digest.</summary>
    public Signature Sign(Hash32 digest) => Secp256k1.Sign(_number, digest);

    /// <summary>Names the account, not the key.</summary>
    public override string ToString() => $"private key of {Address}";
}
