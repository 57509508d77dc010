using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Microsoft.Extensions.Logging;

namespace Gplusck.Outbox;

/// <summary>Sends the rows of one account in order: what is decided is written down first, then done.</summary>
/// <remarks>
/// Every step can be repeated, so a new lane goes on wherever the last one was cut off. A row is signed again under
/// another nonce only when its own has gone to a foreign transaction deeper than the confirmation depth; until then all
/// its versions share one nonce, of which the chain executes at most one.
/// </remarks>
internal sealed partial class AccountLane(
    AccountRows rows,
    EthereumClient chain,
    PrivateKey key,
    long chainId,
    OutboxOptions options,
    TimeProvider time,
    ILogger logger)
{
    private const int Refused = 0;

    private BlockHeader? _head;
    private long _settledAt;

    /// <summary>One round: follow the chain when it moved, then sign what is queued.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken)
    {
        BlockHeader head = await chain.GetBlockAsync(BlockTag.Latest, cancellationToken)
            ?? throw new RetryableException("The node has no latest block.");
        if (MustSettle(head))
        {
            await SettleAsync(head, cancellationToken);
        }

        await SignQueuedAsync(head, cancellationToken);
    }

    private bool MustSettle(BlockHeader head) =>
        _head is null
        || _head.Hash != head.Hash
        || _gapSince is not null
        || time.GetElapsedTime(_settledAt) >= TimeSpan.FromSeconds(options.RecheckSeconds);

    private async Task SignQueuedAsync(BlockHeader head, CancellationToken cancellationToken)
    {
        foreach (string orphan in await rows.FailOrphansAsync(cancellationToken))
        {
            Log.Failed(logger, orphan, "what it waited for failed");
        }

        int inFlight = await rows.SentCountAsync(cancellationToken);
        IReadOnlyList<QueuedRow> queued =
            await rows.QueuedAsync(Math.Max(0, options.InFlightMax - inFlight), head.Number, cancellationToken);
        if (queued.Count == 0)
        {
            return;
        }

        long onChain = (long)await chain.GetNonceAsync(key.Address, BlockTag.Pending, cancellationToken);
        long nonce = Math.Max(onChain, await rows.NextNonceAsync(cancellationToken));
        FeeOffer market = await MarketAsync(cancellationToken);
        foreach (QueuedRow row in queued)
        {
            if (row.AfterBlock is long after && !await IsPastSecondOfAsync(after, head, cancellationToken))
            {
                continue;
            }

            long? gas = await EstimateAsync(row, alone: inFlight == 0, cancellationToken);
            if (gas is null)
            {
                return;
            }

            if (gas == Refused)
            {
                continue;
            }

            SignedVersion version = Sign(row.Recipient, row.Data, nonce, gas.Value, market, head.Number);
            await rows.RecordSignedAsync(row.Key, version, cancellationToken);
            await SendAsync(row.Key, version.Nonce, version.Raw, version.Hash, cancellationToken);
            nonce++;
            inFlight++;
        }
    }

    /// <summary>Whether the head is of a later second than a block: some chains make several blocks a second, and an
    /// estimate on a head of the same second would refuse what must be a second younger.</summary>
    private async Task<bool> IsPastSecondOfAsync(long block, BlockHeader head, CancellationToken cancellationToken) =>
        await chain.GetBlockAsync(block, cancellationToken) is BlockHeader earlier
        && earlier.Timestamp < head.Timestamp;

    /// <summary>The gas limit to sign with, <see cref="Refused"/> for a call that reverts, null to try again
    /// later.</summary>
    /// <param name="row">What would be sent.</param>
    /// <param name="alone">Nothing else of the account is in flight: what reverts now is not waiting for an earlier
    /// one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<long?> EstimateAsync(QueuedRow row, bool alone, CancellationToken cancellationToken)
    {
        try
        {
            ulong gas = await chain.EstimateGasAsync(CallOf(row.Recipient, row.Data), key.Address, cancellationToken);
            // The state may change before it is mined, and a call that runs out of gas is lost.
            return Math.Max((long)(gas + (gas / 4)), row.GasFloor);
        }
        catch (ContractRevertException revert) when (alone)
        {
            Log.Failed(logger, row.Key, revert.Message);
            await rows.FailQueuedAsync(row.Key, revert.Message, cancellationToken);
            return Refused;
        }
        catch (ContractRevertException)
        {
            return null;
        }
        catch (JsonRpcException error)
        {
            Log.NotTaken(logger, row.Key, error.Message);
            await rows.NoteErrorAsync(row.Key, error.Message, cancellationToken);
            return null;
        }
    }

    private SignedVersion Sign(Address to, byte[] data, long nonce, long gasLimit, FeeOffer offer, long headNumber)
    {
        Eip1559Transaction unsigned = new()
        {
            ChainId = chainId,
            Nonce = (ulong)nonce,
            MaxFeePerGas = offer.MaxFeeWei,
            MaxPriorityFeePerGas = offer.MaxPriorityFeeWei,
            GasLimit = (ulong)gasLimit,
            To = to,
            Value = 0,
            Data = data,
        };
        SignedTransaction signed = unsigned.Sign(key);
        return new SignedVersion(
            nonce, gasLimit, offer.MaxFeeWei, offer.MaxPriorityFeeWei, signed.Raw, signed.Hash, headNumber);
    }

    private async Task SendAsync(
        string rowKey, long nonce, byte[] raw, Hash32 hash, CancellationToken cancellationToken)
    {
        try
        {
            await chain.SendRawAsync(raw, cancellationToken);
            Log.Sent(logger, rowKey, nonce, hash);
        }
        catch (JsonRpcException error)
        {
            // The node has it already, or cannot take it yet: the next round looks for it by its hash.
            Log.NotTaken(logger, rowKey, error.Message);
        }
    }

    private async Task<FeeOffer> MarketAsync(CancellationToken cancellationToken)
    {
        TransactionFees fees = await chain.FeesAsync(cancellationToken);
        return new FeeOffer(fees.MaxFeePerGas, fees.MaxPriorityFeePerGas).CappedAt(options.MaxFeePerGasCapWei);
    }

    private static Call<Unit> CallOf(Address to, byte[] data) => new(to, data, _ => default);
}
