using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Hears several implementations about one element before anybody is accused.</summary>
/// <remarks>
/// The scalar reference, every backend given (SIMD, and the GPU where there is one), and the screen's arithmetic: with
/// fresh weights r and modulo 2^64, Σ_k a_k · (Σ_j b_jk r_j) less the other columns' dot products times their weights
/// is the element times r_column. It runs over other data in another order and width, so without a GPU it is the third
/// voice.
/// </remarks>
internal sealed class ElementWitnesses(IReadOnlyList<IGemmBackend> backends, IChallengeSource challenges)
{
    /// <summary>All witnesses, who agree.</summary>
    /// <exception cref="InconclusiveException">They do not.</exception>
    public IReadOnlyList<Witness> Hear(GemmShape shape, CellMatrices matrices, WrongElement element)
    {
        ReadOnlySpan<sbyte> row = matrices.A.AsSpan(element.Row * shape.K, shape.K);
        ReadOnlySpan<sbyte> column = matrices.Bt.AsSpan(element.Column * shape.K, shape.K);
        List<Witness> witnesses = [new("scalar", ScalarGemm.Dot(row, column))];
        int[] single = new int[1];
        foreach (IGemmBackend backend in backends)
        {
            backend.Multiply(new GemmShape(1, 1, shape.K), row, column, single);
            witnesses.Add(new Witness(backend.Name, single[0]));
        }

        witnesses.Add(new Witness("freivalds", FromWeights(shape, matrices, element)));
        return witnesses.TrueForAll(witness => witness.Actual == element.Actual && witness.Actual != element.Claimed)
            ? witnesses
            : throw new InconclusiveException(
                $"Element ({element.Row}, {element.Column}) is claimed as {element.Claimed}; "
                + $"{string.Join(", ", witnesses.Select(witness => $"{witness.Name} says {witness.Actual}"))}.");
    }

    private int FromWeights(GemmShape shape, CellMatrices matrices, WrongElement element)
    {
        uint[] weights = new uint[shape.N];
        challenges.Fill(weights);
        // Odd, so that it has an inverse modulo 2^64.
        weights[element.Column] |= 1;
        ReadOnlySpan<sbyte> row = matrices.A.AsSpan(element.Row * shape.K, shape.K);
        ulong weightedSum = 0;
        unchecked
        {
            for (int k = 0; k < shape.K; k++)
            {
                ulong weighted = 0;
                for (int j = 0; j < shape.N; j++)
                {
                    weighted += (ulong)matrices.Bt[(j * shape.K) + k] * weights[j];
                }

                weightedSum += (ulong)row[k] * weighted;
            }

            for (int j = 0; j < shape.N; j++)
            {
                if (j != element.Column)
                {
                    weightedSum -= (ulong)ScalarGemm.Dot(row, matrices.Bt.AsSpan(j * shape.K, shape.K)) * weights[j];
                }
            }

            return (int)(weightedSum * InverseOf(weights[element.Column]));
        }
    }

    // Newton's iteration: each step doubles the number of right bits, and an odd number is its own inverse modulo 8.
    private static ulong InverseOf(ulong odd)
    {
        ulong inverse = odd;
        for (int bits = 3; bits < 64; bits *= 2)
        {
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        }

        return inverse;
    }
}
