using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>What each epoch may emit, as the contract <c>Emission</c> reckons it.</summary>
/// <remarks>
/// The budget is constant for <c>epochsPerStep</c> epochs, then falls to 90 % of what it was, rounded down, and so on
/// until it is 0. What is minted never exceeds <see cref="BurnBound"/> of the fees burned meanwhile. Times are Unix
/// seconds, amounts wei.
/// </remarks>
public sealed record EmissionSchedule
{
    /// <summary>A schedule with the four numbers the contract was deployed with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An epoch or a step of no length, or a negative budget.</exception>
    public EmissionSchedule(long genesis, long epochSeconds, long epochsPerStep, BigInteger initialBudgetWei)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochsPerStep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(initialBudgetWei, BigInteger.Zero);
        (Genesis, EpochSeconds, EpochsPerStep, InitialBudgetWei) =
            (genesis, epochSeconds, epochsPerStep, initialBudgetWei);
    }

    /// <summary>First second of epoch 0.</summary>
    public long Genesis { get; }

    /// <summary>Length of an epoch in seconds.</summary>
    public long EpochSeconds { get; }

    /// <summary>Epochs between two falls of the budget.</summary>
    public long EpochsPerStep { get; }

    /// <summary>Wei that epoch 0 may emit.</summary>
    public BigInteger InitialBudgetWei { get; }

    /// <summary>Wei that <paramref name="epoch"/> may emit.</summary>
    public BigInteger BudgetWei(long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        BigInteger amount = InitialBudgetWei;
        for (long step = epoch / EpochsPerStep; step > 0 && amount > 0; step--)
        {
            amount = amount * 9 / 10;
        }

        return amount;
    }

    /// <summary>Wei that <c>mintEpoch</c> mints: the budget, or nine tenths of the burned fees if they are
    /// less.</summary>
    /// <param name="epoch">The epoch to mint.</param>
    /// <param name="burnedWei">Fees that settlements have burned since the epoch before was minted.</param>
    public BigInteger MintedWei(long epoch, BigInteger burnedWei) =>
        BigInteger.Min(BudgetWei(epoch), BurnBound.Wei(burnedWei));

    /// <summary>First second of <paramref name="epoch"/>; it ends where the next one starts.</summary>
    public long StartOf(long epoch) => checked(Genesis + (epoch * EpochSeconds));

    /// <summary>The epoch that <paramref name="timestamp"/> falls in; -1 before genesis.</summary>
    public long EpochAt(long timestamp) => timestamp < Genesis ? -1 : (timestamp - Genesis) / EpochSeconds;
}
