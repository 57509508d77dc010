using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Compute.Operands;
using Gplusck.GpuVerify.Commitments;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Operator;

/// <summary>Gathers executed cells into batches and commits them, one batch at a time.</summary>
/// <remarks>
/// A batch is written to the index before its transaction is sent, so it is served from the moment it stands on chain.
/// A batch that could not be sent is tried again as it was. Cells that wait when the process dies are lost: nobody is
/// paid for them and nobody can be blamed for them.
/// </remarks>
internal sealed class BatchCommitter(
    AccountChain chain,
    OperandStore store,
    MeasurementTier tier,
    OperatorOptions options,
    TimeProvider time,
    ILogger logger)
{
    private const ulong SecondsPerHour = 3_600;

    private readonly Lock _lock = new();
    private readonly Queue<(ExecutedCell Cell, long Since)> _waiting = new();
    private readonly EnergyLedger _energy = new();
    private PreparedBatch? _prepared;
    private long _committed;
    private long _lost;

    /// <summary>Cells that wait for their batch.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Cells committed so far.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>Cells whose batch the market refused.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Energy of committed cells that is still to be claimed, in mWh.</summary>
    public ulong UnclaimedMilliwattHours => _energy.WaitingMilliwattHours;

    /// <summary>Adds a cell to the next batch of its job.</summary>
    public void Add(ExecutedCell cell)
    {
        lock (_lock)
        {
            _waiting.Enqueue((cell, time.GetTimestamp()));
        }
    }

    /// <summary>Commits every batch that is due: full, or with a cell that has waited long enough.</summary>
    public async Task CommitDueAsync(CancellationToken cancellationToken)
    {
        while (_prepared is not null || IsDue())
        {
            _prepared ??= await PrepareAsync(cancellationToken);
            await CommitAsync(_prepared, cancellationToken);
            _prepared = null;
        }
    }

    private bool IsDue()
    {
        lock (_lock)
        {
            return _waiting.Count >= options.BatchCells
                || (_waiting.Count > 0 && time.GetElapsedTime(_waiting.Peek().Since) >= options.BatchInterval);
        }
    }

    private async Task<PreparedBatch> PrepareAsync(CancellationToken cancellationToken)
    {
        ulong nodeId = await chain.ReadAsync(chain.Contracts.NodeRegistry.NodeOf(chain.Account), cancellationToken);
        uint hour = (uint)(await chain.TimestampAsync(cancellationToken) / SecondsPerHour);
        BigInteger claimedWh = await chain.ReadAsync(
            chain.Contracts.ComputeMarket.ClaimedWh(nodeId, hour), cancellationToken);
        ulong limitWh = (ulong)BigInteger.Max(options.Profile.NameplateWatts - claimedWh, 0);

        ExecutedCell[] cells = TakeCellsOfOneJob();
        Hash32 root = BatchTree.ForCells([.. cells.Select(cell => cell.Cell.Commitment)]).Root;
        Array.ForEach(cells, cell => _energy.Add(cell.MilliwattHours));
        return new PreparedBatch(cells, root, _energy.TakeWh(limitWh), hour);
    }

    private ExecutedCell[] TakeCellsOfOneJob()
    {
        lock (_lock)
        {
            List<ExecutedCell> cells = [];
            BigInteger jobId = _waiting.Peek().Cell.Cell.Commitment.JobId;
            while (cells.Count < options.BatchCells
                && _waiting.TryPeek(out (ExecutedCell Cell, long Since) next)
                && next.Cell.Cell.Commitment.JobId == jobId)
            {
                cells.Add(_waiting.Dequeue().Cell);
            }

            return [.. cells];
        }
    }

    private async Task CommitAsync(PreparedBatch batch, CancellationToken cancellationToken)
    {
        ComputeMarket market = chain.Contracts.ComputeMarket;
        BigInteger jobId = batch.Cells[0].Cell.Commitment.JobId;
        await store.Batches.PutAsync(batch.Root, [.. batch.Cells.Select(cell => cell.Cell)], cancellationToken);
        ulong nodeId = await chain.ReadAsync(chain.Contracts.NodeRegistry.NodeOf(chain.Account), cancellationToken);
        // An earlier try may have reached the chain although its answer never came back.
        if (!await chain.ReadAsync(market.IsCommitted(nodeId, batch.Root), cancellationToken))
        {
            try
            {
                await chain.SendAsync(
                    market.CommitBatch(
                        jobId, batch.Root, (uint)batch.Cells.Length, batch.EnergyWh, batch.Hour, tier),
                    cancellationToken);
            }
            catch (ContractRevertException exception)
            {
                Lose(batch, jobId, exception.Message);
                return;
            }
        }

        Interlocked.Add(ref _committed, batch.Cells.Length);
        Log.BatchCommitted(logger, chain.Account, batch.Cells.Length, jobId, batch.EnergyWh, batch.Root);
    }

    // Energy of cells that nobody accepted is not claimed with other cells.
    private void Lose(PreparedBatch batch, BigInteger jobId, string reason)
    {
        _energy.Return(batch.EnergyWh);
        Array.ForEach(batch.Cells, cell => _energy.Remove(cell.MilliwattHours));
        Interlocked.Add(ref _lost, batch.Cells.Length);
        Log.BatchLost(logger, chain.Account, batch.Cells.Length, jobId, reason);
    }

    private sealed record PreparedBatch(ExecutedCell[] Cells, Hash32 Root, ulong EnergyWh, uint Hour);
}
