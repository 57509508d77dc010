namespace Gplusck.Compute.Jobs;

/// <summary>A matrix in signed 8-bit numbers with one scale: element = value · <see cref="Scale"/>.</summary>
/// <remarks>Symmetric: values lie in −127 … 127 and zero stays zero.</remarks>
/// <param name="rows">Rows.</param>
/// <param name="columns">Columns.</param>
/// <param name="values">The values, row by row.</param>
/// <param name="scale">What one step of a value is worth.</param>
public sealed class QuantisedMatrix(int rows, int columns, sbyte[] values, float scale)
{
    private const int Largest = 127;

    /// <summary>Rows.</summary>
    public int Rows { get; } = rows;

    /// <summary>Columns.</summary>
    public int Columns { get; } = columns;

    /// <summary>The values, row by row.</summary>
    public sbyte[] Values { get; } = values;

    /// <summary>What one step of a value is worth.</summary>
    public float Scale { get; } = scale;

    /// <summary>The nearest values at the scale that gives the largest element 127.</summary>
    public static QuantisedMatrix Nearest(int rows, int columns, ReadOnlySpan<float> elements)
    {
        float scale = ScaleFor(elements);
        sbyte[] values = new sbyte[elements.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)MathF.Round(elements[i] / scale);
        }

        return new QuantisedMatrix(rows, columns, values, scale);
    }

    /// <summary>
    /// As <see cref="Nearest"/>, but rounds up or down at random so that the mean of the error is zero.
    /// </summary>
    /// <remarks>Gradients need this: rounded to the nearest, most of their small elements would vanish.</remarks>
    public static QuantisedMatrix Stochastic(int rows, int columns, ReadOnlySpan<float> elements, Random random)
    {
        float scale = ScaleFor(elements);
        sbyte[] values = new sbyte[elements.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float rounded = MathF.Floor((elements[i] / scale) + random.NextSingle());
            values[i] = (sbyte)Math.Clamp(rounded, -Largest, Largest);
        }

        return new QuantisedMatrix(rows, columns, values, scale);
    }

    /// <summary>Rows and columns exchanged.</summary>
    public QuantisedMatrix Transpose()
    {
        sbyte[] transposed = new sbyte[Values.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                transposed[(column * Rows) + row] = Values[(row * Columns) + column];
            }
        }

        return new QuantisedMatrix(Columns, Rows, transposed, Scale);
    }

    private static float ScaleFor(ReadOnlySpan<float> elements)
    {
        float largest = 0;
        foreach (float element in elements)
        {
            largest = MathF.Max(largest, MathF.Abs(element));
        }

        return largest > 0 ? largest / Largest : 1;
    }
}
