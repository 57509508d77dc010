using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Outbox;
using Gplusck.Testing;
using Gplusck.Tokenomics.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gplusck.Tokenomics.Tests.Jobs;

/// <summary>The jobs of this room on one database and one chain, with a sender for what they leave.</summary>
internal sealed class JobSet
{
    private readonly ChainTables _tables;
    private readonly DeployedChain _chain;

    public JobSet(ChainTables tables, DeployedChain chain)
    {
        (_tables, _chain) = (tables, chain);
        EthereumClient client = chain.Client;
        Outbox = new TransactionOutbox(tables.DataSource);
        TokenomicsOptions options = new()
        {
            Account = DeployedChain.Jobs.Address,
            Recomputers = [DeployedChain.Jobs.Address, DeployedChain.Recomputer.Address, DeployedChain.Holder.Address],
            CloseMarginSeconds = 5,
        };
        EpochClock clock = new(client, chain.Contracts);
        Settle = new(tables.DataSource, chain.Contracts, Outbox, options, NullLogger<SettleBatchesJob>.Instance);
        Close = new(
            tables.DataSource, chain.Contracts, clock, Outbox, options, NullLogger<CloseEpochJob>.Instance);
        Attest = new(
            tables.DataSource, client, chain.Contracts, clock, Outbox, options, NullLogger<AttestRootJob>.Instance);
        Check = new(tables.DataSource, client, chain.Contracts, clock);
        Snapshot = new(tables.DataSource);
        Reconcile = new(
            tables.DataSource, client, chain.Contracts, options, TimeProvider.System,
            NullLogger<ReconcileJob>.Instance);
    }

    public TransactionOutbox Outbox { get; }

    public SettleBatchesJob Settle { get; }

    public CloseEpochJob Close { get; }

    public AttestRootJob Attest { get; }

    public RewardCheck Check { get; }

    public SnapshotSupplyJob Snapshot { get; }

    public ReconcileJob Reconcile { get; }

    /// <summary>The outbox keys of an epoch's attestations.</summary>
    public static IReadOnlyList<string> Attestations(long epoch) =>
    [
        $"attest-root:{epoch}:{DeployedChain.Jobs.Address}", $"attest-root:{epoch}:{DeployedChain.Recomputer.Address}",
    ];

    /// <summary>Sends what is queued until every key is in a block, then indexes.</summary>
    public async Task SendAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        Dictionary<Address, PrivateKey> senders = new()
        {
            [DeployedChain.Jobs.Address] = DeployedChain.Jobs,
            [DeployedChain.Recomputer.Address] = DeployedChain.Recomputer,
        };
        using OutboxSender sender = new(
            _tables.DataSource, _chain.Client, senders, new OutboxOptions(), TimeProvider.System,
            NullLogger<OutboxSender>.Instance);
        await sender.StartAsync(cancellationToken);
        foreach (string key in keys)
        {
            await ConfirmedAsync(key, cancellationToken);
        }

        await sender.StopAsync(cancellationToken);
        await _tables.IndexAsync(cancellationToken);
    }

    private async Task ConfirmedAsync(string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            OutboxStatus? status = await Outbox.StatusAsync(key, cancellationToken);
            if (status?.State == OutboxState.Confirmed)
            {
                return;
            }

            Assert.False(status is null or { State: OutboxState.Failed }, $"{key}: {status?.Error ?? "was not left"}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }
}
