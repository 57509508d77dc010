using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>Tells a revert from other node errors and says its reason in words.</summary>
internal static class RevertReason
{
    private const int SelectorBytes = 4;
    private const int WordBytes = 32;
    private const uint ErrorSelector = 0x08c379a0;
    private const uint PanicSelector = 0x4e487b71;
    private const int RevertCode = 3;

    // Nodes agree neither on the code nor on the words; between them these two cover those we know.
    public static bool IsRevert(JsonRpcException exception) =>
        exception.Code == RevertCode || exception.NodeMessage.Contains("revert", StringComparison.OrdinalIgnoreCase);

    /// <summary>The exception for a revert that a node reported.</summary>
    public static ContractRevertException Of(
        Address? to, JsonRpcException exception, Func<byte[], string?>? decodeError)
    {
        bool hasData = Hex.TryParse(exception.DataHex, out byte[] data);
        string reason = hasData && data.Length > 0 ? Describe(data, decodeError) : exception.NodeMessage;
        return new ContractRevertException(data, $"{to?.ToString() ?? "The new contract"} reverted: {reason}.");
    }

    private static string Describe(byte[] data, Func<byte[], string?>? decodeError)
    {
        if (decodeError?.Invoke(data) is string named)
        {
            return named;
        }

        if (data.Length < SelectorBytes)
        {
            return Hex.ToHex(data);
        }

        ReadOnlySpan<byte> arguments = data.AsSpan(SelectorBytes);
        return BinaryPrimitives.ReadUInt32BigEndian(data) switch
        {
            ErrorSelector when TryText(arguments, out string text) => text,
            PanicSelector when TryWord(arguments, 0, out int code) =>
                string.Create(CultureInfo.InvariantCulture, $"panic 0x{code:x2}"),
            _ => $"error {Hex.Shorten(Hex.ToHex(data))}",
        };
    }

    private static bool TryText(ReadOnlySpan<byte> arguments, out string text)
    {
        text = string.Empty;
        if (!TryWord(arguments, 0, out int offset) || !TryWord(arguments, offset, out int length)
            || length > arguments.Length - offset - WordBytes)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(arguments.Slice(offset + WordBytes, length));
        return true;
    }

    private static bool TryWord(ReadOnlySpan<byte> bytes, int offset, out int value)
    {
        value = 0;
        if (offset > bytes.Length - WordBytes)
        {
            return false;
        }

        BigInteger word = new(bytes.Slice(offset, WordBytes), isUnsigned: true, isBigEndian: true);
        value = word <= int.MaxValue ? (int)word : 0;
        return word <= int.MaxValue;
    }
}
