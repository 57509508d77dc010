using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Tests.Abi;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Tests.Decoding;

public sealed class GarbageTests
{
    // A string of control characters as JSON, read four times over: 6 times 4, and one object for a failed read.
    private const int WrittenPerByteMax = 24;
    private const int WrittenMin = 4_000;

    private static readonly Gen<(AbiEvent Event, object[] Values)> Events = Gen.Select(
        AbiGen.Parameters, Gen.Bool.Array[5], Gen.Bool, (parameters, indexed, anonymous) =>
        {
            int topicsLeft = anonymous ? 4 : 3;
            return (
                Sample.Event(parameters.Types, index => indexed[index] && topicsLeft-- > 0, anonymous),
                parameters.Values);
        });

    /// <summary>A byte of anything, or a word of a small number, which offsets and lengths are.</summary>
    private static readonly Gen<(int Position, int Value, bool IsWord)> Change =
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 255], Gen.Bool);

    [Fact]
    public void Mutated_logs_are_rows_or_refused_with_the_reason_just_as_the_object_decoder_says() =>
        Gen.Select(Events, Change.Array[0, 3], Change.Array[0, 2], Gen.Int[-40, 40]).Sample(
            (one, dataChanges, topicChanges, longer) =>
            {
                byte[] data = Mutate(Data(one.Event, one.Values), dataChanges);
                Array.Resize(ref data, Math.Max(0, longer < 0 ? data.Length + longer : data.Length));
                AssertSame(one.Event, Mutate(Topics(one.Event, one.Values), topicChanges), data);
            },
            iter: 70_000);

    [Fact]
    public void Random_bytes_are_rows_or_refused_with_the_reason_just_as_the_object_decoder_says() =>
        Gen.Select(Events, Gen.Byte.Array[32].Array[0, 4], Gen.Bool, Gen.Byte.Array[0, 300], Change.Array[0, 5]).Sample(
            (one, words, isOurs, data, changes) =>
            {
                byte[] topics = [.. words.SelectMany(word => word)];
                if (isOurs && words.Length > 0)
                {
                    one.Event.Topic0.CopyTo(topics);
                }

                AssertSame(one.Event, topics, Mutate(data, changes));
            },
            iter: 30_000);

    [Fact]
    public void Offsets_that_all_lead_to_one_string_are_refused_before_they_multiply_it()
    {
        const int Count = 1_000;
        byte[] data = new byte[32 * (2 + Count + 1 + Count)];
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(28), 32);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(60), Count);
        for (int index = 0; index < Count; index++)
        {
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(32 * (2 + index) + 28), 32 * Count);
        }

        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(32 * (2 + Count) + 28), 32 * Count);
        AbiEvent known = Sample.Event([AbiType.Parse("string[]")], _ => false, anonymous: true);
        EventDecoder decoder = Decoder(known);
        using CopyRows rows = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(decoder.TryAppend(Sample.Log([], data), 7, Sample.BlockHash, rows, out string? reason));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L * WrittenPerByteMax * data.Length);
        Assert.EndsWith("bytes of data are read more than 4 times over.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_refused_logs_cost_a_sentence_each_and_no_exception()
    {
        EventDecoder decoder = new(Sample.Table(Sample.TransferAbi));
        using CopyRows rows = new();
        int thrown = 0;
        int thread = Environment.CurrentManagedThreadId;
        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs args) =>
            thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            for (int log = 0; log < 100_000; log++)
            {
                Assert.False(decoder.TryAppend(
                    Sample.Log(Sample.TransferTopics, new byte[log % 32]), 7, Sample.BlockHash, rows, out _));
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.Equal((0, 0, 0), (thrown, rows.Count, rows.Length));
    }

    private static EventDecoder Decoder(AbiEvent known) =>
        new(new EventTable("public", "t", Sample.Contract(string.Empty), known));

    private static void AssertSame(AbiEvent known, byte[] topics, byte[] data)
    {
        EventDecoder decoder = Decoder(known);
        using CopyRows rows = new();
        bool isDecoded = decoder.TryAppend(Sample.Log(topics, data), 7, Sample.BlockHash, rows, out string? reason);
        Assert.InRange(rows.Length, 0, WrittenMin + (WrittenPerByteMax * data.Length));
        object[] values;
        try
        {
            values = known.Decode([.. topics.Chunk(Hash32.Length).Select(topic => Hash32.FromBytes(topic))], data);
        }
        catch (AbiException refused)
        {
            Assert.Equal((false, $"{known.Signature}: {refused.Message}"), (isDecoded, reason));
            return;
        }

        Assert.True(isDecoded, reason);
        byte[][] fields = Tuples.Of(rows).Single().Fields;
        for (int index = 0; index < values.Length; index++)
        {
            AssertField(known.Inputs[index], values[index], decoder.Table.Columns[index].Kind, fields[5 + index]);
        }
    }

    private static void AssertField(AbiParameter input, object value, ColumnKind column, byte[] field)
    {
        switch (column)
        {
            case ColumnKind.Bigint:
                Assert.Equal((BigInteger)value, BinaryPrimitives.ReadInt64BigEndian(field));
                break;
            case ColumnKind.Numeric:
                Assert.Equal((BigInteger)value, Tuples.Numeric(field));
                break;
            case ColumnKind.Boolean:
                Assert.Equal([(bool)value ? (byte)1 : (byte)0], field);
                break;
            case ColumnKind.Text:
                Assert.Equal(Storable(value), Encoding.UTF8.GetString(field));
                break;
            case ColumnKind.Json:
                Assert.Equal(1, field[0]);
                JsonElement expected = JsonSerializer.SerializeToElement(Plain(input.Type, value));
                Assert.True(
                    JsonElement.DeepEquals(expected, JsonElement.Parse(field.AsSpan(1))),
                    $"{input.Type} {expected} {Encoding.UTF8.GetString(field.AsSpan(1))}");
                break;
            default:
                Assert.Equal(value as byte[] ?? Hex.Parse(value.ToString()!), field);
                break;
        }
    }

    private static object Plain(AbiType type, object value) => type.Kind switch
    {
        AbiKind.Tuple => ((object[])value).Select((member, index) => (member, index)).ToDictionary(
            pair => $"arg_{pair.index}", pair => Plain(type.Components[pair.index].Type, pair.member)),
        AbiKind.Array or AbiKind.FixedArray => ((object[])value).Select(item => Plain(type.Element!, item)),
        AbiKind.Text => Storable(value),
        AbiKind.Boolean => value,
        _ => value is byte[] bytes ? Hex.ToHex(bytes) : value.ToString()!,
    };

    private static string Storable(object text) => ((string)text).Replace('\0', '\uFFFD');

    private static byte[] Data(AbiEvent known, object[] values)
    {
        int[] inData = [.. Enumerable.Range(0, values.Length).Where(index => !known.Inputs[index].Indexed)];
        return AbiEncoder.Encode(
            [.. inData.Select(index => known.Inputs[index].Type)], [.. inData.Select(index => values[index])]);
    }

    private static byte[] Topics(AbiEvent known, object[] values) =>
    [
        .. known.Anonymous ? [] : known.Topic0.ToArray(),
        .. Enumerable.Range(0, values.Length).Where(index => known.Inputs[index].Indexed).SelectMany(index =>
            known.Inputs[index].IsHashed
                ? Hash32.Zero.ToArray()
                : AbiEncoder.Encode([known.Inputs[index].Type], [values[index]])),
    ];

    private static byte[] Mutate(byte[] bytes, (int Position, int Value, bool IsWord)[] changes)
    {
        foreach ((int position, int value, bool isWord) in changes.Where(_ => bytes.Length >= 32))
        {
            if (isWord)
            {
                int word = position % (bytes.Length / 32) * 32;
                bytes.AsSpan(word, 31).Clear();
                bytes[word + 31] = (byte)(value % 12 * (position % 2 == 0 ? 32 : 1));
            }
            else
            {
                bytes[position % bytes.Length] = (byte)value;
            }
        }

        return bytes;
    }
}
