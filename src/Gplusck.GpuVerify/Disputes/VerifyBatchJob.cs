using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Screening;
using Gplusck.GpuVerify.Simd;
using Gplusck.Outbox;
using Hangfire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Verifies one committed batch: fetch, screen every cell, and prove the first wrong element to the
/// court.</summary>
/// <param name="dataSource">The database.</param>
/// <param name="chain">Where a proof is tried before it is sent.</param>
/// <param name="deployment">Our contracts.</param>
/// <param name="outbox">Sends the proof.</param>
/// <param name="source">Where cells come from.</param>
/// <param name="challenges">Private randomness of the screen.</param>
/// <param name="backends">Computes control cells (the first one) and testifies about a wrong element; none: the best
/// SIMD.</param>
/// <param name="options">How to work.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
/// <remarks>
/// Idempotent: the rows of a batch and its proof are written in one transaction by the run that finishes first, and
/// later runs find it finished. Data that cannot be fetched leave the batch <c>unavailable</c>;
/// <see cref="FindBatchesJob"/> hands it out again until its window ends.
/// </remarks>
[AutomaticRetry(Attempts = 3, DelaysInSeconds = [2, 5, 15]), Queue("cpu")]
public sealed class VerifyBatchJob(
    NpgsqlDataSource dataSource,
    EthereumClient chain,
    Deployment deployment,
    TransactionOutbox outbox,
    ICellSource source,
    IChallengeSource challenges,
    IReadOnlyList<IGemmBackend> backends,
    VerifierOptions options,
    TimeProvider time,
    ILogger<VerifyBatchJob> logger)
{
    private readonly VerifyRows _rows = new(dataSource, time);

    private readonly IReadOnlyList<IGemmBackend> _backends = backends.Count > 0 ? backends : [SimdGemm.Best()];

    /// <summary>Verifies the batch.</summary>
    /// <param name="batchId">Its number on chain, decimal.</param>
    /// <param name="cancellationToken">Gives up; nothing is half written.</param>
    /// <exception cref="InconclusiveException">Our implementations disagree; noted, and tried again.</exception>
    public async Task RunAsync(string batchId, CancellationToken cancellationToken)
    {
        BigInteger id = BigInteger.Parse(batchId, CultureInfo.InvariantCulture);
        CommittedBatch? batch = await _rows.FindCommittedAsync(id, cancellationToken);
        if (batch is null)
        {
            Log.NotIndexed(logger, batchId);
            return;
        }

        if (await _rows.IsFinishedAsync(batch, cancellationToken))
        {
            return;
        }

        try
        {
            BatchVerdict verdict = await Examine(batch).RunAsync(cancellationToken);
            bool provable = verdict.Fault is not null && await IsProvableAsync(verdict.Fault, cancellationToken);
            await FinishAsync(batch, verdict, provable, cancellationToken);
        }
        catch (UnavailableException error)
        {
            Log.Unavailable(logger, batchId, error.Message);
            await _rows.WriteOpenAsync(batch, "unavailable", error.Message, cancellationToken);
        }
        catch (InconclusiveException error)
        {
            Log.Inconclusive(logger, batchId, error.Message);
            await _rows.WriteOpenAsync(batch, "inconclusive", error.Message, cancellationToken);
            throw;
        }
    }

    private BatchExamination Examine(CommittedBatch batch) => new(
        new BatchReader(source, batch, options),
        new CellScreen(new FreivaldsScreen(challenges), _backends[0], time),
        new ElementWitnesses(_backends, challenges),
        batch,
        deployment.ChainId,
        deployment.ComputeMarket.Address,
        options.ControlBps);

    /// <summary>Tries the proof in a local call. False: it holds, but the batch is no longer open.</summary>
    /// <exception cref="InconclusiveException">The court would not find what we found.</exception>
    private async Task<bool> IsProvableAsync(Fault fault, CancellationToken cancellationToken)
    {
        try
        {
            (int claimed, int actual) = await chain.CallAsync(
                deployment.MicrocellCourt.Examine(fault.Proof), BlockTag.Latest, options.Finder, cancellationToken);
            return claimed == fault.Element.Claimed && actual == fault.Element.Actual
                ? true
                : throw new InconclusiveException(
                    $"The court reads {claimed} and computes {actual}; "
                    + $"we read {fault.Element.Claimed} and computed {fault.Element.Actual}.");
        }
        catch (ContractRevertException revert) when (ContractErrors.NameOf(revert.RevertData) == "BatchNotOpen")
        {
            return false;
        }
        catch (ContractRevertException revert)
        {
            throw new InconclusiveException($"The court refuses our proof: {revert.Message}", revert);
        }
    }

    private async Task FinishAsync(
        CommittedBatch batch, BatchVerdict verdict, bool provable, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        string state = verdict.Fault is null ? "verified" : "faulty";
        if (!await _rows.TryFinishAsync(connection, transaction, batch, state, cancellationToken))
        {
            return;
        }

        await VerifyRows.WriteCellsAsync(connection, transaction, batch.BatchId, verdict.Cells, cancellationToken);
        string? key = null;
        if (verdict.Fault is Fault fault)
        {
            key = provable ? await EnqueueAsync(connection, transaction, batch, fault, cancellationToken) : null;
            FaultEvidence evidence = FaultEvidence.Of(deployment, batch, fault);
            await _rows.WriteFaultAsync(connection, transaction, evidence, key, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        LogVerdict(batch, verdict, key);
    }

    private async Task<string> EnqueueAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CommittedBatch batch,
        Fault fault,
        CancellationToken cancellationToken)
    {
        // After a reorg the same number can be another batch, and its proof another transaction.
        Hash32? before = await VerifyRows.AccusedRootAsync(connection, transaction, batch.BatchId, cancellationToken);
        string subject = before is null || before == batch.CellsRoot
            ? $"{batch.BatchId}"
            : $"{batch.BatchId}:{batch.CellsRoot}";
        (string reserveKey, string proveKey) = ($"reserve:{subject}", $"prove:{subject}");
        ReservedProof reserved = ReservedProof.Of(deployment.MicrocellCourt, fault.Proof, options.Finder);
        await outbox.EnqueueAsync(
            connection, transaction, reserveKey, options.Finder, reserved.Reserve, cancellationToken);
        await outbox.EnqueueAsync(
            connection, transaction, proveKey, options.Finder, reserved.Prove, cancellationToken, after: reserveKey);
        return proveKey;
    }

    private void LogVerdict(CommittedBatch batch, BatchVerdict verdict, string? key)
    {
        if (verdict.Fault is Fault fault)
        {
            Log.FaultFound(
                logger, $"{batch.BatchId}", batch.NodeId, fault.Position, fault.Element.Row, fault.Element.Column,
                fault.Element.Claimed, fault.Element.Actual, key ?? "came too late");
        }
        else
        {
            Log.Verified(logger, $"{batch.BatchId}", verdict.Cells.Count);
        }
    }
}
