using System.Text;
using Gplusck.Chain;

namespace Gplusck.Indexer.Schema;

/// <summary>Names of schemas, tables and columns, made from names in manifests and ABIs.</summary>
internal static class Identifier
{
    /// <summary>Postgres cuts longer names off.</summary>
    public const int BytesMax = 63;

    private const int SchemaBytesMax = 48;
    private const int ContractBytesMax = 40;

    /// <summary>A schema's name, checked: it is used as it is.</summary>
    public static string Schema(string name) =>
        IsAscii(name, SchemaBytesMax, letter => char.IsAsciiLetterLower(letter))
            && !name.StartsWith("pg_", StringComparison.Ordinal) && name != "information_schema"
            ? name
            : throw new InvalidInputException(
                $"\"{name}\" cannot name a schema: a-z, 0-9 and _, at most {SchemaBytesMax}, not pg_….");

    /// <summary>A contract's name, checked and in snake_case.</summary>
    public static string Contract(string name) =>
        IsAscii(name, ContractBytesMax, char.IsAsciiLetter)
            ? SnakeCase(name)
            : throw new InvalidInputException(
                $"\"{name}\" cannot name a contract: a letter, then letters, 0-9 and _, at most {ContractBytesMax}.");

    /// <summary>Whether Solidity could have this name; an ABI file can hold anything.</summary>
    public static bool IsSolidityName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$');

    /// <summary>
    /// <c>tokenURI</c> becomes <c>token_uri</c>, <c>sqrtPriceX96</c> <c>sqrt_price_x96</c>; outer _ fall away.
    /// </summary>
    public static string SnakeCase(string name)
    {
        string inner = name.Trim('_');
        StringBuilder snake = new(inner.Length + 8);
        for (int index = 0; index < inner.Length; index++)
        {
            char letter = inner[index];
            bool startsWord = index > 0 && char.IsAsciiLetterUpper(letter) && inner[index - 1] != '_'
                && (!char.IsAsciiLetterUpper(inner[index - 1])
                    || (index + 1 < inner.Length && char.IsAsciiLetterLower(inner[index + 1])));
            _ = startsWord ? snake.Append('_') : snake;
            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }

    /// <summary>The name as SQL writes it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The text as an SQL literal, for statements that take no parameters.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static bool IsAscii(string name, int bytesMax, Func<char, bool> isFirst) =>
        name.Length > 0 && name.Length <= bytesMax && isFirst(name[0])
        && name.All(letter => isFirst(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
