using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;

namespace Gplusck.Tokenomics.Tests.Jobs;

/// <summary>What requesters and operators do on the deployed chain.</summary>
internal sealed class Workplace(DeployedChain chain) : IDisposable
{
    private static readonly BigInteger Gpuck = BigInteger.Pow(10, 18);
    private readonly TransactionSender _holder = new(chain.Client, DeployedChain.Holder, TimeProvider.System);
    private byte _batches;

    private Deployment Contracts => chain.Contracts;

    /// <summary>Registers, funds, stakes and activates a node; returns its id.</summary>
    public async Task<ulong> OpenNodeAsync(PrivateKey key, EnergySource source, CancellationToken token)
    {
        using TransactionSender node = new(chain.Client, key, TimeProvider.System);
        BigInteger stake = 20_000 * Gpuck;
        await _holder.SendAsync(Contracts.Gpuck.Transfer(key.Address, stake), token);
        NodeProfile profile = new(source, 276, "DE"u8.ToArray(), 1_000_000, 500, "http://127.0.0.1:1");
        await node.SendAsync(Contracts.NodeRegistry.Register(profile), token);
        ulong id = await chain.ReadAsync(Contracts.NodeRegistry.NodeOf(key.Address), token);
        await node.SendAsync(Contracts.Gpuck.Approve(Contracts.StakeVault.Address, stake), token);
        await node.SendAsync(Contracts.StakeVault.Stake(id, stake, 0), token);
        await node.SendAsync(Contracts.NodeRegistry.Activate(id), token);
        return id;
    }

    /// <summary>Posts a job of 100 cells at 1 GPUCK a cell.</summary>
    public async Task<BigInteger> PostJobAsync(CancellationToken token)
    {
        await _holder.SendAsync(Contracts.Gpuck.Approve(Contracts.ComputeMarket.Address, 100 * Gpuck), token);
        BlockHeader head = (await chain.Client.GetBlockAsync(BlockTag.Latest, token))!;
        await _holder.SendAsync(
            Contracts.ComputeMarket.PostJob(Hash32.Zero, Hash32.Zero, 100, Gpuck, (ulong)head.Timestamp + 1_000_000),
            token);
        return await chain.ReadAsync(Contracts.ComputeMarket.JobCount(), token);
    }

    /// <summary>Commits a batch with a root of its own; returns its id.</summary>
    public async Task<long> CommitAsync(
        PrivateKey key, BigInteger job, uint cells, ulong wattHours, CancellationToken token)
    {
        using TransactionSender node = new(chain.Client, key, TimeProvider.System);
        BlockHeader head = (await chain.Client.GetBlockAsync(BlockTag.Latest, token))!;
        Hash32 root = Keccak.Hash([.. key.Address.ToArray(), _batches++, .. BitConverter.GetBytes(head.Number)]);
        uint hour = (uint)(head.Timestamp / 3_600);
        await node.SendAsync(
            Contracts.ComputeMarket.CommitBatch(job, root, cells, wattHours, hour, MeasurementTier.Emulated), token);
        return (long)await chain.ReadAsync(Contracts.ComputeMarket.BatchCount(), token);
    }

    /// <summary>Claims for an account, sent by someone else.</summary>
    public Task<TransactionReceipt> ClaimAsync(
        long epoch, Address account, BigInteger cumulative, IReadOnlyList<Hash32> proof, CancellationToken token) =>
        _holder.SendAsync(Contracts.GreenRewards.Claim(epoch, account, cumulative, proof), token);

    public void Dispose() => _holder.Dispose();
}
