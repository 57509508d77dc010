using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;

namespace Gplusck.GpuVerify.Screening;

/// <summary>Checks every element of a product at once by three products with a vector (Freivalds 1977).</summary>
/// <remarks>
/// With random weights r it compares A · (B · r) with C · r modulo 2^64. An honest C always passes. A wrong row of C
/// passes with probability at most 2^-32, provided that C was fixed before r was drawn; docs/cells.md has the proof.
/// </remarks>
public sealed class FreivaldsScreen
{
    private readonly IChallengeSource source;
    private readonly IModularProducts products;

    /// <summary>A screen that draws fresh weights from the source for every check.</summary>
    public FreivaldsScreen(IChallengeSource source)
        : this(source, VnniProducts.IsSupported ? new VnniProducts() : new ScalarProducts())
    {
    }

    internal FreivaldsScreen(IChallengeSource source, IModularProducts products)
    {
        this.source = source;
        this.products = products;
    }

    /// <summary>The rows of C that hold a wrong element, in order; empty when the product is right.</summary>
    /// <remarks>A row named here is wrong for certain. A wrong row is missed with probability at most 2^-32.</remarks>
    public IReadOnlyList<int> Check(
        GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, ReadOnlySpan<int> c)
    {
        shape.Check(a, bt, c);
        uint[] weights = Draw(shape.N);
        ulong[] weightedB = new ulong[shape.K];
        ulong[] expected = new ulong[shape.M];
        ulong[] claimed = new ulong[shape.M];
        products.WeightRows(bt, weights, weightedB);
        products.Apply(a, weightedB, expected);
        products.Apply(c, weights, claimed);
        return Differences(expected, claimed);
    }

    /// <summary>One wrong element, confirmed by the scalar reference; null when the product passes.</summary>
    public WrongElement? Locate(
        GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, ReadOnlySpan<int> c)
    {
        IReadOnlyList<int> rows = Check(shape, a, bt, c);
        if (rows.Count == 0)
        {
            return null;
        }

        int row = rows[0];
        ReadOnlySpan<sbyte> rowOfA = a.Slice(row * shape.K, shape.K);

        // The row is wrong for certain; the columns could miss it by chance, and then the whole row is looked through.
        foreach (int column in WrongColumns(shape, a, bt, c, rows).Concat(Enumerable.Range(0, shape.N)))
        {
            int claimed = c[(row * shape.N) + column];
            int actual = ScalarGemm.Dot(rowOfA, bt.Slice(column * shape.K, shape.K));
            if (claimed != actual)
            {
                return new WrongElement(row, column, claimed, actual);
            }
        }

        throw new InvalidOperationException($"Row {row} failed the screen, yet the scalar reference finds it right.");
    }

    // The same comparison from the left: s · A · B against s · C, with s zero outside the wrong rows.
    private List<int> WrongColumns(
        GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, ReadOnlySpan<int> c, IReadOnlyList<int> rows)
    {
        uint[] drawn = Draw(rows.Count);
        uint[] weights = new uint[shape.M];
        ulong[] claimed = new ulong[shape.N];
        for (int i = 0; i < rows.Count; i++)
        {
            weights[rows[i]] = drawn[i];
            ReadOnlySpan<int> rowOfC = c.Slice(rows[i] * shape.N, shape.N);
            for (int column = 0; column < shape.N; column++)
            {
                claimed[column] = unchecked(claimed[column] + ((ulong)rowOfC[column] * drawn[i]));
            }
        }

        ulong[] weightedA = new ulong[shape.K];
        ulong[] expected = new ulong[shape.N];
        products.WeightRows(a, weights, weightedA);
        products.Apply(bt, weightedA, expected);
        return Differences(expected, claimed);
    }

    private uint[] Draw(int count)
    {
        uint[] weights = new uint[count];
        source.Fill(weights);
        return weights;
    }

    private static List<int> Differences(ulong[] expected, ulong[] claimed)
    {
        List<int> differences = [];
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] != claimed[i])
            {
                differences.Add(i);
            }
        }

        return differences;
    }
}
