using Gplusck.Chain;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>The books refuse an act, as the contract would. Nothing has changed.</summary>
/// <param name="error">Name of the contract's error.</param>
public sealed class RefusedException(string error) : GplusckException($"The contracts refuse this: {error}.")
{
    /// <summary>Name of the error that the contract reverts with.</summary>
    public string Error { get; } = error;

    /// <summary>Refuses with <paramref name="error"/> when <paramref name="refused"/>.</summary>
    /// <exception cref="RefusedException">It is refused.</exception>
    public static void If(bool refused, string error)
    {
        if (refused)
        {
            throw new RefusedException(error);
        }
    }

    /// <summary>Refuses what does not fit an unsigned integer of the chain, as OpenZeppelin's SafeCast does.</summary>
    internal static void IfOver(int bits, System.Numerics.BigInteger value) =>
        If(value >> bits != 0, "SafeCastOverflowedUintDowncast");
}
