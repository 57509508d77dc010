using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>Reads the hexadecimal fields of a node's answers straight from their UTF-8, trusting none.</summary>
/// <remarks>Each throws <see cref="InvalidAnswerException"/> when the field is absent or malformed.</remarks>
internal static class AnswerFields
{
    private const int QuantityDigitsMax = 64;

    public static bool Has(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(name, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null;

    public static JsonElement Field(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value)
            ? value
            : throw Wrong(name);

    public static JsonElement.ArrayEnumerator Items(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name);

    public static Hash32 Hash(this JsonElement owner, string name) => owner.Field(name).AsHash(name);

    public static Hash32? HashOrNull(this JsonElement owner, string name) => owner.Has(name) ? owner.Hash(name) : null;

    public static Address Address(this JsonElement owner, string name)
    {
        Span<byte> bytes = stackalloc byte[Primitives.Address.Length];
        Fill(owner.Field(name), name, bytes);
        return Primitives.Address.FromBytes(bytes);
    }

    public static Address? AddressOrNull(this JsonElement owner, string name) =>
        owner.Has(name) ? owner.Address(name) : null;

    public static ulong UInt64(this JsonElement owner, string name) => owner.Field(name).AsUInt64(name);

    public static ulong? UInt64OrNull(this JsonElement owner, string name) =>
        owner.Has(name) ? owner.UInt64(name) : null;

    public static long Int64(this JsonElement owner, string name) => owner.Field(name).AsInt64(name);

    public static int Int32(this JsonElement owner, string name) =>
        owner.Int64(name) is long value and <= int.MaxValue ? (int)value : throw Wrong(name);

    public static BigInteger Integer(this JsonElement owner, string name) => owner.Field(name).AsInteger(name);

    public static BigInteger? IntegerOrNull(this JsonElement owner, string name) =>
        owner.Has(name) ? owner.Integer(name) : null;

    public static byte[] Bytes(this JsonElement owner, string name) => owner.Field(name).AsBytes(name);

    public static Hash32 AsHash(this JsonElement value, string name)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Length];
        Fill(value, name, bytes);
        return Hash32.FromBytes(bytes);
    }

    public static ulong AsUInt64(this JsonElement value, string name) => ulong.TryParse(
        Digits(value, name), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
        ? number
        : throw Wrong(name);

    public static long AsInt64(this JsonElement value, string name) =>
        value.AsUInt64(name) is ulong number and <= long.MaxValue ? (long)number : throw Wrong(name);

    public static BigInteger AsInteger(this JsonElement value, string name)
    {
        ReadOnlySpan<byte> digits = Digits(value, name);
        if (digits.Length is 0 or > QuantityDigitsMax)
        {
            throw Wrong(name);
        }

        Span<byte> padded = stackalloc byte[QuantityDigitsMax];
        padded.Fill((byte)'0');
        digits.CopyTo(padded[^digits.Length..]);
        Span<byte> bytes = stackalloc byte[QuantityDigitsMax / 2];
        return Convert.FromHexString(padded, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? new BigInteger(bytes, isUnsigned: true, isBigEndian: true)
            : throw Wrong(name);
    }

    public static byte[] AsBytes(this JsonElement value, string name)
    {
        byte[] bytes = new byte[Digits(value, name).Length / 2];
        Fill(value, name, bytes);
        return bytes;
    }

    public static InvalidAnswerException Wrong(string name) => new($"The node's answer has no valid {name}.");

    private static void Fill(JsonElement value, string name, Span<byte> bytes)
    {
        ReadOnlySpan<byte> digits = Digits(value, name);
        if (digits.Length != 2 * bytes.Length
            || Convert.FromHexString(digits, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            throw Wrong(name);
        }
    }

    private static ReadOnlySpan<byte> Digits(JsonElement value, string name)
    {
        ReadOnlySpan<byte> raw =
            value.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(value) : default;
        return raw is [(byte)'"', (byte)'0', (byte)'x' or (byte)'X', .., (byte)'"'] ? raw[3..^1] : throw Wrong(name);
    }
}
