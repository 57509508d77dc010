namespace Gplusck.GpuVerify.Screening;

/// <summary>The definition: 64-bit arithmetic that wraps around. Runs anywhere.</summary>
internal sealed class ScalarProducts : IModularProducts
{
    public void WeightRows(ReadOnlySpan<sbyte> matrix, ReadOnlySpan<uint> weights, Span<ulong> sums)
    {
        sums.Clear();
        for (int row = 0; row < weights.Length; row++)
        {
            ReadOnlySpan<sbyte> elements = matrix.Slice(row * sums.Length, sums.Length);
            long weight = weights[row];
            for (int k = 0; k < elements.Length; k++)
            {
                sums[k] = unchecked(sums[k] + (ulong)(weight * elements[k]));
            }
        }
    }

    public void Apply(ReadOnlySpan<sbyte> matrix, ReadOnlySpan<ulong> vector, Span<ulong> products)
    {
        for (int row = 0; row < products.Length; row++)
        {
            ReadOnlySpan<sbyte> elements = matrix.Slice(row * vector.Length, vector.Length);
            ulong sum = 0;
            for (int k = 0; k < elements.Length; k++)
            {
                sum = unchecked(sum + ((ulong)elements[k] * vector[k]));
            }

            products[row] = sum;
        }
    }

    public void Apply(ReadOnlySpan<int> matrix, ReadOnlySpan<uint> vector, Span<ulong> products)
    {
        for (int row = 0; row < products.Length; row++)
        {
            ReadOnlySpan<int> elements = matrix.Slice(row * vector.Length, vector.Length);
            ulong sum = 0;
            for (int j = 0; j < elements.Length; j++)
            {
                sum = unchecked(sum + ((ulong)elements[j] * vector[j]));
            }

            products[row] = sum;
        }
    }
}
