using System.IO.Compression;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>The workload: 500,000 Transfer events in 2,000 blocks of one to five transactions.</summary>
/// <remarks>
/// Built once, in about a minute, and kept on disk. A hundred empty blocks follow, so that an indexer that treats the
/// newest blocks with more care does not have to.
/// </remarks>
internal sealed class TransferChain : IAsyncDisposable
{
    public const int EventsPerBlock = 250;
    public const int Events = EventBlocks * EventsPerBlock;
    public const int FirstBlock = 0;
    public const int LastBlock = EventBlocks + 1;

    private const int EventBlocks = 2_000;
    private const int EmptyBlocks = 100;

    private readonly BenchNode _node;

    private TransferChain(BenchNode node, ScatterContract contract)
    {
        _node = node;
        Contract = contract;
    }

    public ScatterContract Contract { get; }

    public Uri Url => _node.Url;

    public static async Task<TransferChain> OpenAsync(CancellationToken cancellationToken)
    {
        ScatterContract contract = await ScatterContract.CompileAsync(cancellationToken);
        string code = Keccak.Hash(contract.CreationCode).ToString()[2..10];
        string file = Path.Combine(BenchFolder.Path, $"transfers-{Events}-{code}.json");
        if (!File.Exists(file))
        {
            await BuildAsync(contract, file, cancellationToken);
        }

        BenchNode node = await BenchNode.StartAsync(file, cancellationToken);
        long head = await node.Client.BlockNumberAsync(cancellationToken);
        if (head != LastBlock + EmptyBlocks)
        {
            await node.DisposeAsync();
            throw new GplusckException($"anvil stands at block {head} of {file}: remove that file to build it anew.");
        }

        return new TransferChain(node, contract);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static async Task BuildAsync(ScatterContract contract, string file, CancellationToken cancellationToken)
    {
        await using BenchNode node = await BenchNode.StartAsync(stateFile: null, cancellationToken);
        await node.DeployAsync(contract, cancellationToken);
        for (int block = 0; block < EventBlocks; block++)
        {
            int transactions = 1 + (block % BenchNode.Senders);
            int seed = block * BenchNode.Senders;
            await node.MineAsync(
                [
                    .. Enumerable.Range(0, transactions).Select(position => contract.Call(
                        seed + position, EventsOf(position, transactions))),
                ],
                cancellationToken);
        }

        await node.MineAsync(EmptyBlocks, cancellationToken);

        // The state is a file only when it is whole.
        JsonElement dump = await node.Client.Rpc.CallAsync("anvil_dumpState", [], cancellationToken);
        string unfinished = file + ".unfinished";
        await using (FileStream target = File.Create(unfinished))
        await using (GZipStream state = new(
            new MemoryStream(Hex.Parse(dump.GetString()!)), CompressionMode.Decompress))
        {
            await state.CopyToAsync(target, cancellationToken);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    private static int EventsOf(int position, int transactions) =>
        (EventsPerBlock * (position + 1) / transactions) - (EventsPerBlock * position / transactions);
}
