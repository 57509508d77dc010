namespace Gplusck.GpuVerify.Disputes;

/// <summary>What a verifier found about a cell.</summary>
internal enum CellOutcome
{
    /// <summary>The result is right and was ordered.</summary>
    Correct,

    /// <summary>An element of the result is wrong.</summary>
    Wrong,

    /// <summary>The result is right, but the requester ordered no such cell from this operator.</summary>
    Unassigned,
}
