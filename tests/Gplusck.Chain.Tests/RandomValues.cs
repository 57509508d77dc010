using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests;

/// <summary>Random values of a test run. The seed is printed; GPLUSCK_TEST_SEED runs the same values again.</summary>
internal sealed class RandomValues
{
    private readonly Random _random;

    public RandomValues(ITestOutputHelper output)
    {
        string? wanted = Environment.GetEnvironmentVariable("GPLUSCK_TEST_SEED");
        int seed = wanted is null ? new Random().Next() : int.Parse(wanted, CultureInfo.InvariantCulture);
        output.WriteLine($"GPLUSCK_TEST_SEED={seed}");
        _random = new Random(seed);
    }

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    public int Next(int exclusiveMax) => _random.Next(exclusiveMax);

    public Address Address() => Chain.Primitives.Address.FromBytes(Bytes(Chain.Primitives.Address.Length));

    public Hash32 Hash() => Hash32.FromBytes(Bytes(Hash32.Length));

    /// <summary>
    /// An unsigned integer of at most <paramref name="bits"/> bits, every bit length as likely as another.
    /// </summary>
    public BigInteger Integer(int bits)
    {
        BigInteger value = new(Bytes((bits / 8) + 1), isUnsigned: true);
        return value & ((BigInteger.One << _random.Next(bits + 1)) - 1);
    }
}
