using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Trie;

/// <summary>A real block of 300 transactions with three logs each.</summary>
public sealed class BlockOfLogs : IAsyncLifetime
{
    // Beyond 128 the keys of the trie change their length, and beyond 256 again.
    public const int TransactionCount = 300;

    private readonly AnvilFixture _anvil = new();

    public EthereumClient Client { get; private set; } = null!;

    public BlockHeader Header { get; private set; } = null!;

    public IReadOnlyList<TransactionReceipt> Receipts { get; private set; } = [];

    public Address Logger { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _anvil.InitializeAsync();
        Client = EthereumClient.Connect(_anvil.Url, TimeProvider.System);
        using TransactionSender sender = new(Client, DevKeys.All[0], TimeProvider.System);
        Logger = (await sender.SendAsync(null, Bytecode.Logger, 0, Token)).ContractAddress!.Value;
        await Client.Rpc.CallAsync("evm_setAutomine", [false], Token);
        await Client.Rpc.CallAsync("evm_setBlockGasLimit", ["0x3b9aca00"], Token);
        ulong nonce = await Client.GetNonceAsync(sender.Address, BlockTag.Latest, Token);
        TransactionFees fees = await Client.FeesAsync(Token);
        IEnumerable<string> raw = Enumerable.Range(0, TransactionCount).Select(index => Hex.ToHex(new Eip1559Transaction
        {
            ChainId = 31_337,
            Nonce = nonce + (ulong)index,
            MaxFeePerGas = fees.MaxFeePerGas,
            MaxPriorityFeePerGas = fees.MaxPriorityFeePerGas,
            GasLimit = 100_000,
            To = Logger,
            Data = new byte[index],
        }.Sign(DevKeys.All[0]).Raw));
        await Client.Rpc.BatchAsync(
            [.. raw.Select(bytes => ("eth_sendRawTransaction", new object?[] { bytes }))], Token);
        await Client.Rpc.CallAsync("evm_mine", [], Token);
        await Client.Rpc.CallAsync("evm_setAutomine", [true], Token);
        Header = (await Client.GetBlockAsync(BlockTag.Latest, Token))!;
        Receipts = await Client.GetBlockReceiptsAsync(Header.Number, Token);
    }

    public ValueTask DisposeAsync() => _anvil.DisposeAsync();
}
