using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Jobs;

/// <summary>One microcell to be done: C = A · B in signed 8-bit operands.</summary>
/// <param name="Shape">The sizes.</param>
/// <param name="A">A, row by row.</param>
/// <param name="Bt">B transposed, row by row.</param>
public sealed record CellTask(GemmShape Shape, sbyte[] A, sbyte[] Bt);
