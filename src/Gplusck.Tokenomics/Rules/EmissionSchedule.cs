using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>What each epoch emits, as the contract <c>Emission</c> reckons it.</summary>
/// <remarks>
/// The budget is constant for <c>epochsPerStep</c> epochs, then falls to 90 % of what it was, rounded down, and so on
/// until it is 0. Times are Unix seconds, amounts wei.
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

    /// <summary>Wei that epoch 0 emits.</summary>
    public BigInteger InitialBudgetWei { get; }

    /// <summary>Wei that <paramref name="epoch"/> emits.</summary>
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

    /// <summary>First second of <paramref name="epoch"/>; it ends where the next one starts.</summary>
    public long StartOf(long epoch) => checked(Genesis + (epoch * EpochSeconds));

    /// <summary>The epoch that <paramref name="timestamp"/> falls in; -1 before genesis.</summary>
    public long EpochAt(long timestamp) => timestamp < Genesis ? -1 : (timestamp - Genesis) / EpochSeconds;
}
