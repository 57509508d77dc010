namespace Gplusck.GpuVerify.Screening;

/// <summary>Matrix times vector modulo 2^64, in the three forms a screen needs. Matrices lie row by row.</summary>
internal interface IModularProducts
{
    /// <summary>sums[k] = Σ_row weights[row] · matrix[row, k], for as many columns as there are sums.</summary>
    void WeightRows(ReadOnlySpan<sbyte> matrix, ReadOnlySpan<uint> weights, Span<ulong> sums);

    /// <summary>products[row] = Σ_k matrix[row, k] · vector[k]; at most 65,536 columns.</summary>
    void Apply(ReadOnlySpan<sbyte> matrix, ReadOnlySpan<ulong> vector, Span<ulong> products);

    /// <summary>products[row] = Σ_j matrix[row, j] · vector[j].</summary>
    void Apply(ReadOnlySpan<int> matrix, ReadOnlySpan<uint> vector, Span<ulong> products);
}
