using System.Numerics;
using Gplusck.Chain.Rpc;
using Gplusck.Testing;

namespace Gplusck.Outbox.Tests;

[Trait("Needs", "Postgres"), Trait("Needs", "Anvil")]
public sealed class FailureTests(PostgresFixture postgres)
{
    private const string Set = "0x0000000000000000000000000000000000000000000000000000000000000001";
    private const string Unset = "0x0000000000000000000000000000000000000000000000000000000000000000";
    private const string SlotZero = "0x0";
    private const string OfferedFee = "SELECT max_fee_per_gas_wei FROM outbox.transaction";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_that_reverts_fails_with_its_reason_uses_no_nonce_and_blocks_nobody()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.CallAsync("anvil_setStorageAt", Token, $"{TestContracts.Moody}", SlotZero, Set);
        await rig.CountAsync(1, Token);
        await rig.EnqueueAsync("moody", TestContracts.Moody, 1, Token);
        await rig.CountAsync(2, Token);
        await rig.StartSenderAsync(Token);

        OutboxStatus failed = await rig.WaitForAsync("moody", OutboxState.Failed, Token);
        await rig.WaitForAsync("count:2", OutboxState.Confirmed, Token);

        Assert.Contains("not today", failed.Error, StringComparison.Ordinal);
        Assert.Null(failed.BlockNumber);
        Assert.Equal([BigInteger.One, BigInteger.One], await rig.CountedAsync([1, 2], Token));
        Assert.Equal(2UL, await rig.Chain.GetNonceAsync(rig.Key.Address, BlockTag.Latest, Token));
    }

    [Fact]
    public async Task Refused_transaction_can_be_queued_again_once()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.CallAsync("anvil_setStorageAt", Token, $"{TestContracts.Moody}", SlotZero, Set);
        await rig.EnqueueAsync("moody", TestContracts.Moody, 1, Token);
        await rig.StartSenderAsync(Token);
        await rig.WaitForAsync("moody", OutboxState.Failed, Token);

        await rig.CallAsync("anvil_setStorageAt", Token, $"{TestContracts.Moody}", SlotZero, Unset);
        Assert.True(await rig.Outbox.RequeueAsync("moody", Token));
        await rig.WaitForAsync("moody", OutboxState.Confirmed, Token);

        Assert.False(await rig.Outbox.RequeueAsync("moody", Token));
        Assert.False(await rig.Outbox.RequeueAsync("unknown", Token));
    }

    [Fact]
    public async Task Revert_in_a_block_fails_with_its_reason_and_the_next_ones_go_on()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.CallAsync("evm_setAutomine", Token, false);
        await rig.EnqueueAsync("moody", TestContracts.Moody, 1, Token);
        await rig.StartSenderAsync(Token);
        await rig.WaitForAsync("moody", OutboxState.Sent, Token);
        await rig.CountAsync(1, Token);
        await rig.WaitForAsync("count:1", OutboxState.Sent, Token);

        await rig.CallAsync("anvil_setStorageAt", Token, $"{TestContracts.Moody}", SlotZero, Set);
        await rig.CallAsync("anvil_mine", Token, 1);
        OutboxStatus failed = await rig.WaitForAsync("moody", OutboxState.Failed, Token);
        await rig.CallAsync("anvil_mine", Token, 1);
        await rig.WaitForAsync("count:1", OutboxState.Confirmed, Token);

        Assert.Contains("not today", failed.Error, StringComparison.Ordinal);
        Assert.NotNull(failed.TransactionHash);
        Assert.Equal(BigInteger.One, await rig.CountedAsync(1, Token));
    }

    [Fact]
    public async Task Dropped_transaction_is_sent_again_with_the_next_block()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.CallAsync("evm_setAutomine", Token, false);
        await rig.CountAsync(1, Token);
        await rig.StartSenderAsync(Token);
        await rig.WaitForAsync("count:1", OutboxState.Sent, Token);
        string hash = $"0x{await rig.ScalarAsync<string>(
            "SELECT encode(hashes[1], 'hex') FROM outbox.transaction", Token)}";
        await OutboxRig.WaitUntilAsync(
            async () => (await rig.CallAsync("anvil_dropTransaction", Token, hash)).GetString() == hash,
            () => "the node never had it",
            Token);

        await rig.CallAsync("anvil_mine", Token, 1);
        await OutboxRig.WaitUntilAsync(
            async () => (await rig.CallAsync("eth_getTransactionByHash", Token, hash)).ValueKind
                == System.Text.Json.JsonValueKind.Object,
            () => "it was not sent again",
            Token);
        await rig.CallAsync("anvil_mine", Token, 1);

        OutboxStatus confirmed = await rig.WaitForAsync("count:1", OutboxState.Confirmed, Token);
        Assert.Equal(hash, $"{confirmed.TransactionHash}");
        Assert.Equal(BigInteger.One, await rig.CountedAsync(1, Token));
    }

    [Fact]
    public async Task Stuck_transaction_is_replaced_by_one_that_offers_at_least_an_eighth_more()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        rig.Options.BumpAfterBlocks = 3;
        await rig.CallAsync("evm_setAutomine", Token, false);
        await rig.CountAsync(1, Token);
        await rig.StartSenderAsync(Token);
        await rig.WaitForAsync("count:1", OutboxState.Sent, Token);
        BigInteger first = await rig.ScalarAsync<BigInteger>(OfferedFee, Token);

        // A base fee above the offer keeps it out of these blocks.
        for (int block = 0; block < 3; block++)
        {
            await rig.CallAsync("anvil_setNextBlockBaseFeePerGas", Token, $"0x{first * 2:x}");
            await rig.CallAsync("anvil_mine", Token, 1);
        }

        await OutboxRig.WaitUntilAsync(
            async () => await rig.ScalarAsync<int>("SELECT attempts FROM outbox.transaction", Token) == 2,
            () => "no second version was signed",
            Token);
        await rig.CallAsync("anvil_mine", Token, 1);
        await rig.WaitForAsync("count:1", OutboxState.Confirmed, Token);

        BigInteger second = await rig.ScalarAsync<BigInteger>(OfferedFee, Token);
        Assert.True(second * 8 >= first * 9, $"{second} is less than an eighth over {first}");
        Assert.Equal(BigInteger.One, await rig.CountedAsync(1, Token));
    }
}
