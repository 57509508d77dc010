namespace Gplusck.GpuVerify.Cells;

/// <summary>One way to compute the cell GEMM_S8. Every backend gives the same bits for the same operands.</summary>
public interface IGemmBackend
{
    /// <summary>Short name that is stored beside a result, such as "scalar", "avx-vnni" or "cuda".</summary>
    string Name { get; }

    /// <summary>C[i,j] = Σ_k A[i,k] · Bt[j,k]; both operands lie row by row, K numbers a row.</summary>
    /// <remarks>Overwrites all of C. Lengths that do not fit the shape throw
    /// <see cref="Chain.InvalidInputException"/> before anything is written.</remarks>
    void Multiply(GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, Span<int> c);
}
