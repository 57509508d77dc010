using Gplusck.Chain;

namespace Gplusck.GpuVerify.Cells;

/// <summary>The sizes of one product C = A · B: A is M × K, B is K × N, C is M × N.</summary>
/// <param name="M">Rows of A and of C.</param>
/// <param name="N">Columns of B and of C; rows of Bt.</param>
/// <param name="K">Columns of A and of Bt: the length of one dot product.</param>
/// <remarks>
/// K is at most 65,536, so that no sum leaves a signed 32-bit integer: |C| ≤ 2^14 · 2^16 = 2^30, and a backend that
/// works on A + 128 stays below 255 · 128 · 65,536 &lt; 2^31. Each matrix holds at most 2^30 elements.
/// Anything else throws <see cref="InvalidInputException"/>.
/// </remarks>
public readonly record struct GemmShape(int M, int N, int K)
{
    /// <summary>Longest dot product that cannot overflow in any order of summation.</summary>
    public const int MaxK = 65_536;

    /// <summary>Most elements one matrix may hold.</summary>
    public const int MaxElements = 1 << 30;

    /// <summary>Rows of A and of C.</summary>
    public int M { get; } = Side(M, "M");

    /// <summary>Columns of B and of C; rows of Bt.</summary>
    public int N { get; } = Side(N, "N");

    /// <summary>Columns of A and of Bt.</summary>
    public int K { get; } = Storable(M, N, Summable(Side(K, "K")));

    /// <summary>Elements of A, row by row.</summary>
    public int LengthA => M * K;

    /// <summary>Elements of Bt (B transposed), row by row.</summary>
    public int LengthBt => N * K;

    /// <summary>Elements of C, row by row.</summary>
    public int LengthC => M * N;

    /// <summary>Multiply-accumulates of the product.</summary>
    public long MultiplyAccumulates => (long)M * N * K;

    /// <summary>Throws <see cref="InvalidInputException"/> unless the matrices have this shape's lengths.</summary>
    public void Check(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, ReadOnlySpan<int> c)
    {
        // default(GemmShape) skips the constructor.
        Side(M, "M");
        Require("A", a.Length, LengthA, "M·K");
        Require("Bt", bt.Length, LengthBt, "N·K");
        Require("C", c.Length, LengthC, "M·N");
    }

    private static void Require(string matrix, int length, int expected, string rule)
    {
        if (length != expected)
        {
            throw new InvalidInputException(
                $"{matrix} has {length} elements, but its shape asks for {rule} = {expected}.");
        }
    }

    private static int Side(int value, string name) => value > 0
        ? value
        : throw new InvalidInputException($"{name} is {value}, but every side of a cell is at least 1.");

    private static int Summable(int k) => k <= MaxK
        ? k
        : throw new InvalidInputException($"K is {k}, but a cell's K is at most {MaxK}.");

    private static int Storable(int m, int n, int k)
    {
        long largest = Math.Max((long)m * n, Math.Max((long)m * k, (long)n * k));
        return largest <= MaxElements
            ? k
            : throw new InvalidInputException(
                $"A cell of {m} × {n} × {k} has a matrix of {largest} elements, but the most is {MaxElements}.");
    }
}
