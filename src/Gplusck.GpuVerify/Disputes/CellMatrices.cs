namespace Gplusck.GpuVerify.Disputes;

/// <summary>The operands and the claimed result of a cell, row by row, equal to their committed roots.</summary>
internal sealed record CellMatrices(sbyte[] A, sbyte[] Bt, int[] C);
