using Gplusck.Chain.Bindings;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Operator;

/// <summary>Says how much electricity a cell took: a real meter, or a figure for a development network.</summary>
public interface IEnergyMeter
{
    /// <summary>How its figures come about.</summary>
    MeasurementTier Tier { get; }

    /// <summary>
    /// Whole milliwatt-hours since the last cell, this cell included; what is less is carried to the next.
    /// </summary>
    ulong MeasureMilliwattHours(GemmShape cell);
}
