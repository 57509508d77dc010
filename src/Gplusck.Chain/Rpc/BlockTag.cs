using System.Globalization;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>Which block a question is about: a name, a number or a hash. The default is <see cref="Latest"/>.</summary>
public readonly record struct BlockTag
{
    private readonly string? _name;

    private BlockTag(string? name, long? number, Hash32? hash)
    {
        _name = name;
        Number = number;
        Hash = hash;
    }

    /// <summary>The newest block the node knows.</summary>
    public static BlockTag Latest => new("latest", null, null);

    /// <summary>The block being built, with the transactions that wait.</summary>
    public static BlockTag Pending => new("pending", null, null);

    /// <summary>The newest block that only an attack could take back.</summary>
    public static BlockTag Safe => new("safe", null, null);

    /// <summary>The newest block that cannot be taken back.</summary>
    public static BlockTag Finalized => new("finalized", null, null);

    /// <summary>The oldest block the node has, genesis as a rule.</summary>
    public static BlockTag Earliest => new("earliest", null, null);

    /// <summary>The number asked for, if it is one.</summary>
    public long? Number { get; }

    /// <summary>The hash asked for, if it is one.</summary>
    public Hash32? Hash { get; }

    /// <summary>The block with this hash, and no other at its height.</summary>
    public static BlockTag Of(Hash32 hash) => new(null, null, hash);

    /// <summary>The canonical block of this height.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static BlockTag FromInt64(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return new BlockTag(null, number, null);
    }

    /// <summary>As <see cref="FromInt64"/>.</summary>
    public static implicit operator BlockTag(long number) => FromInt64(number);

    /// <summary>The tag as JSON-RPC writes it, a hash as its bare text.</summary>
    public override string ToString() => Hash?.ToString()
        ?? (Number is long number ? string.Create(CultureInfo.InvariantCulture, $"0x{number:x}") : _name ?? "latest");

    /// <summary>The tag as an argument of a state query: text, or for a hash the object of EIP-1898.</summary>
    internal object ToArgument() => Hash is Hash32 hash ? new { blockHash = hash } : ToString();
}
