using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rlp;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Rlp;

public sealed class RlpTests(ITestOutputHelper output)
{
    private const int DepthMax = 4;

    [Fact]
    public async Task Random_nested_items_are_written_as_ethers_writes_them_and_read_back()
    {
        RandomValues random = new(output);
        object[] items = [.. Enumerable.Range(0, 300).Select(_ => Item(random, DepthMax))];

        JsonElement expected = await NodeScript.RunAsync(
            "import { encodeRlp } from 'ethers'; output(input.map((item) => encodeRlp(item)));",
            items.Select(ToJson),
            TestContext.Current.CancellationToken);

        foreach ((object item, JsonElement encoded) in items.Zip(expected.EnumerateArray()))
        {
            RlpWriter writer = new();
            Write(writer, item);
            Assert.Equal(encoded.GetString(), Hex.ToHex(writer.Written));
            RlpReader reader = new(writer.Written);
            AssertReads(ref reader, item);
            reader.RequireEnd();
        }
    }

    [Fact]
    public async Task Integers_are_written_as_viem_writes_them_and_read_back()
    {
        RandomValues random = new(output);
        System.Numerics.BigInteger[] integers =
            [0, 1, 127, 128, ulong.MaxValue, .. Enumerable.Range(0, 300).Select(_ => random.Integer(256))];

        JsonElement expected = await NodeScript.RunAsync(
            """
            import { toRlp, toHex } from 'viem';
            output(input.map((text) => toRlp(BigInt(text) === 0n ? '0x' : toHex(BigInt(text)))));
            """,
            integers.Select(integer => $"{integer}"),
            TestContext.Current.CancellationToken);

        foreach ((System.Numerics.BigInteger integer, JsonElement encoded) in integers.Zip(expected.EnumerateArray()))
        {
            RlpWriter writer = new();
            writer.Write(integer);
            Assert.Equal(encoded.GetString(), Hex.ToHex(writer.Written));
            Assert.Equal(integer, new RlpReader(writer.Written).ReadInteger());
            if (integer <= ulong.MaxValue)
            {
                RlpWriter narrow = new();
                narrow.Write((ulong)integer);
                Assert.Equal(writer.ToArray(), narrow.ToArray());
                Assert.Equal((ulong)integer, new RlpReader(narrow.Written).ReadUInt64());
            }
        }
    }

    [Theory]
    [InlineData("0x", "nothing to read")]
    [InlineData("0x8100", "a length before a byte below 0x80")]
    [InlineData("0x817f", "a length before a byte below 0x80")]
    [InlineData("0x83646f", "a string cut short")]
    [InlineData("0xb800", "a long length for nothing")]
    [InlineData("0xb801ff", "a long length for one byte")]
    [InlineData("0xb90001ff", "a length with a leading zero")]
    [InlineData("0xb9", "a length cut short")]
    [InlineData("0xbfffffffffffffffff", "a length of 2^64 - 1")]
    [InlineData("0xbb7fffffff00", "a length of 2^31 - 1")]
    public void Strings_in_any_but_the_canonical_form_are_refused(string hex, string why) =>
        Assert.True(Refused(hex, reader => reader.ReadBytes()), why);

    [Theory]
    [InlineData("0xc2c0", "a list cut short")]
    [InlineData("0xf800", "a long length for nothing")]
    [InlineData("0xffffffffffffffffff", "a length of 2^64 - 1")]
    [InlineData("0x80", "a string")]
    public void Lists_in_any_but_the_canonical_form_are_refused(string hex, string why) =>
        Assert.True(Refused(hex, reader => reader.ReadList()), why);

    [Theory]
    [InlineData("0x00", "zero is the empty string")]
    [InlineData("0x820001", "a leading zero")]
    [InlineData("0x89010000000000000000", "more than 64 bits")]
    [InlineData("0xc0", "a list")]
    public void Integers_in_any_but_the_canonical_form_are_refused(string hex, string why) =>
        Assert.True(Refused(hex, reader => reader.ReadUInt64()), why);

    [Fact]
    public void Bytes_after_the_last_item_are_refused() =>
        Assert.True(Refused("0x0102", reader =>
        {
            reader.ReadBytes();
            reader.RequireEnd();
        }));

    [Fact]
    public void Whatever_bytes_come_the_reader_reads_canonical_items_or_refuses() =>
        Gen.Byte.Array[0, 80].Sample(
            bytes =>
            {
                RlpReader reader = new(bytes);
                RlpWriter writer = new();
                try
                {
                    while (!reader.AtEnd)
                    {
                        Copy(ref reader, writer);
                    }
                }
                catch (RlpException)
                {
                    return true;
                }

                return writer.Written.SequenceEqual(bytes);
            },
            iter: 20_000);

    private static bool Refused(string hex, ReaderAction read)
    {
        try
        {
            RlpReader reader = new(Hex.Parse(hex));
            read(ref reader);
            return false;
        }
        catch (RlpException)
        {
            return true;
        }
    }

    private static bool Refused(string hex, ByValueAction read) => Refused(hex, (ref RlpReader reader) => read(reader));

    private static void Copy(ref RlpReader reader, RlpWriter writer)
    {
        if (!reader.NextIsList)
        {
            writer.Write(reader.ReadBytes());
            return;
        }

        RlpReader list = reader.ReadList();
        writer.StartList();
        while (!list.AtEnd)
        {
            Copy(ref list, writer);
        }

        writer.EndList();
    }

    private static object Item(RandomValues random, int depth) => depth == 0 || random.Next(3) > 0
        ? random.Bytes(random.Next(3) switch { 0 => 1, 1 => 55 + random.Next(3), _ => random.Next(300) })
        : Enumerable.Range(0, random.Next(6)).Select(_ => Item(random, depth - 1)).ToArray();

    private static object ToJson(object item) =>
        item is byte[] bytes ? Hex.ToHex(bytes) : ((object[])item).Select(ToJson).ToArray();

    private static void Write(RlpWriter writer, object item)
    {
        if (item is byte[] bytes)
        {
            writer.Write(bytes);
            return;
        }

        writer.StartList();
        foreach (object inner in (object[])item)
        {
            Write(writer, inner);
        }

        writer.EndList();
    }

    private static void AssertReads(ref RlpReader reader, object item)
    {
        if (item is byte[] bytes)
        {
            Assert.Equal(bytes, reader.ReadBytes().ToArray());
            return;
        }

        RlpReader list = reader.ReadList();
        foreach (object inner in (object[])item)
        {
            AssertReads(ref list, inner);
        }

        list.RequireEnd();
    }

    private delegate void ReaderAction(ref RlpReader reader);

    private delegate void ByValueAction(RlpReader reader);
}
