using System.Text.Json;
using System.Text.Json.Nodes;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests;

/// <summary>A node that answers from the past: from another branch, or from a lower height.</summary>
public sealed class StaleNodeTests(PostgresFixture postgres, TestContracts contracts)
{
    private const int Head = MirroredToken.Head;

    [Fact, Trait("Needs", "Anvil")]
    public async Task A_block_of_a_branch_that_was_left_is_named_and_not_committed()
    {
        const int StaleAt = 6;
        CancellationToken token = TestContext.Current.CancellationToken;
        await using MirroredToken mirrored = new(postgres, contracts);
        await mirrored.InitializeAsync();
        TestChain chain = mirrored.Chain;
        object[] arguments = [$"0x{StaleAt:x}", false];
        string left = (await chain.Client.Rpc.CallAsync("eth_getBlockByNumber", arguments, token)).GetRawText();
        int depth = Head - StaleAt + 2;
        await chain.ReorgAsync(
            depth, Enumerable.Range(0, depth).Select(
                at => (chain.Accounts[1], mirrored.Coin, mirrored.Scatter(at), at)), token);
        using TamperingHandler node = new()
        {
            Tamper = (method, asked, result) => method == "eth_getBlockByNumber" && $"{asked[0]}" == $"0x{StaleAt:x}"
                ? JsonNode.Parse(left)
                : result,
        };

        await mirrored.AssertCaughtAsync(
            node, StaleAt, $"Block {StaleAt + 1} is not the child of the block before it", token);
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task A_lower_height_undoes_nothing()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using MirroredToken mirrored = new(postgres, contracts);
        await mirrored.InitializeAsync();
        IndexManifest manifest = mirrored.Manifest("mirror");
        await mirrored.Mirror.IndexAsync(manifest, mirrored.Chain.Client, token);
        IReadOnlyDictionary<string, string> before = await mirrored.Mirror.DumpAsync("mirror", token);
        object[] arguments = [$"0x{Head - 5:x}", false];
        JsonElement low = await mirrored.Chain.Client.Rpc.CallAsync("eth_getBlockByNumber", arguments, token);
        string stale = low.GetRawText();
        using TamperingHandler node = new()
        {
            Tamper = (method, asked, result) => method == "eth_getBlockByNumber" && $"{asked[0]}" == "latest"
                ? JsonNode.Parse(stale)
                : result,
        };
        IndexerRun run = mirrored.Mirror.Run(manifest, node.Client(mirrored.Chain.Url));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task running = run.RunAsync(stop.Token);
        while (node.CallsOf("eth_getBlockByNumber") < 10)
        {
            await Task.Delay(5, token);
        }

        Assert.Equal((Head, Head - 5), (run.Progress.IndexedBlock, run.Progress.HeadBlock));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(before, await mirrored.Mirror.DumpAsync("mirror", token));
    }
}
