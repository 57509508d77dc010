namespace Gplusck.Compute.Operator;

/// <summary>Energy used and not yet claimed in a batch.</summary>
/// <remarks>Wh are claimed whole and never more than the nameplate leaves of the hour; the rest waits for the next
/// batch, so nothing is lost and nothing is claimed twice.</remarks>
internal sealed class EnergyLedger
{
    private const ulong MilliPerUnit = 1_000;

    /// <summary>What is waiting, in mWh.</summary>
    public ulong WaitingMilliwattHours { get; private set; }

    /// <summary>Adds what a meter read.</summary>
    public void Add(ulong milliwattHours) => WaitingMilliwattHours += milliwattHours;

    /// <summary>Takes out the whole Wh that may be claimed now.</summary>
    /// <param name="limitWh">What the nameplate leaves of the hour.</param>
    public ulong TakeWh(ulong limitWh)
    {
        ulong taken = Math.Min(WaitingMilliwattHours / MilliPerUnit, limitWh);
        WaitingMilliwattHours -= taken * MilliPerUnit;
        return taken;
    }

    /// <summary>Puts back Wh whose batch was not committed.</summary>
    public void Return(ulong wattHours) => WaitingMilliwattHours += wattHours * MilliPerUnit;

    /// <summary>Forgets energy of cells that will never be committed.</summary>
    public void Remove(ulong milliwattHours) => WaitingMilliwattHours = checked(WaitingMilliwattHours - milliwattHours);
}
