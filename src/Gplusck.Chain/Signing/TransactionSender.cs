using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Signing;

/// <summary>Sends transactions of one key, one at a time, and waits until each is in a block.</summary>
/// <remarks>
/// Holds nothing on disk: what must be sent exactly once goes through the outbox. Nothing else may send with the same
/// key meanwhile, or the two will replace each other's transactions.
/// </remarks>
public sealed class TransactionSender(EthereumClient client, PrivateKey key, TimeProvider time) : IDisposable
{
    private const int GasHeadroomPercent = 125;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PollIntervalMax = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The account that sends.</summary>
    public Address Address => key.Address;

    /// <summary>Sends a contract call and returns its receipt.</summary>
    /// <remarks>What would revert is never sent.</remarks>
    /// <exception cref="ContractRevertException">It would revert, or it did in its block.</exception>
    public Task<TransactionReceipt> SendAsync<T>(Call<T> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        return SendAsync(call.To, call.Data, BigInteger.Zero, call.DecodeError, cancellationToken);
    }

    /// <summary>Sends wei, creates a contract (<paramref name="to"/> is null) or calls one.</summary>
    /// <exception cref="ContractRevertException">It would revert, or it did in its block.</exception>
    public Task<TransactionReceipt> SendAsync(
        Address? to, byte[] data, BigInteger valueWei, CancellationToken cancellationToken) =>
        SendAsync(to, data, valueWei, null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<TransactionReceipt> SendAsync(
        Address? to,
        byte[] data,
        BigInteger valueWei,
        Func<byte[], string?>? decodeError,
        CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ulong gas = await client.EstimateGasAsync(Address, to, data, valueWei, decodeError, cancellationToken);
            TransactionFees fees = await client.FeesAsync(cancellationToken);
            Eip1559Transaction transaction = new()
            {
                ChainId = await client.ChainIdAsync(cancellationToken),
                Nonce = await client.GetNonceAsync(Address, BlockTag.Pending, cancellationToken),
                MaxPriorityFeePerGas = fees.MaxPriorityFeePerGas,
                MaxFeePerGas = fees.MaxFeePerGas,
                // State may move between the estimate and the block; what is not used is not paid.
                GasLimit = checked(gas * GasHeadroomPercent / 100),
                To = to,
                Value = valueWei,
                Data = data,
            };
            SignedTransaction signed = transaction.Sign(key);
            await client.SendRawAsync(signed.Raw, cancellationToken);
            TransactionReceipt receipt = await WaitAsync(transaction.Nonce, signed, cancellationToken);
            return receipt.Succeeded
                ? receipt
                : throw await FailureAsync(transaction, receipt, decodeError, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<TransactionReceipt> WaitAsync(
        ulong nonce, SignedTransaction signed, CancellationToken cancellationToken)
    {
        TimeSpan wait = PollInterval;
        while (true)
        {
            ulong next = await client.GetNonceAsync(Address, BlockTag.Latest, cancellationToken);
            if (await client.GetReceiptAsync(signed.Hash, cancellationToken) is TransactionReceipt receipt)
            {
                return receipt;
            }

            // The nonce was read first: used up, and ours unknown, means that another transaction used it.
            if (next > nonce && !await client.KnowsTransactionAsync(signed.Hash, cancellationToken))
            {
                throw new GplusckException($"Another transaction of {Address} took nonce {nonce} from {signed.Hash}.");
            }

            await Task.Delay(wait, time, cancellationToken);
            wait = wait < PollIntervalMax ? 2 * wait : PollIntervalMax;
            await client.SendRawAsync(signed.Raw, cancellationToken);
        }
    }

    private async Task<ContractRevertException> FailureAsync(
        Eip1559Transaction transaction,
        TransactionReceipt receipt,
        Func<byte[], string?>? decodeError,
        CancellationToken cancellationToken)
    {
        try
        {
            await client.EstimateGasAsync(
                Address, transaction.To, transaction.Data, transaction.Value, decodeError, cancellationToken);
        }
        catch (ContractRevertException exception)
        {
            return exception;
        }

        string cause = receipt.GasUsed == transaction.GasLimit ? "it ran out of gas" : "the cause is gone by now";
        return new ContractRevertException([], $"Transaction {receipt.TransactionHash} failed in its block: {cause}.");
    }
}
