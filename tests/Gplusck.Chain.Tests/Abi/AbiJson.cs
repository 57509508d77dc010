using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Abi;

/// <summary>Types and values in the form that the JavaScript side of a differential test reads and writes.</summary>
internal static class AbiJson
{
    /// <summary>
    /// Functions for a script: <c>revive(parameter, value)</c> makes what viem and ethers take, and
    /// <c>plain(value)</c> turns what they give back into JSON: numbers as text, structs as lists.
    /// </summary>
    public const string Script =
        """
        const element = (p) => ({ ...p, type: p.type.replace(/\[\d*\]$/, '') });
        const revive = (p, v) => p.type.endsWith(']') ? v.map((item) => revive(element(p), item))
            : p.type === 'tuple' ? v.map((item, index) => revive(p.components[index], item))
            : /^u?int/.test(p.type) ? BigInt(v) : v;
        const plain = (v) => Array.isArray(v) ? v.map(plain)
            : typeof v === 'bigint' || typeof v === 'number' ? v.toString()
            : typeof v === 'object' && v !== null ? Object.values(v).map(plain)
            : typeof v === 'string' && v.startsWith('0x') ? v.toLowerCase() : v;

        """;

    public static object Parameter(AbiType type) => Parameter(new AbiParameter(string.Empty, type, false, null));

    public static object Parameter(AbiParameter parameter)
    {
        AbiType leaf = parameter.Type;
        string suffix = string.Empty;
        while (leaf.Element is { } element)
        {
            suffix = leaf.Name[element.Name.Length..] + suffix;
            leaf = element;
        }

        return new
        {
            name = parameter.Name,
            type = (leaf.Kind == AbiKind.Tuple ? "tuple" : leaf.Name) + suffix,
            components = leaf.Components.Select(Parameter),
        };
    }

    /// <summary>Any value, also one made of a binding's types, as nested lists, texts and booleans.</summary>
    public static object Plain(object? value) => value switch
    {
        string text => text,
        bool flag => flag,
        byte[] bytes => Hex.ToHex(bytes),
        Address or Hash32 or BigInteger => value.ToString()!,
        Enum member => Convert.ToByte(member, null).ToString(null, null),
        byte or sbyte or short or ushort or int or uint or long or ulong => value.ToString()!,
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(index => Plain(tuple[index])).ToArray(),
        IEnumerable list => list.Cast<object>().Select(Plain).ToArray(),
        not null => Members(value).Select(Plain).ToArray(),
        null => throw new ArgumentNullException(nameof(value)),
    };

    public static string Text(object? value) => JsonSerializer.Serialize(Plain(value));

    /// <summary>The values of a record in the order it declares them.</summary>
    private static IEnumerable<object?> Members(object record) => record.GetType().GetConstructors()
        .MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters()
        .Select(parameter => record.GetType().GetProperty(parameter.Name!)!.GetValue(record));
}
