using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.Compute.Assignments;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Operator;

/// <summary>
/// Decides which orders an operator takes: signed by the job's requester, for this operator, in time, once.
/// </summary>
internal sealed class OrderBook(
    Address account, ulong chainId, Address market, Func<BigInteger, CancellationToken, Task<Job>> readJob,
    TimeProvider time)
{
    /// <summary>
    /// Furthest in the future that an order's deadline may lie; bounds how long an order is remembered.
    /// </summary>
    public const ulong OrderSecondsMax = 600;

    private const int JobsRemembered = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<BigInteger, Job> _jobs = [];
    private readonly Dictionary<(BigInteger JobId, uint CellIndex), ulong> _taken = [];

    /// <summary>Takes an order, or says in one sentence why not.</summary>
    /// <exception cref="InvalidInputException">The order is not one to take.</exception>
    public async Task TakeAsync(SignedAssignment order, CancellationToken cancellationToken)
    {
        CellAssignment cell = order.Assignment;
        ulong now = (ulong)time.GetUtcNow().ToUnixTimeSeconds();
        Require(cell.Operator == account, $"The order is for {cell.Operator}; this is {account}.");
        Require(cell.Deadline > now, $"The order's deadline {cell.Deadline} has passed; it is {now}.");
        Require(cell.Deadline <= now + OrderSecondsMax, $"An order's deadline is at most {OrderSecondsMax} s away.");

        Job job = await FindJobAsync(cell.JobId, cancellationToken);
        Require(job.Deadline > now, $"Job {cell.JobId} took cells until {job.Deadline}; it is {now}.");
        Require(cell.CellIndex < job.Cells, $"Job {cell.JobId} has {job.Cells} cells; {cell.CellIndex} is not one.");
        bool signed = Signature.FromBytes(order.Signature).TryRecover(cell.Digest(chainId, market), out Address signer);
        Require(signed && signer == job.Requester,
            $"The order is not signed by {job.Requester}, who pays for the job.");
        Remember(cell, now);
    }

    private void Remember(CellAssignment cell, ulong now)
    {
        lock (_lock)
        {
            Require(
                _taken.TryAdd((cell.JobId, cell.CellIndex), cell.Deadline),
                $"Cell {cell.CellIndex} of job {cell.JobId} was taken before.");
            foreach ((BigInteger, uint) expired in
                _taken.Where(taken => taken.Value < now).Select(taken => taken.Key).ToArray())
            {
                _taken.Remove(expired);
            }
        }
    }

    private async Task<Job> FindJobAsync(BigInteger jobId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue(jobId, out Job? known))
            {
                return known;
            }
        }

        try
        {
            Job job = await readJob(jobId, cancellationToken);
            lock (_lock)
            {
                // Jobs end; forgetting all of them now and then costs one read each.
                if (_jobs.Count >= JobsRemembered)
                {
                    _jobs.Clear();
                }

                _jobs[jobId] = job;
            }

            return job;
        }
        catch (ContractRevertException exception)
        {
            throw new InvalidInputException($"Job {jobId} is not on this chain.", exception);
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidInputException(otherwise);
        }
    }
}
