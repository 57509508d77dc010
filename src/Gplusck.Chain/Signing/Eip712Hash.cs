using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Signing;

/// <summary>The digest that a wallet signs for structured data.</summary>
/// <remarks>
/// EIP-712: keccak(0x19 0x01 ‖ domain separator ‖ struct hash). Values: <see cref="System.Numerics.BigInteger"/> or
/// any built-in integer, <see cref="bool"/>, <see cref="string"/>, <see cref="Address"/>, <see cref="Hash32"/>,
/// <c>byte[]</c>, for arrays any other enumerable, and for structs a dictionary from member to value.
/// </remarks>
public static class Eip712Hash
{
    /// <summary>The digest of <paramref name="values"/> as a <paramref name="primaryType"/> in a domain.</summary>
    /// <exception cref="InvalidInputException">A member is missing, unknown, or does not fit its type.</exception>
    public static Hash32 Of(
        TypedDataDomain domain,
        string primaryType,
        IReadOnlyDictionary<string, IReadOnlyList<TypedDataField>> types,
        IReadOnlyDictionary<string, object> values)
    {
        ArgumentNullException.ThrowIfNull(domain);
        Span<byte> message = stackalloc byte[2 + (2 * Hash32.Length)];
        message[0] = 0x19;
        message[1] = 0x01;
        domain.Separator.CopyTo(message[2..]);
        new TypedDataHasher(types).HashStruct(primaryType, values).CopyTo(message[(2 + Hash32.Length)..]);
        return Keccak.Hash(message);
    }
}
