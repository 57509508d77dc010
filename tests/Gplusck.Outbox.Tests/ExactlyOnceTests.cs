using System.Numerics;
using Gplusck.Chain.Rpc;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Outbox.Tests;

[Trait("Needs", "Postgres"), Trait("Needs", "Anvil")]
public sealed class ExactlyOnceTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_keys_enqueued_twice_from_four_threads_are_each_executed_once()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.StartSenderAsync(Token);

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(thread => Enumerable.Range(0, 100)
            .Select(index => Task.Run(
                () => rig.EnqueueAsync(
                    $"count:{Slot(thread, index)}", TestContracts.Counter, Slot(thread, index), Token), Token))));

        Assert.Equal(200, taken.Count(isNew => isNew));
        await rig.WaitForAllConfirmedAsync(Token);
        Assert.All(
            await rig.CountedAsync(Enumerable.Range(1, 200), Token), count => Assert.Equal(BigInteger.One, count));
        Assert.Equal(200UL, await rig.Chain.GetNonceAsync(rig.Key.Address, BlockTag.Latest, Token));

        // Threads 0 and 1 offer the same hundred keys, and 2 and 3 the other hundred.
        static int Slot(int thread, int index) => 1 + (thread / 2 * 100) + index;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Senders_killed_at_random_moments_on_a_lossy_network_execute_each_key_once(int seed)
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        Random random = new(seed);
        await rig.CallAsync("evm_setAutomine", Token, false);
        await rig.CallAsync("evm_setIntervalMining", Token, 1);
        int slots = 0;
        for (int round = 0; round < 30; round++)
        {
            for (int added = random.Next(4); added >= 0; added--)
            {
                await rig.CountAsync(++slots, Token);
            }

            UnreliableHandler network = new(random.Next(), lossPercent: 10);
            OutboxSender sender = await rig.StartSenderAsync(Token, new EthereumClient(rig.Connect(network)));
            await Task.Delay(random.Next(150), Token);
            await sender.StopAsync(Token);
        }

        await rig.StartSenderAsync(Token);
        await rig.WaitForAllConfirmedAsync(Token);

        Assert.All(
            await rig.CountedAsync(Enumerable.Range(1, slots), Token), count => Assert.Equal(BigInteger.One, count));
        Assert.Equal((ulong)slots, await rig.Chain.GetNonceAsync(rig.Key.Address, BlockTag.Latest, Token));
    }

    [Fact]
    public async Task Two_senders_on_one_database_use_each_nonce_once_in_the_order_of_the_queue()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.StartSenderAsync(Token);
        await rig.StartSenderAsync(Token);

        for (int slot = 1; slot <= 60; slot++)
        {
            await rig.CountAsync(slot, Token);
        }

        await rig.WaitForAllConfirmedAsync(Token);

        const string OutOfOrder = """
            SELECT count(*) FROM (
                SELECT nonce, row_number() OVER (ORDER BY sequence) - 1 AS place FROM outbox.transaction
            ) AS ordered
            WHERE nonce <> place
            """;
        Assert.Equal(0, await rig.ScalarAsync<long>(OutOfOrder, Token));
        Assert.Equal(60, await rig.ScalarAsync<long>("SELECT sum(attempts)::bigint FROM outbox.transaction", Token));
    }

    [Fact]
    public async Task Transaction_enqueued_in_a_rolled_back_database_transaction_is_never_sent()
    {
        await using OutboxRig rig = await OutboxRig.StartAsync(postgres, Token);
        await rig.StartSenderAsync(Token);
        await using (NpgsqlConnection connection = await rig.DataSource.OpenConnectionAsync(Token))
        await using (NpgsqlTransaction undone = await connection.BeginTransactionAsync(Token))
        {
            Assert.True(await rig.Outbox.EnqueueAsync(
                connection, undone, "undone", rig.Key.Address, TestContracts.Counter, TestContracts.Word(1), Token));
            await undone.RollbackAsync(Token);
        }

        await rig.CountAsync(2, Token);
        await rig.WaitForAsync("count:2", OutboxState.Confirmed, Token);

        Assert.Null(await rig.Outbox.StatusAsync("undone", Token));
        Assert.Equal(BigInteger.Zero, await rig.CountedAsync(1, Token));
    }
}
