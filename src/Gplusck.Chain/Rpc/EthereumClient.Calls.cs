using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <content>Contract calls and transactions.</content>
public sealed partial class EthereumClient
{
    // Twice the base fee outlasts six full blocks in a row, each raising it by an eighth.
    private const int BaseFeeHeadroom = 2;

    /// <summary>What a contract function returns on the state after <paramref name="block"/>.</summary>
    /// <exception cref="ContractRevertException">The function reverted.</exception>
    public Task<T> CallAsync<T>(Call<T> call, BlockTag block, CancellationToken cancellationToken) =>
        AskAsync(call, block, null, cancellationToken);

    /// <summary>What a contract function returns when <paramref name="from"/> calls it.</summary>
    /// <exception cref="ContractRevertException">The function reverted.</exception>
    public Task<T> CallAsync<T>(Call<T> call, BlockTag block, Address from, CancellationToken cancellationToken) =>
        AskAsync(call, block, from, cancellationToken);

    /// <summary>Gas that a transaction with this call from <paramref name="from"/> would need now.</summary>
    /// <exception cref="ContractRevertException">The transaction would revert.</exception>
    public Task<ulong> EstimateGasAsync<T>(Call<T> call, Address from, CancellationToken cancellationToken) =>
        EstimateGasAsync(from, call.To, call.Data, BigInteger.Zero, call.DecodeError, cancellationToken);

    /// <summary>Gas that a transaction would need now.</summary>
    /// <param name="from">Sender.</param>
    /// <param name="to">Receiver; null creates a contract.</param>
    /// <param name="data">Call data, or the code that creates the contract.</param>
    /// <param name="valueWei">Wei sent along.</param>
    /// <param name="decodeError">Names custom errors, see <see cref="Call{T}.DecodeError"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ContractRevertException">The transaction would revert.</exception>
    public async Task<ulong> EstimateGasAsync(
        Address from,
        Address? to,
        byte[] data,
        BigInteger valueWei,
        Func<byte[], string?>? decodeError,
        CancellationToken cancellationToken)
    {
        Dictionary<string, object> transaction = Transaction(from, to, data);
        transaction["value"] = Quantity(valueWei);
        const string Method = "eth_estimateGas";
        JsonElement answer = await RevertingAsync(Method, [transaction], to, decodeError, cancellationToken);
        return answer.AsUInt64("gas estimate");
    }

    /// <summary>Fees that get a transaction mined soon: the node's priority fee above twice the base fee.</summary>
    /// <exception cref="GplusckException">The chain has no base fee.</exception>
    public async Task<TransactionFees> FeesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonElement> answers = await Rpc.BatchAsync(
            [("eth_getBlockByNumber", ["latest", false]), ("eth_maxPriorityFeePerGas", [])], cancellationToken);
        BigInteger baseFee = BlockHeader.Read(answers[0]).BaseFeePerGas
            ?? throw new GplusckException($"The chain of {Rpc.NodeName} has no base fee: it is older than EIP-1559.");
        BigInteger priorityFee = answers[1].AsInteger("priority fee");
        return new TransactionFees((BaseFeeHeadroom * baseFee) + priorityFee, priorityFee);
    }

    /// <summary>Hands a signed transaction to the node and returns its hash.</summary>
    /// <remarks>One that the node knows already succeeds too, so a lost answer can be followed by a retry.</remarks>
    /// <exception cref="JsonRpcException">The node refused it: nonce, funds or fee.</exception>
    public async Task<Hash32> SendRawAsync(byte[] signedTransaction, CancellationToken cancellationToken)
    {
        Hash32 hash = Keccak.Hash(signedTransaction);
        try
        {
            object?[] args = [Hex.ToHex(signedTransaction)];
            JsonElement answer = await Rpc.CallAsync("eth_sendRawTransaction", args, cancellationToken);
            return answer.AsHash("transaction hash") == hash ? hash : throw AnswerFields.Wrong("transaction hash");
        }
        catch (JsonRpcException) when (!cancellationToken.IsCancellationRequested)
        {
            if (await KnowsTransactionAsync(hash, cancellationToken))
            {
                return hash;
            }

            throw;
        }
    }

    private static Dictionary<string, object> Transaction(Address? from, Address? to, byte[] data)
    {
        Dictionary<string, object> transaction = new() { ["data"] = Hex.ToHex(data) };
        if (from is Address sender)
        {
            transaction["from"] = sender;
        }

        if (to is Address receiver)
        {
            transaction["to"] = receiver;
        }

        return transaction;
    }

    private static string Quantity(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        string digits = Convert.ToHexStringLower(bytes).TrimStart('0');
        return digits.Length == 0 ? "0x0" : $"0x{digits}";
    }

    private async Task<T> AskAsync<T>(
        Call<T> call, BlockTag block, Address? from, CancellationToken cancellationToken)
    {
        JsonElement answer = await RevertingAsync(
            "eth_call",
            [Transaction(from, call.To, call.Data), block.ToArgument()],
            call.To,
            call.DecodeError,
            cancellationToken);
        byte[] returned = answer.AsBytes("call result");
        return returned.Length > 0 || typeof(T) == typeof(Unit)
            ? call.Decode(returned)
            : throw new GplusckException($"{call.To} returned nothing: no such contract, or no such function there.");
    }

    private async Task<JsonElement> RevertingAsync(
        string method,
        object?[] args,
        Address? to,
        Func<byte[], string?>? decodeError,
        CancellationToken cancellationToken)
    {
        try
        {
            return await Rpc.CallAsync(method, args, cancellationToken);
        }
        catch (JsonRpcException exception) when (RevertReason.IsRevert(exception))
        {
            throw RevertReason.Of(to, exception, decodeError);
        }
    }
}
