using Gplusck.Chain.Receipts;
using Gplusck.Indexer.Decoding;

namespace Gplusck.Indexer.Tests.Decoding;

public sealed class AllocationTests
{
    private const int Logs = 500;
    private static readonly byte[] Value = [.. new byte[22], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    [Fact]
    public void A_transfer_makes_no_garbage()
    {
        EventDecoder decoder = new(Sample.Table(Sample.TransferAbi));
        using CopyRows rows = new();
        Assert.True(AppendAll(decoder, rows));
        Empty(rows);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isDecoded = AppendAll(decoder, rows);

        Assert.Equal((true, 0), (isDecoded, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    // What was written can be cut, and the buffer stays as long as it grew.
    private static void Empty(CopyRows rows)
    {
        while (rows.Count > 0)
        {
            rows.CutTo(0);
        }
    }

    private static bool AppendAll(EventDecoder decoder, CopyRows rows)
    {
        bool all = true;
        for (int log = 0; log < Logs; log++)
        {
            PackedLog packed = Sample.Log(Sample.TransferTopics, Value, Sample.TransactionHash.AsSpan(0, 20));
            all &= decoder.TryAppend(packed, log, Sample.BlockHash, rows, out _);
        }

        return all;
    }
}
