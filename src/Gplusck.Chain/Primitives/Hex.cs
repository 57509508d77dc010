namespace Gplusck.Chain.Primitives;

/// <summary>Bytes as lower-case hexadecimal text behind <c>0x</c>, and back.</summary>
public static class Hex
{
    /// <summary>The bytes as <c>0x…</c>, two lower-case digits each.</summary>
    public static string ToHex(ReadOnlySpan<byte> bytes) => $"0x{Convert.ToHexStringLower(bytes)}";

    /// <summary>The bytes that <paramref name="text"/> spells, after an obligatory <c>0x</c>.</summary>
    /// <exception cref="InvalidInputException">Not <c>0x</c> and an even number of hexadecimal digits.</exception>
    public static byte[] Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out byte[] bytes)
            ? bytes
            : throw new InvalidInputException($"\"{Shorten(text)}\" is not 0x and an even number of hex digits.");
    }

    /// <summary>As <see cref="Parse"/>, false instead of an error.</summary>
    public static bool TryParse(string? text, out byte[] bytes)
    {
        bytes = [];
        if (!HasPrefix(text) || text!.Length % 2 != 0)
        {
            return false;
        }

        byte[] parsed = new byte[(text.Length - 2) / 2];
        if (!TryFill(text, parsed))
        {
            return false;
        }

        bytes = parsed;
        return true;
    }

    /// <summary>Fills <paramref name="destination"/> from <c>0x</c> and exactly twice as many digits.</summary>
    internal static bool TryFill(string? text, Span<byte> destination) =>
        HasPrefix(text)
        && text!.Length == 2 + (2 * destination.Length)
        && Convert.FromHexString(text.AsSpan(2), destination, out _, out _) == System.Buffers.OperationStatus.Done;

    /// <summary>Keeps a message one readable sentence however long the offending text is.</summary>
    internal static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..77]}...";

    private static bool HasPrefix(string? text) => text is ['0', 'x' or 'X', ..];
}
