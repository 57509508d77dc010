using System.Numerics;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>A block with a header that hashes to its hash and receipts that have the header's root.</summary>
internal sealed class FakeBlock
{
    /// <summary>How many header fields a block has at least; each later hard fork adds some.</summary>
    public const int FieldsMin = 15;

    public const int FieldsMax = 21;

    private const string NoUncles = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

    private readonly Lazy<string> _header;
    private readonly Lazy<string> _receipts;

    public FakeBlock(FakeBlock? parent, FakeTransaction[] transactions, int fields, Random random)
    {
        Parent = parent;
        Number = parent is null ? 0 : parent.Number + 1;
        Timestamp = parent is null ? 1_700_000_000 : parent.Timestamp + random.Next(1, 15);
        Transactions = transactions;
        Fields = [.. AllFields(random).Take(fields)];
        Hash = FakeLog.Hex(SlowRlp.Keccak(SlowRlp.List(Fields.Select(field => field.Rlp))));
        _header = new Lazy<string>(() => BlockJson.Header(this));
        _receipts = new Lazy<string>(() => BlockJson.Receipts(this));
    }

    public static string EmptyRoot { get; } = FakeLog.Hex(SlowRlp.RootOf([]));

    public FakeBlock? Parent { get; }

    public int Number { get; }

    public long Timestamp { get; }

    public string Hash { get; }

    public FakeTransaction[] Transactions { get; }

    /// <summary>The header, in its order.</summary>
    public HeaderField[] Fields { get; }

    public string HeaderJson => _header.Value;

    public string ReceiptsJson => _receipts.Value;

    /// <summary>The block and its ancestors, the newest first.</summary>
    public IEnumerable<FakeBlock> Branch()
    {
        for (FakeBlock? block = this; block is not null; block = block.Parent)
        {
            yield return block;
        }
    }

    /// <summary>The ancestor at a height, or the block itself.</summary>
    public FakeBlock At(int number) => Branch().First(block => block.Number == number);

    /// <summary>Every log with its place: the transaction's position, and its own in the block.</summary>
    public IEnumerable<PlacedLog> PlacedLogs() => Transactions
        .SelectMany((transaction, position) => transaction.Logs.Select(log => (log, transaction, position)))
        .Select((placed, index) => new PlacedLog(placed.log, this, placed.transaction, placed.position, index));

    private IEnumerable<HeaderField> AllFields(Random random)
    {
        bool isEmpty = Transactions.Length == 0;
        FakeLog[] logs = [.. Transactions.SelectMany(transaction => transaction.Logs)];
        byte[][] receipts = [.. Transactions.Select((transaction, index) => transaction.ReceiptRlp(index))];
        yield return new("parentHash", Parent is null ? new byte[32] : FakeLog.Bytes(Parent.Hash));
        yield return new("sha3Uncles", FakeLog.Bytes(NoUncles));
        yield return new("miner", Bytes(random, 20));
        yield return new("stateRoot", Bytes(random, 32));
        yield return new("transactionsRoot", isEmpty ? FakeLog.Bytes(EmptyRoot) : Bytes(random, 32));
        yield return new("receiptsRoot", SlowRlp.RootOf(receipts));
        yield return new("logsBloom", SlowBloom.Of(logs));
        yield return new("difficulty", random.Next(2));
        yield return new("number", Number);
        yield return new("gasLimit", 30_000_000);
        yield return new("gasUsed", FakeTransaction.Gas * Transactions.Length);
        yield return new("timestamp", Timestamp);
        yield return new("extraData", Bytes(random, random.Next(33)));
        yield return new("mixHash", Bytes(random, 32));
        yield return new("nonce", Bytes(random, 8));
        yield return new("baseFeePerGas", new BigInteger(random.NextInt64(1, long.MaxValue)));
        yield return new("withdrawalsRoot", Bytes(random, 32));
        yield return new("blobGasUsed", random.Next(2) * 131_072);
        yield return new("excessBlobGas", random.Next(2) * 131_072);
        yield return new("parentBeaconBlockRoot", Bytes(random, 32));
        yield return new("requestsHash", Bytes(random, 32));
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
