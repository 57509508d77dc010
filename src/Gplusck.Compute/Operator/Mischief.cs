namespace Gplusck.Compute.Operator;

/// <summary>DEVELOPMENT ONLY: makes one random element of every n-th result wrong, to be caught.</summary>
internal sealed class Mischief(int everyCells, Random random)
{
    private const int OffsetMax = 1_000_000;

    private int _cells;

    /// <summary>
    /// Spoils the result if its turn has come; done before the commitment, so that it commits to the wrong value.
    /// </summary>
    public void Touch(Span<int> c)
    {
        if (++_cells % everyCells == 0)
        {
            int offset = random.Next(1, OffsetMax);
            c[random.Next(c.Length)] += random.Next(2) == 0 ? offset : -offset;
        }
    }
}
