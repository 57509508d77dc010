using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Outbox;

/// <summary>Follows the chain: what is in a block, what left it, what is final.</summary>
internal sealed partial class AccountLane
{
    private async Task SettleAsync(BlockHeader head, CancellationToken cancellationToken)
    {
        bool extends = await ExtendsAsync(head, cancellationToken);
        _head = null;
        long deepestFinal = head.Number - options.ConfirmationDepth;
        await ReturnGoneAsync(head, extends ? deepestFinal : long.MaxValue, cancellationToken);
        await rows.FinaliseAsync(deepestFinal, cancellationToken);
        await CollectAsync(deepestFinal, cancellationToken);
        await BroadcastAsync(head, cancellationToken);
        _head = head;
        _settledAt = time.GetTimestamp();
    }

    /// <summary>Whether the blocks looked at before are still there under the new head.</summary>
    private async Task<bool> ExtendsAsync(BlockHeader head, CancellationToken cancellationToken)
    {
        if (_head is null || head.Number < _head.Number)
        {
            return false;
        }

        if (head.Hash == _head.Hash || head.ParentHash == _head.Hash)
        {
            return true;
        }

        BlockHeader? before = await chain.GetBlockAsync(_head.Number, cancellationToken);
        return before?.Hash == _head.Hash;
    }

    private async Task ReturnGoneAsync(BlockHeader head, long through, CancellationToken cancellationToken)
    {
        IReadOnlyList<(long Number, Hash32 Hash)> held =
            await rows.BlocksToCheckAsync(through, head.Number, cancellationToken);
        long[] numbers = [.. held.Select(block => block.Number).Where(number => number <= head.Number).Distinct()];
        IReadOnlyList<BlockHeader> headers = await chain.GetBlocksAsync(numbers, cancellationToken);
        HashSet<Hash32> canonical = [.. headers.Select(header => header.Hash)];
        Hash32[] gone = [.. held.Select(block => block.Hash).Where(hash => !canonical.Contains(hash))];
        if (gone.Length > 0)
        {
            int count = await rows.ReturnAsync(gone, cancellationToken);
            Log.WentBack(logger, key.Address, count);
        }
    }

    private async Task CollectAsync(long deepestFinal, CancellationToken cancellationToken)
    {
        IReadOnlyList<SentRow> sent = await rows.SentAsync(cancellationToken);
        if (sent.Count == 0)
        {
            return;
        }

        long used = (long)await chain.GetNonceAsync(key.Address, BlockTag.Latest, cancellationToken);
        SentRow[] passed = [.. sent.Where(row => row.Nonce < used)];
        List<Inclusion> inclusions = [];
        List<SentRow> missing = [];
        IReadOnlyDictionary<Hash32, TransactionReceipt> receipts = await ReceiptsAsync(passed, cancellationToken);
        foreach (SentRow row in passed)
        {
            Hash32 mined = row.AllHashes.FirstOrDefault(receipts.ContainsKey);
            if (mined == Hash32.Zero)
            {
                missing.Add(row);
            }
            else
            {
                inclusions.Add(await IncludeAsync(row, receipts[mined], cancellationToken));
            }
        }

        await rows.RecordIncludedAsync(inclusions, cancellationToken);
        await RequeueLostAsync(missing, deepestFinal, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<Hash32, TransactionReceipt>> ReceiptsAsync(
        IEnumerable<SentRow> passed, CancellationToken cancellationToken)
    {
        Hash32[] hashes = [.. passed.SelectMany(row => row.AllHashes)];
        IReadOnlyList<TransactionReceipt?> receipts = await chain.GetReceiptsAsync(hashes, cancellationToken);
        return receipts.OfType<TransactionReceipt>().ToDictionary(receipt => receipt.TransactionHash);
    }

    private async Task<Inclusion> IncludeAsync(
        SentRow row, TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        string? error = receipt.Succeeded ? null : await ReasonAsync(row, receipt, cancellationToken);
        if (error is null)
        {
            Log.Included(logger, row.Key, receipt.BlockNumber);
        }
        else
        {
            Log.Failed(logger, row.Key, error);
        }

        return new Inclusion(
            row.Key, receipt.TransactionHash, receipt.BlockNumber, receipt.BlockHash, (long)receipt.GasUsed, error);
    }

    private async Task<string> ReasonAsync(SentRow row, TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.GasUsed >= row.GasLimit)
        {
            return $"It ran out of its {row.GasLimit} gas in block {receipt.BlockNumber}.";
        }

        try
        {
            Call<Unit> again = CallOf(row.Recipient, row.Data);
            await chain.CallAsync(again, receipt.BlockNumber, key.Address, cancellationToken);
        }
        catch (ContractRevertException revert)
        {
            return revert.Message;
        }

        return $"It reverted in block {receipt.BlockNumber}, though after that block the same call succeeds.";
    }

    // Only a nonce that is gone below the confirmation depth is given up: above it the old version could still come
    // back and the row would be executed twice.
    private async Task RequeueLostAsync(
        List<SentRow> missing, long deepestFinal, CancellationToken cancellationToken)
    {
        if (missing.Count == 0 || deepestFinal < 0)
        {
            return;
        }

        long usedForGood = (long)await chain.GetNonceAsync(key.Address, deepestFinal, cancellationToken);
        SentRow[] lost = [.. missing.Where(row => row.Nonce < usedForGood)];
        foreach (SentRow row in lost)
        {
            Log.NonceLost(logger, row.Key, row.Nonce);
        }

        await rows.RequeueAsync([.. lost.Select(row => row.Key)], cancellationToken);
    }
}
