using System.Numerics;
using Gplusck.Chain.Rpc;
using Gplusck.Testing;

namespace Gplusck.Outbox.Tests;

/// <summary>A transaction that waits for another one, or costs more after one.</summary>
[Trait("Needs", "Postgres"), Trait("Needs", "Anvil")]
public sealed class SuccessionTests(PostgresFixture postgres)
{
    private const long Second = 4_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Successor_goes_into_a_block_of_a_later_second_than_what_it_waits_for()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.CallAsync("evm_setAutomine", Token, false);
        await rig.CountAsync(1, Token);
        await rig.EnqueueAsync("second", TestContracts.Counter, 2, Token, after: "count:1");
        await rig.CountAsync(3, Token);
        await rig.StartSenderAsync(Token);

        // The later row that waits for nothing overtakes; the successor is not even signed before the first is mined.
        await rig.WaitForAsync("count:1", OutboxState.Sent, Token);
        await rig.WaitForAsync("count:3", OutboxState.Sent, Token);
        Assert.Equal(OutboxState.Queued, (await rig.Outbox.StatusAsync("second", Token))!.State);
        await rig.CallAsync("evm_mine", Token, Second);
        OutboxStatus first = await rig.WaitForAsync("count:1", OutboxState.Confirmed, Token);

        // Its block is the head, so a node would try the successor on top of the same block; and the next block is of
        // the same second. What is sent meanwhile shows that the sender has seen each head.
        await rig.WaitForAsync("count:3", OutboxState.Confirmed, Token);
        await AssertStillQueuedAsync(rig, 4);
        await rig.CallAsync("evm_mine", Token, Second);
        await rig.WaitForAsync("count:4", OutboxState.Confirmed, Token);
        await AssertStillQueuedAsync(rig, 5);
        await rig.CallAsync("evm_mine", Token, Second + 1);
        await rig.WaitForAsync("second", OutboxState.Sent, Token);
        await rig.CallAsync("evm_mine", Token, Second + 1);
        OutboxStatus second = await rig.WaitForAsync("second", OutboxState.Confirmed, Token);

        Assert.Equal(first.BlockNumber + 3, second.BlockNumber);
        Assert.Equal([BigInteger.One, BigInteger.One, BigInteger.One], await rig.CountedAsync([1, 2, 3], Token));
    }

    [Fact]
    public async Task Gas_limit_is_what_the_node_estimates_or_the_floor_if_that_is_more()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.EnqueueAsync("low", TestContracts.Counter, 1, Token, gasFloor: 21_000);
        await rig.EnqueueAsync("high", TestContracts.Counter, 2, Token, gasFloor: 400_000);
        await rig.StartSenderAsync(Token);
        await rig.WaitForAllConfirmedAsync(Token);

        const string Limit = "SELECT gas_limit FROM outbox.transaction WHERE key = ";
        Assert.InRange(await rig.ScalarAsync<long>(Limit + "'low'", Token), 43_000, 80_000);
        Assert.Equal(400_000, await rig.ScalarAsync<long>(Limit + "'high'", Token));
    }

    [Fact]
    public async Task Successor_of_a_failed_transaction_fails_unsent_and_says_of_what()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.CallAsync("anvil_setStorageAt", Token, $"{TestContracts.Moody}", "0x0", $"0x{1:x64}");
        await rig.EnqueueAsync("moody", TestContracts.Moody, 1, Token);
        await rig.EnqueueAsync("second", TestContracts.Counter, 2, Token, after: "moody");
        await rig.StartSenderAsync(Token);

        OutboxStatus second = await rig.WaitForAsync("second", OutboxState.Failed, Token);

        Assert.StartsWith("moody failed: ", second.Error, StringComparison.Ordinal);
        Assert.Contains("not today", second.Error, StringComparison.Ordinal);
        Assert.Equal(BigInteger.Zero, await rig.CountedAsync(2, Token));
        Assert.Equal(0UL, await rig.Chain.GetNonceAsync(rig.Key.Address, BlockTag.Latest, Token));
    }

    private static async Task AssertStillQueuedAsync(OutboxRig rig, int slot)
    {
        await rig.CountAsync(slot, Token);
        await rig.WaitForAsync($"count:{slot}", OutboxState.Sent, Token);
        Assert.Equal(OutboxState.Queued, (await rig.Outbox.StatusAsync("second", Token))!.State);
    }
}
