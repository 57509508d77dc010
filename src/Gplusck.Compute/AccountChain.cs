using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;

namespace Gplusck.Compute;

/// <summary>The chain as one account sees it.</summary>
internal sealed class AccountChain(EthereumClient client, TransactionSender sender, Deployment contracts)
{
    public Address Account => sender.Address;

    public Deployment Contracts { get; } = contracts;

    public Task<T> ReadAsync<T>(Call<T> call, CancellationToken cancellationToken) =>
        client.CallAsync(call, BlockTag.Latest, cancellationToken);

    public Task<IReadOnlyList<LogEntry>> ReadLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        client.GetLogsAsync(filter, cancellationToken);

    public Task<TransactionReceipt> SendAsync<T>(Call<T> call, CancellationToken cancellationToken) =>
        sender.SendAsync(call, cancellationToken);

    /// <summary>Unix seconds of the newest block: the clock that contracts go by.</summary>
    public async Task<ulong> TimestampAsync(CancellationToken cancellationToken)
    {
        BlockHeader? newest = await client.GetBlockAsync(BlockTag.Latest, cancellationToken);
        return newest is null
            ? throw new RetryableException("The node does not know its newest block.")
            : (ulong)newest.Timestamp;
    }
}
