using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Tests.Trie;

namespace Gplusck.Chain.Tests.Receipts;

/// <summary>Receipts packed from bytes against the same receipts read as objects.</summary>
public sealed class ReceiptScannerTests(ITestOutputHelper output)
{
    private readonly RandomValues _random = new(output);

    [Fact]
    public void Packed_receipts_have_the_logs_and_the_root_of_the_objects()
    {
        ReceiptsRoot root = new();
        using PackedReceiptWriter packed = new();
        for (int round = 0; round < 300; round++)
        {
            JsonArray json = RandomReceipts.Block(_random);
            TransactionReceipt[] receipts = [.. JsonElement.Parse(json.ToJsonString()).EnumerateArray()
                .Select(TransactionReceipt.Read)];

            packed.Clear();
            Assert.True(ReceiptScanner.TryPackBlock(Bytes(json), packed));

            Assert.Equal(receipts.SelectMany(receipt => receipt.Logs), PackedLogs.Of(packed.Written.Span), LogsEqual);
            Assert.Equal(ReceiptTrie.RootOf(receipts), root.Of(packed.Written.Span));
            bool failed = receipts.Any(receipt => receipt is { Succeeded: false, StateRoot: null });
            Assert.Equal(failed, root.Of(packed.Written.Span) != root.Of(packed.Written.Span, failureAsByte: true));
        }
    }

    [Fact]
    public void Receipts_asked_for_one_by_one_pack_to_the_same_bytes()
    {
        JsonArray json = RandomReceipts.Block(_random);
        using PackedReceiptWriter whole = new();
        using PackedReceiptWriter parts = new();

        Assert.True(ReceiptScanner.TryPackBlock(Bytes(json), whole));
        parts.BeginBlock();
        Assert.All(json, receipt => Assert.True(ReceiptScanner.TryPackReceipt(Bytes(receipt!), parts)));

        Assert.Equal(whole.Written.ToArray(), parts.Written.ToArray());
        Assert.False(ReceiptScanner.TryPackBlock("null"u8, parts));
        Assert.False(ReceiptScanner.TryPackReceipt(" null"u8, parts));
    }

    [Fact]
    public void Whatever_is_changed_in_an_answer_ends_in_packed_receipts_or_in_our_exception()
    {
        ReceiptsRoot root = new();
        using PackedReceiptWriter packed = new();
        byte[] json = Bytes(RandomReceipts.Block(_random, receiptsMax: 6));
        for (int round = 0; round < 50_000; round++)
        {
            byte[] changed = Changed(json);
            packed.Clear();
            try
            {
                if (ReceiptScanner.TryPackBlock(changed, packed))
                {
                    root.Of(packed.Written.Span);
                }
            }
            catch (InvalidAnswerException)
            {
                // The only exception there may be.
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_log()
    {
        JsonArray few = Dense(logs: 10), many = Dense(logs: 10_000);
        using PackedReceiptWriter packed = new();
        ReceiptScanner.TryPackBlock(Bytes(many), packed);
        byte[] bytes = Bytes(few), more = Bytes(many);

        long base0 = AllocatedBy(() => Pack(packed, bytes));
        long base1 = AllocatedBy(() => Pack(packed, more));

        Assert.Equal(base0, base1);
    }

    [Fact]
    public void Logs_of_a_range_are_walked_with_their_places()
    {
        JsonArray json = RandomReceipts.Block(_random);
        JsonNode[] logs = [.. json.SelectMany(receipt => receipt!["logs"]!.AsArray()).Select(log => log!.DeepClone())];
        LogEntry[] expected = [.. JsonElement.Parse(new JsonArray(logs).ToJsonString()).EnumerateArray()
            .Select(LogEntry.Read)];
        using PackedReceiptWriter packed = new();
        LogScanner scanner = new(Bytes(new JsonArray([.. logs.Select(log => log.DeepClone())])), packed);
        int count = 0;
        while (scanner.Next())
        {
            Assert.Equal(expected[count].BlockNumber, scanner.BlockNumber);
            Assert.Equal(expected[count].BlockHash, scanner.BlockHash);
            Assert.False(scanner.Removed);
            scanner.Pack();
            count++;
        }

        Assert.Equal(expected.Length, count);
        Assert.Equal(expected, PackedLogs.Of(packed.Written.Span), LogsEqual);
        Assert.Throws<ArgumentException>(() => new ReceiptsRoot().Of(
            count > 0 ? packed.Written.Span : throw new ArgumentException("no logs this time")));
    }

    private static void Pack(PackedReceiptWriter packed, byte[] json)
    {
        packed.Clear();
        ReceiptScanner.TryPackBlock(json, packed);
    }

    private static long AllocatedBy(Action work)
    {
        work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private JsonArray Dense(int logs)
    {
        JsonArray block = RandomReceipts.Block(_random);
        while (block.Count == 0 || block[0]!["logs"]!.AsArray().Count == 0)
        {
            block = RandomReceipts.Block(_random);
        }

        JsonArray receipt = block[0]!["logs"]!.AsArray();
        string log = receipt[0]!.ToJsonString();
        receipt.Clear();
        for (int index = 0; index < logs; index++)
        {
            receipt.Add(JsonNode.Parse(log));
        }

        return new JsonArray(block[0]!.DeepClone());
    }

    private byte[] Changed(byte[] json)
    {
        byte[] changed = [.. json];
        for (int changes = 1 + _random.Next(3); changes > 0; changes--)
        {
            int at = _random.Next(changed.Length);
            switch (_random.Next(3))
            {
                case 0:
                    changed[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    changed = [.. changed[..at], .. changed[int.Min(changed.Length, at + 1 + _random.Next(40))..]];
                    break;
                default:
                    changed = [.. changed[..at], (byte)"{}[]\",:\\0"[_random.Next(9)], .. changed[at..]];
                    break;
            }
        }

        return changed;
    }

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static bool LogsEqual(LogEntry left, LogEntry right) =>
        left.Address == right.Address && left.Topics.SequenceEqual(right.Topics) && left.Data.SequenceEqual(right.Data)
        && left.TransactionHash == right.TransactionHash && left.TransactionIndex == right.TransactionIndex
        && left.LogIndex == right.LogIndex;
}
