using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Bindings;

/// <summary>
/// One function of one contract with its arguments: what eth_call asks and what a transaction carries.
/// </summary>
/// <param name="To">The contract.</param>
/// <param name="Data">Selector and encoded arguments.</param>
/// <param name="Decode">Reads the answer from the returned bytes.</param>
/// <typeparam name="T">What the function returns; <see cref="Unit"/> when nothing.</typeparam>
#pragma warning disable CA1716 // Call is a keyword of Visual Basic only.
public sealed record Call<T>(Address To, byte[] Data, Func<byte[], T> Decode)
#pragma warning restore CA1716
{
    /// <summary>Names the contract's custom error in revert data, or returns null when it knows none like it.</summary>
    public Func<byte[], string?>? DecodeError { get; init; }
}
