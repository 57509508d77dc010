using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Testing;

namespace Gplusck.Outbox.Tests;

[Trait("Needs", "Postgres"), Trait("Needs", "Anvil")]
public sealed class ChainWentBackTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reorg_that_takes_confirmed_transactions_away_has_them_executed_once_on_the_new_branch()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.StartSenderAsync(Token);
        await ConfirmAsync(rig, 1, 6);

        await rig.CallAsync("anvil_reorg", Token, 4, Array.Empty<object>());

        await WaitUntilCountedAsync(rig, 6);
        await AssertRowsAreCanonicalAsync(rig);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chain_set_back_to_an_older_state_executes_what_it_lost_once(bool senderRuns)
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        OutboxSender sender = await rig.StartSenderAsync(Token);
        await ConfirmAsync(rig, 1, 3);
        string snapshot = (await rig.CallAsync("evm_snapshot", Token)).GetString()!;
        await ConfirmAsync(rig, 4, 8);
        if (!senderRuns)
        {
            await sender.StopAsync(Token);
        }

        await rig.CallAsync("evm_revert", Token, snapshot);
        if (!senderRuns)
        {
            await rig.StartSenderAsync(Token);
        }

        await WaitUntilCountedAsync(rig, 8);
        await AssertRowsAreCanonicalAsync(rig);
    }

    [Fact]
    public async Task Final_transactions_above_the_head_of_a_chain_set_back_are_executed_again()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        rig.Options.ConfirmationDepth = 2;
        string snapshot = (await rig.CallAsync("evm_snapshot", Token)).GetString()!;
        await rig.StartSenderAsync(Token);
        await ConfirmAsync(rig, 1, 3);
        await rig.CallAsync("anvil_mine", Token, 3);
        await OutboxRig.WaitUntilAsync(
            async () => await rig.ScalarAsync<bool>("SELECT bool_and(final) FROM outbox.transaction", Token),
            () => "not final",
            Token);

        await rig.CallAsync("evm_revert", Token, snapshot);

        await WaitUntilCountedAsync(rig, 3);
    }

    [Fact]
    public async Task Nonce_of_a_lost_foreign_transaction_is_filled_and_ours_is_executed_once()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        string snapshot = (await rig.CallAsync("evm_snapshot", Token)).GetString()!;
        await SendForeignAsync(rig, nonce: 0, slot: 100);
        await rig.StartSenderAsync(Token);
        await ConfirmAsync(rig, 1, 2);

        await rig.CallAsync("evm_revert", Token, snapshot);

        await WaitUntilCountedAsync(rig, 2);
        Assert.Equal(BigInteger.Zero, await rig.CountedAsync(100, Token));
        Assert.Equal(3UL, await rig.Chain.GetNonceAsync(rig.Key.Address, BlockTag.Latest, Token));
        Assert.Equal(1, await rig.ScalarAsync<long>(
            "SELECT count(*) FROM outbox.transaction WHERE recipient = sender AND nonce = 0", Token));
    }

    [Fact]
    public async Task Transaction_whose_nonce_a_foreign_one_took_is_signed_again_once_that_is_final()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        rig.Options.ConfirmationDepth = 3;
        await rig.CallAsync("evm_setAutomine", Token, false);
        await rig.CountAsync(1, Token);
        OutboxSender sender = await rig.StartSenderAsync(Token);
        await rig.WaitForAsync("count:1", OutboxState.Sent, Token);
        await sender.StopAsync(Token);
        await rig.CallAsync("anvil_dropAllTransactions", Token);
        await SendForeignAsync(rig, nonce: 0, slot: 100);
        await rig.CallAsync("anvil_mine", Token, 2);

        await rig.StartSenderAsync(Token);
        await Task.Delay(200, Token);
        Assert.Equal(OutboxState.Sent, (await rig.Outbox.StatusAsync("count:1", Token))!.State);
        await rig.CallAsync("anvil_mine", Token, 3);
        await rig.CallAsync("evm_setAutomine", Token, true);

        await rig.WaitForAsync("count:1", OutboxState.Confirmed, Token);
        Assert.Equal([BigInteger.One, BigInteger.One], await rig.CountedAsync([1, 100], Token));
        Assert.Equal(1, await rig.ScalarAsync<long>("SELECT nonce FROM outbox.transaction", Token));
    }

    private static async Task ConfirmAsync(OutboxRig rig, int first, int last)
    {
        for (int slot = first; slot <= last; slot++)
        {
            await rig.CountAsync(slot, Token);
        }

        await rig.WaitForAllConfirmedAsync(Token);
    }

    private static async Task WaitUntilCountedAsync(OutboxRig rig, int slots)
    {
        IReadOnlyList<BigInteger> counts = [];
        await OutboxRig.WaitUntilAsync(
            async () =>
            {
                counts = await rig.CountedAsync(Enumerable.Range(1, slots), Token);
                return counts.All(count => count >= 1) && await rig.OpenAsync(Token) == 0;
            },
            () => $"counted {string.Join(", ", counts)}",
            Token);
        Assert.All(counts, count => Assert.Equal(BigInteger.One, count));
    }

    private static async Task AssertRowsAreCanonicalAsync(OutboxRig rig)
    {
        const string Blocks = """
            SELECT string_agg(block_number || ' 0x' || encode(block_hash, 'hex'), ',') FROM outbox.transaction
            """;
        foreach (string block in (await rig.ScalarAsync<string>(Blocks, Token)).Split(','))
        {
            string[] parts = block.Split(' ');
            BlockHeader? header = await rig.Chain.GetBlockAsync(
                long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Token);
            Assert.Equal(Hash32.Parse(parts[1]), header!.Hash);
        }
    }

    private static async Task SendForeignAsync(OutboxRig rig, ulong nonce, int slot)
    {
        Eip1559Transaction foreign = new()
        {
            ChainId = 31337,
            Nonce = nonce,
            MaxPriorityFeePerGas = 2_000_000_000,
            MaxFeePerGas = 100_000_000_000,
            GasLimit = 100_000,
            To = TestContracts.Counter,
            Value = 0,
            Data = TestContracts.Word(slot),
        };
        await rig.Chain.SendRawAsync(foreign.Sign(rig.Key).Raw, Token);
    }
}
