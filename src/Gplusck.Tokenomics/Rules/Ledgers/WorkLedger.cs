using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>Jobs, batches and their fees, as <c>ComputeMarket</c> keeps them.</summary>
/// <remarks>Times are Unix seconds, amounts wei. An act that is refused changes nothing.</remarks>
/// <param name="token">The books of GPUCK.</param>
/// <param name="nodes">The books of the registry.</param>
/// <param name="stakes">The books of the vault.</param>
/// <param name="certificates">The books of the certificates.</param>
/// <param name="terms">The terms.</param>
/// <param name="market">The account that holds the escrow.</param>
/// <param name="treasury">The account that gets the treasury's part.</param>
public sealed class WorkLedger(
    TokenLedger token, NodeLedger nodes, StakeLedger stakes, CertificateLedger certificates, Terms terms,
    Address market, Address treasury)
{
    /// <summary>Longest time a job may take commits.</summary>
    public const long JobSecondsMax = 365 * 86_400;

    private const int SecondsPerHour = 3_600;

    private readonly List<JobEntry> _jobs = [];
    private readonly List<BatchEntry> _batches = [];
    private readonly HashSet<(long Node, Hash32 Root)> _roots = [];
    private readonly Dictionary<(long Node, uint Hour), ulong> _claimedWh = [];

    /// <summary>Jobs; ids run from 1.</summary>
    public IReadOnlyList<JobEntry> Jobs => _jobs;

    /// <summary>Batches; ids run from 1.</summary>
    public IReadOnlyList<BatchEntry> Batches => _batches;

    /// <summary>Wei of fees in escrow.</summary>
    public BigInteger EscrowedWei { get; private set; }

    /// <summary>Wei of fees ever burned.</summary>
    public BigInteger FeesBurnedWei { get; private set; }

    /// <summary>Version of the factor set that certificates are minted with.</summary>
    public ushort FactorVersion { get; set; }

    /// <summary>Posts a job and takes its whole fee into escrow.</summary>
    public long PostJob(Address requester, uint cells, BigInteger feePerCellWei, long deadline, long now)
    {
        RefusedException.If(
            cells == 0 || feePerCellWei.IsZero || deadline <= now || deadline > now + JobSecondsMax, "InvalidJob");
        BigInteger escrow = cells * feePerCellWei;
        token.Transfer(requester, market, escrow);
        EscrowedWei += escrow;
        _jobs.Add(new JobEntry(requester, cells, 0, feePerCellWei, deadline, Closed: false));
        return _jobs.Count;
    }

    /// <summary>Gives back the fee of cells that no batch took.</summary>
    public void CloseJob(long jobId, Address caller, long now)
    {
        JobEntry? job = FindJob(jobId);
        RefusedException.If(job?.Requester != caller, "NotRequester");
        RefusedException.If(job!.Closed, "JobNotOpen");
        uint left = job.Cells - job.CellsCommitted;
        RefusedException.If(left > 0 && now < job.Deadline, "InvalidJob");
        _jobs[(int)jobId - 1] = job with { Closed = true };
        PayFromEscrow(job.Requester, left * job.FeePerCellWei);
    }

    /// <summary>An operator claims cells of a job, and the electricity they took.</summary>
    public long Commit(
        Address caller, long jobId, Hash32 root, uint cells, ulong energyWh, uint hour, MeasurementTier tier, long now)
    {
        long nodeId = nodes.NodeOf(caller);
        RefusedException.If(nodeId == 0, "NotOperator");
        RefusedException.If(!nodes.IsActive(nodeId, stakes.Of(nodeId).Active.AssetsWei), "NodeNotActive");
        JobEntry? job = FindJob(jobId);
        RefusedException.If(job is null, "UnknownJob");
        RefusedException.If(job!.Closed || now >= job.Deadline, "JobNotOpen");
        RefusedException.If(cells == 0, "InvalidBatch");
        RefusedException.If(cells > job.Cells - job.CellsCommitted, "TooManyCells");
        RefusedException.If(_roots.Contains((nodeId, root)), "DuplicateBatch");
        long present = now / SecondsPerHour;
        RefusedException.If(hour != present && hour + 1 != present, "InvalidBatch");
        ulong claimed = _claimedWh.GetValueOrDefault((nodeId, hour)) + energyWh;
        RefusedException.If(claimed > nodes.Find(nodeId)!.NameplateWatts, "EnergyOverNameplate");

        _jobs[(int)jobId - 1] = job with { CellsCommitted = job.CellsCommitted + cells };
        _roots.Add((nodeId, root));
        _claimedWh[(nodeId, hour)] = claimed;
        _batches.Add(new BatchEntry(
            jobId, nodeId, cells, energyWh, hour, tier, now + terms.ChallengeSeconds, stakes.Of(nodeId).BehindWei,
            BatchStatus.Committed));
        return _batches.Count;
    }

    /// <summary>Wh that a node has claimed for an hour, voided batches included.</summary>
    public ulong ClaimedWh(long nodeId, uint hour) => _claimedWh.GetValueOrDefault((nodeId, hour));

    /// <summary>Pays for a batch whose window is over.</summary>
    public FeeParts Settle(long batchId, long now)
    {
        BatchEntry? batch = FindBatch(batchId);
        RefusedException.If(batch?.Status != BatchStatus.Committed, "WrongBatchStatus");
        RefusedException.If(now < batch!.EndsAt, "ChallengeOpen");
        _batches[(int)batchId - 1] = batch with { Status = BatchStatus.Settled };
        NodeEntry node = nodes.Find(batch.NodeId)!;
        BigInteger fee = FeeOf(batch);
        FeeParts parts = terms.Fees.Settled(
            fee, node.CommissionAt(now), hasStake: stakes.Of(batch.NodeId).Active.Shares > 0);
        EscrowedWei -= fee;
        stakes.AddReward(batch.NodeId, market, parts.StakersWei, now);
        token.Burn(market, parts.BurnedWei);
        FeesBurnedWei += parts.BurnedWei;
        token.Transfer(market, node.Operator, parts.OperatorWei);
        token.Transfer(market, treasury, parts.TreasuryWei);
        if (batch.EnergyWh > 0)
        {
            CertificateId class_ =
                new(node.Zone, node.Source, batch.Hour, batch.Tier, FactorVersion, batch.NodeId);
            certificates.Mint(node.Operator, class_.Pack(), batch.EnergyWh);
        }

        return parts;
    }

    /// <summary>The court has proof against a batch: it can no longer be settled.</summary>
    public void Condemn(long batchId, long now)
    {
        BatchEntry? batch = FindBatch(batchId);
        RefusedException.If(batch?.Status != BatchStatus.Committed || now >= batch.EndsAt, "BatchNotOpen");
        _batches[(int)batchId - 1] = batch! with { Status = BatchStatus.Faulted };
    }

    /// <summary>The court takes a batch back; the requester gets the fee.</summary>
    public void Void(long batchId)
    {
        BatchEntry? batch = FindBatch(batchId);
        RefusedException.If(
            batch?.Status is not (BatchStatus.Committed or BatchStatus.Faulted), "WrongBatchStatus");
        _batches[(int)batchId - 1] = batch! with { Status = BatchStatus.Voided };
        PayFromEscrow(_jobs[(int)batch.JobId - 1].Requester, FeeOf(batch));
    }

    private BigInteger FeeOf(BatchEntry batch) => batch.Cells * _jobs[(int)batch.JobId - 1].FeePerCellWei;

    private void PayFromEscrow(Address to, BigInteger wei)
    {
        EscrowedWei -= wei;
        token.Transfer(market, to, wei);
    }

    private JobEntry? FindJob(long jobId) => jobId >= 1 && jobId <= _jobs.Count ? _jobs[(int)jobId - 1] : null;

    private BatchEntry? FindBatch(long batchId) =>
        batchId >= 1 && batchId <= _batches.Count ? _batches[(int)batchId - 1] : null;
}
