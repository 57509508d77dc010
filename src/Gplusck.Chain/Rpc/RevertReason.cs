using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>Tells a revert from other node errors and says its reason in words.</summary>
internal static class RevertReason
{
    private const int RevertCode = 3;

    // Nodes agree neither on the code nor on the words; between them these two cover those we know.
    public static bool IsRevert(JsonRpcException exception) =>
        exception.Code == RevertCode || exception.NodeMessage.Contains("revert", StringComparison.OrdinalIgnoreCase);

    /// <summary>The exception for a revert that a node reported.</summary>
    public static ContractRevertException Of(
        Address? to, JsonRpcException exception, Func<byte[], string?>? decodeError)
    {
        bool hasData = Hex.TryParse(exception.DataHex, out byte[] data);
        string reason = hasData && data.Length > 0
            ? decodeError?.Invoke(data) ?? ContractErrors.Describe(data, contract: null) ?? Unknown(data)
            : exception.NodeMessage;
        return new ContractRevertException(data, $"{to?.ToString() ?? "The new contract"} reverted: {reason}.");
    }

    private static string Unknown(byte[] data) => $"error {Hex.Shorten(Hex.ToHex(data))}";
}
