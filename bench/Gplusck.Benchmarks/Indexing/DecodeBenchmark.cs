using System.Runtime.CompilerServices;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;
using Gplusck.Indexer;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Factories;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>ERC-20 transfers from packed receipts to COPY rows on one thread, against decoding to objects.</summary>
/// <remarks>
/// Amounts have 18 decimals, as most tokens' have. The baseline gets its logs ready-made, of one event, and writes
/// nothing; rows are all that there is to do between the receipts' bytes and Postgres.
/// </remarks>
public sealed class DecodeBenchmark : IBenchmark
{
    private const int Logs = 5_000;
    private const string Abi =
        """
        [{"type":"event","name":"Transfer","inputs":[
            {"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},
            {"name":"value","type":"uint256"}]}]
        """;

    public string Name => "decode";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        IndexManifest manifest = new(
            "bench", [new IndexedContract("Token", Address.Zero, 0, AbiContract.Parse(Abi), [])]);
        AbiEvent transfer = manifest.Contracts[0].Abi.Events[0];
        LogMatcher matcher = new(manifest.Plan);
        using PackedReceiptWriter receipts = Receipts(transfer);
        Hash32[][] topics = [.. Enumerable.Range(0, Logs).Select(number => Topics(transfer, number))];
        byte[][] data = [.. Enumerable.Range(0, Logs).Select(Value)];
        BlockHeader header = Header();

        void Rows() => DecodeToRows(matcher, receipts.Written.Span);
        void Segments() => DecodeToSegment(matcher, header, receipts.Written.Span);
        void Objects() => DecodeToObjects(transfer, topics, data);
        double[] seconds = Stopwatches.Medians(rounds: 31, Rows, Segments, Objects);
        cancellationToken.ThrowIfCancellationRequested();
        yield return Measurement.OfRate("transfers to rows vs to objects", "1/s", Logs, seconds[0], seconds[2]);
        yield return Measurement.OfRate(
            "… with the hash of the block vs to objects", "1/s", Logs, seconds[1], seconds[2]);
        double rowBytes = AllocatedPerLog(Rows);
        double objectBytes = AllocatedPerLog(Objects);
        yield return new Measurement(
            "allocated for a transfer", rowBytes, "B", objectBytes, rowBytes > 0 ? objectBytes / rowBytes : null);
    }

    private static void DecodeToRows(LogMatcher matcher, ReadOnlySpan<byte> packed)
    {
        Span<byte> blockHash = stackalloc byte[Hash32.Length];
        using CopyRows rows = new();
        PackedReceiptReader reader = new(packed);
        while (reader.NextLogOfBlock(out PackedLog log))
        {
            foreach (EventDecoder decoder in matcher.Find(log, 1))
            {
                decoder.TryAppend(log, 1, blockHash, rows, out _);
            }
        }
    }

    private static void DecodeToSegment(LogMatcher matcher, BlockHeader header, ReadOnlySpan<byte> packed)
    {
        using DecodedSegment segment = new(matcher, new ChildRegistry([], matcher), Hash32.Zero);
        segment.Append(header, packed);
    }

    private static void DecodeToObjects(AbiEvent transfer, Hash32[][] topics, byte[][] data)
    {
        for (int log = 0; log < Logs; log++)
        {
            transfer.Decode(topics[log], data[log]);
        }
    }

    private static double AllocatedPerLog(Action decode)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        decode();
        return Math.Round((double)(GC.GetAllocatedBytesForCurrentThread() - before) / Logs, 2);
    }

    private static PackedReceiptWriter Receipts(AbiEvent transfer)
    {
        PackedReceiptWriter writer = new();
        Span<byte> packed = stackalloc byte[3 * Hash32.Length];
        for (int number = 0; number < Logs; number++)
        {
            writer.BeginReceipt(2, succeeded: true, 0, packed[..Hash32.Length], []);
            Hash32[] topics = Topics(transfer, number);
            for (int topic = 0; topic < topics.Length; topic++)
            {
                topics[topic].CopyTo(packed[(topic * Hash32.Length)..]);
            }

            writer.AddLog(new byte[Address.Length], packed, Value(number));
        }

        return writer;
    }

    private static Hash32[] Topics(AbiEvent transfer, int number) =>
        [transfer.Topic0, Account(number % 1_000), Account(number % 997)];

    private static Hash32 Account(int number) =>
        Hash32.FromBytes([.. new byte[12], .. Keccak.Hash(BitConverter.GetBytes(number)).ToArray()[12..]]);

    // From a thousandth of a token to some millions.
    private static byte[] Value(int number) => AbiEncoder.Encode(
        [AbiType.Parse("uint256")],
        [System.Numerics.BigInteger.Pow(10, 15 + (number % 10)) * (1 + (number % 7_919))]);

    private static BlockHeader Header() => new()
    {
        Hash = Hash32.Zero,
        ParentHash = Hash32.Zero,
        OmmersHash = Hash32.Zero,
        FeeRecipient = Address.Zero,
        StateRoot = Hash32.Zero,
        TransactionsRoot = Hash32.Zero,
        ReceiptsRoot = Hash32.Zero,
        LogsBloom = LogsBloom.FromBytes(new byte[LogsBloom.Length]),
        Difficulty = 0,
        Number = 1,
        GasLimit = 0,
        GasUsed = 0,
        Timestamp = 0,
        ExtraData = [],
        MixHash = Hash32.Zero,
        Nonce = 0,
    };
}
