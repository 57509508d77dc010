namespace Gplusck.GpuVerify.Disputes;

/// <summary>One implementation's word about an element.</summary>
/// <param name="Name">The implementation.</param>
/// <param name="Actual">What it computes.</param>
public sealed record Witness(string Name, int Actual);
