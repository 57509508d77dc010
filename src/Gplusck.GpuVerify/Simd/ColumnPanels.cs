using System.Runtime.Intrinsics;

namespace Gplusck.GpuVerify.Simd;

/// <summary>Bt recoded into panels of 16 columns of B: word 0 of all sixteen, then word 1, and so on.</summary>
/// <remarks>Columns past N are zeros. Also holds, for each column, what takes the offset of A off again.</remarks>
internal sealed unsafe class ColumnPanels<TStep> : IDisposable
    where TStep : struct, IDotStep
{
    internal const int Width = 16;
    private const int Block = 8;

    private readonly WordBuffer words;
    private readonly WordBuffer starts;
    private readonly nuint paddedWords;

    internal ColumnPanels(sbyte* bt, int n, int k)
    {
        // Whole blocks of eight words, so that the transposition has no remainder.
        paddedWords = (nuint)(((WordsOf(k) + Block - 1) / Block) * Block);
        Count = (n + Width - 1) / Width;
        words = new WordBuffer((nuint)Count * paddedWords * Width);
        starts = new WordBuffer((nuint)(Count * Width));
        using WordBuffer rows = new(paddedWords * Width);
        for (int panel = 0; panel < Count; panel++)
        {
            Encode(bt, n, k, panel, rows);
            Transpose(rows.Pointer, Panel(panel));
            FindStarts(panel, WordsOf(k));
        }
    }

    /// <summary>Panels, the last one filled up with zeros.</summary>
    internal int Count { get; }

    internal static int WordsOf(int k) => (k + TStep.TermsPerWord - 1) / TStep.TermsPerWord;

    internal int* Panel(int panel) => words.Pointer + ((nuint)panel * paddedWords * Width);

    /// <summary>Sixteen numbers that the sums of a panel's columns start from.</summary>
    internal int* Starts(int panel) => starts.Pointer + (panel * Width);

    public void Dispose()
    {
        words.Dispose();
        starts.Dispose();
    }

    private void Encode(sbyte* bt, int n, int k, int panel, WordBuffer rows)
    {
        rows.Clear();
        int first = panel * Width;
        for (int column = first; column < Math.Min(first + Width, n); column++)
        {
            int* row = rows.Pointer + ((nuint)(column - first) * paddedWords);
            TStep.EncodeB(new ReadOnlySpan<sbyte>(bt + ((nint)column * k), k), new Span<int>(row, (int)paddedWords));
        }
    }

    private void Transpose(int* rows, int* panel)
    {
        Span<Vector256<int>> block = stackalloc Vector256<int>[Block];
        for (nuint word = 0; word < paddedWords; word += Block)
        {
            for (int half = 0; half < Width; half += Block)
            {
                for (int row = 0; row < Block; row++)
                {
                    block[row] = Vector256.Load(rows + ((nuint)(half + row) * paddedWords) + word);
                }

                BlockTransposition.Transpose(block);
                for (int row = 0; row < Block; row++)
                {
                    block[row].Store(panel + ((word + (nuint)row) * Width) + half);
                }
            }
        }
    }

    private void FindStarts(int panel, int wordCount)
    {
        Vector256<int> zero = Vector256.Create(TStep.EncodedZero);
        Vector256<int> left = Vector256<int>.Zero;
        Vector256<int> right = Vector256<int>.Zero;
        int* word = Panel(panel);
        for (int i = 0; i < wordCount; i++, word += Width)
        {
            left = TStep.Add(left, zero, Vector256.Load(word));
            right = TStep.Add(right, zero, Vector256.Load(word + Block));
        }

        (-left).Store(Starts(panel));
        (-right).Store(Starts(panel) + Block);
    }
}
