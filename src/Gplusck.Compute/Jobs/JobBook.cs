using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Jobs;

/// <summary>Posts a requester's jobs and hands out their cells, each index once.</summary>
/// <remarks>
/// A cell that goes to a second node goes under a new index, so that both nodes may commit and neither index is paid
/// twice. A restart begins a new job; what nobody committed to older ones is taken back when they have ended.
/// </remarks>
internal sealed class JobBook(AccountChain chain, JobTerms terms, RequesterOptions options, ILogger logger)
    : IDisposable
{
    // No cell of a job is handed out when an operator might come too late with it.
    private static readonly TimeSpan CommitAllowance = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private OpenJob? _open;

    /// <summary>The job whose cells are being handed out; 0 before the first.</summary>
    public BigInteger JobId => _open?.JobId ?? BigInteger.Zero;

    /// <summary>The next cell; posts a job when there is none left.</summary>
    public async Task<(BigInteger JobId, uint CellIndex)> NextCellAsync(
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_open is null || _open.NextCell >= options.CellsPerJob || now >= _open.LastOrderAt)
            {
                await CloseEndedAsync(cancellationToken);
                _open = await PostAsync(now, cancellationToken);
            }

            return (_open.JobId, _open.NextCell++);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<OpenJob> PostAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        ComputeMarket market = chain.Contracts.ComputeMarket;
        ulong deadline = await chain.TimestampAsync(cancellationToken) + (ulong)options.JobLifetime.TotalSeconds;
        await chain.SendAsync(
            chain.Contracts.Gpuck.Approve(market.Address, options.CellsPerJob * options.FeePerCellWei),
            cancellationToken);
        TransactionReceipt receipt = await chain.SendAsync(
            market.PostJob(terms.SpecHash, terms.InputRoot, (uint)options.CellsPerJob, options.FeePerCellWei, deadline),
            cancellationToken);
        foreach (LogEntry log in receipt.Logs.Where(log => log.Address == market.Address))
        {
            if (ComputeMarket.JobPostedEvent.TryDecode(log, out ComputeMarket.JobPostedEvent? posted))
            {
                Log.JobPosted(logger, posted.JobId, posted.Cells, chain.Account);
                return new OpenJob(posted.JobId, now + options.JobLifetime - CommitAllowance);
            }
        }

        throw new GplusckException($"Transaction {receipt.TransactionHash} posted no job.");
    }

    private async Task CloseEndedAsync(CancellationToken cancellationToken)
    {
        ComputeMarket market = chain.Contracts.ComputeMarket;
        byte[] requester = [.. new byte[Hash32.Length - Address.Length], .. chain.Account.ToArray()];
        IReadOnlyList<LogEntry> logs = await chain.ReadLogsAsync(
            new LogFilter
            {
                From = chain.Contracts.Block,
                To = BlockTag.Latest,
                Addresses = [market.Address],
                Topics = [[ComputeMarket.JobPostedEvent.Topic0], null, [Hash32.FromBytes(requester)]],
            },
            cancellationToken);
        ulong now = await chain.TimestampAsync(cancellationToken);
        foreach (LogEntry log in logs)
        {
            BigInteger jobId = ComputeMarket.JobPostedEvent.Decode(log).JobId;
            Job job = await chain.ReadAsync(market.Job(jobId), cancellationToken);
            if (!job.Closed && (job.CellsCommitted == job.Cells || job.Deadline < now))
            {
                await chain.SendAsync(market.CloseJob(jobId), cancellationToken);
                Log.JobClosed(logger, jobId);
            }
        }
    }

    private sealed class OpenJob(BigInteger jobId, DateTimeOffset lastOrderAt)
    {
        public BigInteger JobId { get; } = jobId;

        public DateTimeOffset LastOrderAt { get; } = lastOrderAt;

        public uint NextCell { get; set; }
    }
}
