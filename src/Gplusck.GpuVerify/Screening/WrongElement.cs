namespace Gplusck.GpuVerify.Screening;

/// <summary>One element of C that is not the dot product it claims to be.</summary>
/// <param name="Row">Row of A and of C.</param>
/// <param name="Column">Row of Bt and column of C.</param>
/// <param name="Claimed">What C holds there.</param>
/// <param name="Actual">What the scalar reference computes.</param>
public readonly record struct WrongElement(int Row, int Column, int Claimed, int Actual);
