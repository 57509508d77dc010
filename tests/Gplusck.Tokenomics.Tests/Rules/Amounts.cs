using System.Numerics;
using CsCheck;
using Gplusck.Chain.Primitives;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

/// <summary>Random accounts and amounts for property tests.</summary>
internal static class Amounts
{
    /// <summary>0 up to 2^<paramref name="bits"/> − 1, small numbers as likely as large ones.</summary>
    public static Gen<BigInteger> UpToBits(int bits) =>
        Gen.Select(Gen.Int[0, bits], Gen.Byte.Array[33]).Select((width, bytes) =>
            new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << width) - 1));

    public static readonly Gen<Address> Account =
        Gen.Byte.Array[Address.Length].Select(bytes => Address.FromBytes(bytes));

    /// <summary>1 to <paramref name="most"/> entries, no account twice.</summary>
    public static Gen<AccountAmount[]> Book(int most, int bits) =>
        Gen.Dictionary(Account, UpToBits(bits))[1, most]
            .Select(book => book.Select(entry => new AccountAmount(entry.Key, entry.Value)).ToArray());

    public static BigInteger Sum(this IEnumerable<BigInteger> amounts) =>
        amounts.Aggregate(BigInteger.Zero, BigInteger.Add);
}
