using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Outbox;

/// <summary>Keeps what is signed in the node's pool: sends it again, raises its fee, fills nonces below it.</summary>
internal sealed partial class AccountLane
{
    private const long FillerGas = 21_000;

    private (long Nonce, long Since)? _gapSince;

    private async Task BroadcastAsync(BlockHeader head, CancellationToken cancellationToken)
    {
        IReadOnlyList<SentRow> sent = await rows.SentAsync(cancellationToken);
        if (sent.Count == 0)
        {
            _gapSince = null;
            return;
        }

        long next = (long)await chain.GetNonceAsync(key.Address, BlockTag.Latest, cancellationToken);
        SentRow[] pending = [.. sent.Where(row => row.Nonce >= next)];
        IReadOnlySet<Hash32> known =
            await chain.KnownTransactionsAsync([.. pending.Select(row => row.LastHash)], cancellationToken);
        FeeOffer? market = pending.Any(row => IsOld(row, head)) ? await MarketAsync(cancellationToken) : null;
        foreach (SentRow row in pending)
        {
            SignedVersion? raised = market is null ? null : Raise(row, isNext: row.Nonce == next, market.Value, head);
            if (raised is not null)
            {
                Log.FeeRaised(logger, row.Key, row.SignedAtBlock, $"{raised.MaxFeePerGasWei}");
                await rows.RecordSignedAsync(row.Key, raised, cancellationToken);
                await SendAsync(row.Key, raised.Nonce, raised.Raw, raised.Hash, cancellationToken);
            }
            else if (!known.Contains(row.LastHash))
            {
                await SendAsync(row.Key, row.Nonce, row.Raw, row.LastHash, cancellationToken);
            }
        }

        await FillGapAsync(pending, head, cancellationToken);
    }

    private bool IsOld(SentRow row, BlockHeader head) =>
        // A head below the block it was signed at: the chain went back, and the age is unknown.
        head.Number - row.SignedAtBlock >= options.BumpAfterBlocks;

    private SignedVersion? Raise(SentRow row, bool isNext, FeeOffer market, BlockHeader head)
    {
        bool behind = row.MaxFeePerGasWei < market.MaxFeeWei;
        if (!IsOld(row, head) || (!isNext && !behind))
        {
            return null;
        }

        FeeOffer? offer = new FeeOffer(row.MaxFeePerGasWei, row.MaxPriorityFeePerGasWei)
            .Raise(market, options.MaxFeePerGasCapWei);
        return offer is null
            ? null
            : Sign(row.Recipient, row.Data, row.Nonce, row.GasLimit, offer.Value, head.Number);
    }

    // Below our first pending nonce a foreign transaction of this account was lost, for instance with a chain that was
    // set back. Nothing of ours can be mined until that nonce is used, and moving ours down could execute it twice.
    private async Task FillGapAsync(SentRow[] pending, BlockHeader head, CancellationToken cancellationToken)
    {
        long next = (long)await chain.GetNonceAsync(key.Address, BlockTag.Pending, cancellationToken);
        HashSet<long> held = [.. pending.Select(row => row.Nonce)];
        long highest = pending.Length == 0 ? -1 : pending[^1].Nonce;
        if (highest <= next || held.Contains(next))
        {
            _gapSince = null;
            return;
        }

        if (_gapSince?.Nonce != next)
        {
            _gapSince = (next, time.GetTimestamp());
        }

        if (time.GetElapsedTime(_gapSince.Value.Since) < TimeSpan.FromSeconds(options.GapPatienceSeconds))
        {
            return;
        }

        FeeOffer market = await MarketAsync(cancellationToken);
        for (long nonce = next; nonce < highest; nonce++)
        {
            if (!held.Contains(nonce))
            {
                await FillAsync(nonce, market, head, cancellationToken);
            }
        }

        _gapSince = null;
    }

    private async Task FillAsync(long nonce, FeeOffer market, BlockHeader head, CancellationToken cancellationToken)
    {
        SignedVersion filler = Sign(key.Address, [], nonce, FillerGas, market, head.Number);
        string fillerKey = $"fill:{key.Address}:{nonce}:{filler.Hash}";
        Log.GapFilled(logger, key.Address, nonce);
        await rows.AddFillerAsync(fillerKey, filler, cancellationToken);
        await SendAsync(fillerKey, nonce, filler.Raw, filler.Hash, cancellationToken);
    }
}
