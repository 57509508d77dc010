using System.Buffers.Binary;
using System.Numerics;
using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Abi;

public sealed class AbiReaderTests
{
    // Boxes, lists and text of one word each, at most RereadsMax times; far from anything quadratic.
    private const int AllocatedPerByteMax = 40;
    private const int AllocatedMin = 20_000;

    [Fact]
    public void Any_bytes_decode_or_throw_AbiException_within_linear_memory() =>
        Gen.Select(AbiGen.Type.Array[1, 4], Gen.Byte.Array[0, 2_000]).Sample(Survives, iter: 5_000, threads: 1);

    [Fact]
    public void An_encoding_with_small_words_put_in_decodes_or_throws_AbiException_within_linear_memory() =>
        Gen.Select(AbiGen.Parameters, Gen.Select(Gen.Int[0, 200], Gen.Int[0, 12]).Array[1, 4]).Sample(
            (parameters, changes) =>
            {
                byte[] data = AbiEncoder.Encode(parameters.Types, parameters.Values);
                foreach ((int position, int value) in changes.Where(_ => data.Length > 0))
                {
                    // Small multiples of a word are the offsets and lengths that lead somewhere.
                    int word = position % (data.Length / 32) * 32;
                    data.AsSpan(word, 31).Clear();
                    data[word + 31] = (byte)(value * (position % 2 == 0 ? 32 : 1));
                }

                Survives(parameters.Types, data);
            },
            iter: 5_000,
            threads: 1);

    [Fact]
    public void Offsets_that_all_lead_to_one_array_are_refused_before_they_multiply_it()
    {
        // uint256[][]: 1,000 offsets to one array of 1,000 words would become a million values.
        const int Count = 1_000;
        byte[] data = new byte[32 * (2 + Count + 1 + Count)];
        SetWord(data, 0, 32);
        SetWord(data, 1, Count);
        for (int index = 0; index < Count; index++)
        {
            SetWord(data, 2 + index, 32 * Count);
        }

        SetWord(data, 2 + Count, Count);
        AbiType[] types = [AbiType.Parse("uint256[][]")];
        AbiException refused = Assert.Throws<AbiException>(() => AbiDecoder.Decode(types, data));
        Assert.Contains("times over", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_offsets_to_the_same_bytes_are_fine()
    {
        byte[] data = new byte[32 * 4];
        SetWord(data, 0, 64);
        SetWord(data, 1, 64);
        SetWord(data, 2, 2);
        data[96] = (byte)'o';
        data[97] = (byte)'k';
        Assert.Equal(["ok", "ok"], AbiDecoder.Decode([AbiType.Parse("string"), AbiType.Parse("string")], data));
    }

    [Theory]
    [InlineData("uint8[]")]
    [InlineData("bytes")]
    [InlineData("string")]
    [InlineData("string[]")]
    [InlineData("(uint256,bytes)[]")]
    public void A_huge_length_allocates_nothing(string name)
    {
        AbiType type = AbiType.Parse(name);
        BigInteger[] lengths = [int.MaxValue, uint.MaxValue, ulong.MaxValue, (BigInteger.One << 256) - 1];
        foreach (BigInteger length in lengths)
        {
            byte[] data = AbiEncoder.Encode([AbiType.Parse("uint256"), AbiType.Parse("uint256")], [32, length]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<AbiException>(() => AbiDecoder.Decode([type], data));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedMin);
        }
    }

    [Theory]
    [InlineData("uint8", "0x0000000000000000000000000000000000000000000000000000000000000100")]
    [InlineData("uint256", "0x00")]
    [InlineData("uint248", "0x0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("int8", "0x0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("int8", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("int128", "0x0000000000000000000000000000000080000000000000000000000000000000")]
    [InlineData("bool", "0x0000000000000000000000000000000000000000000000000000000000000002")]
    [InlineData("address", "0x0000000000000000000000010000000000000000000000000000000000000000")]
    [InlineData("bytes4", "0x1234567800000000000000000000000000000000000000000000000000000001")]
    [InlineData("function", "0x0000000000000000000000000000000000000000000000000000000000000001")]
    public void A_word_with_bits_outside_its_type_is_refused(string type, string data) =>
        Assert.Throws<AbiException>(() => AbiDecoder.Decode([AbiType.Parse(type)], Hex.Parse(data)));

    [Fact]
    public void Typed_reads_check_the_same_range_as_untyped_ones() => Gen.Select(
        Gen.Int[1, 8],
        Gen.Bool,
        Gen.OneOf(Gen.Byte.Array[32], Gen.Byte.Array[32].Select(MostlySign))).Sample(
        (size, signed, word) =>
        {
            int bits = size * 8;
            AbiType type = AbiType.Parse($"{(signed ? "int" : "uint")}{bits}");
            object? untyped = Attempt(() => AbiDecoder.Decode([type], word)[0]);
            object? typed = Attempt(() => signed
                ? (BigInteger)new AbiReader(word).ReadInt64(bits)
                : new AbiReader(word).ReadUInt64(bits));
            Assert.Equal(untyped, typed);
        });

    [Fact]
    public void Text_that_is_not_utf8_shows_replacement_characters()
    {
        byte[] data = AbiEncoder.Encode([AbiType.Parse("bytes")], [new byte[] { (byte)'a', 0xFF, (byte)'b' }]);
        Assert.Equal("a\uFFFDb", AbiDecoder.Decode([AbiType.Parse("string")], data)[0]);
    }

    [Fact]
    public void Reading_static_words_allocates_nothing()
    {
        byte[] data = new byte[32 * 100];
        long before = GC.GetAllocatedBytesForCurrentThread();
        AbiReader reader = new(data);
        for (int index = 0; index < 20; index++)
        {
            reader.ReadUInt64();
            reader.ReadAddress();
            reader.ReadBytes32();
            reader.ReadBool();
            reader.ReadFixedBytesSpan(4);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Survives(AbiType[] types, byte[] data)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            AbiDecoder.Decode(types, data);
        }
        catch (AbiException exception)
        {
            Assert.NotEmpty(exception.Message);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, AllocatedMin + ((long)AllocatedPerByteMax * data.Length));
    }

    private static byte[] MostlySign(byte[] bytes)
    {
        bytes.AsSpan(0, 24 + (bytes[0] % 8)).Fill(bytes[1] >= 0x80 ? (byte)0xFF : (byte)0);
        return bytes;
    }

    private static object? Attempt(Func<object> read)
    {
        try
        {
            return read();
        }
        catch (AbiException)
        {
            return null;
        }
    }

    private static void SetWord(byte[] data, int word, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan((word * 32) + 28), value);
}
