using System.Runtime.InteropServices;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.Compute.Jobs;

/// <summary>A network of one hidden layer that reads digits: 784 pixels → hidden units (ReLU) → 10 scores.</summary>
/// <remarks>
/// Its parameters lie in one array: weights 784 × hidden, hidden biases, weights hidden × 10, 10 biases.
/// </remarks>
public sealed class DigitModel
{
    private readonly float[] _parameters;

    private DigitModel(int hidden, float[] parameters)
    {
        Hidden = hidden;
        _parameters = parameters;
    }

    /// <summary>Units of the hidden layer.</summary>
    public int Hidden { get; }

    /// <summary>Keccak-256 of the parameters as little-endian 32-bit floating-point numbers.</summary>
    public Hash32 Root => Keccak.Hash(Bytes);

    /// <summary>The parameters as bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<float>(_parameters);

    /// <summary>Every parameter.</summary>
    internal Span<float> Parameters => _parameters;

    internal Span<float> InputWeights => _parameters.AsSpan(0, DigitImages.Pixels * Hidden);

    internal Span<float> HiddenBiases => _parameters.AsSpan(DigitImages.Pixels * Hidden, Hidden);

    internal Span<float> OutputWeights =>
        _parameters.AsSpan((DigitImages.Pixels + 1) * Hidden, Hidden * DigitImages.Classes);

    internal Span<float> OutputBiases => _parameters.AsSpan(^DigitImages.Classes..);

    /// <summary>
    /// A model that has learned nothing: random weights of the size that suits ReLU (He), biases zero.
    /// </summary>
    public static DigitModel Untrained(int hidden, Random random)
    {
        DigitModel model = new(hidden, new float[LengthFor(hidden)]);
        Fill(model.InputWeights, DigitImages.Pixels, random);
        Fill(model.OutputWeights, hidden, random);
        return model;
    }

    /// <summary>The model whose <see cref="Bytes"/> these are, or null when they are not of such a model.</summary>
    internal static DigitModel? FromBytes(int hidden, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != LengthFor(hidden) * sizeof(float))
        {
            return null;
        }

        float[] parameters = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return Array.TrueForAll(parameters, float.IsFinite) ? new DigitModel(hidden, parameters) : null;
    }

    /// <summary>The share of images whose digit the model finds, 0 to 1; computed here, in floating point.</summary>
    public double Accuracy(DigitImages images)
    {
        int right = 0;
        for (int image = 0; image < images.Count; image++)
        {
            right += Classify(images.Image(image)) == images.Label(image) ? 1 : 0;
        }

        return (double)right / images.Count;
    }

    private int Classify(ReadOnlySpan<sbyte> pixels)
    {
        Span<float> hidden = new float[Hidden];
        HiddenBiases.CopyTo(hidden);
        Accumulate(hidden, InputWeights, pixels);
        Span<float> scores = stackalloc float[DigitImages.Classes];
        OutputBiases.CopyTo(scores);
        for (int unit = 0; unit < Hidden; unit++)
        {
            float active = MathF.Max(hidden[unit], 0);
            for (int digit = 0; digit < scores.Length; digit++)
            {
                scores[digit] += active * OutputWeights[(unit * DigitImages.Classes) + digit];
            }
        }

        int best = 0;
        for (int digit = 1; digit < scores.Length; digit++)
        {
            best = scores[digit] > scores[best] ? digit : best;
        }

        return best;
    }

    private static void Accumulate(Span<float> sums, ReadOnlySpan<float> weights, ReadOnlySpan<sbyte> pixels)
    {
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            if (pixels[pixel] == 0)
            {
                continue;
            }

            float ink = pixels[pixel] / (float)DigitSet.PixelScale;
            ReadOnlySpan<float> row = weights.Slice(pixel * sums.Length, sums.Length);
            for (int unit = 0; unit < sums.Length; unit++)
            {
                sums[unit] += ink * row[unit];
            }
        }
    }

    private static int LengthFor(int hidden) => hidden is > 0 and <= 4_096
        ? ((DigitImages.Pixels + 1) * hidden) + ((hidden + 1) * DigitImages.Classes)
        : throw new InvalidInputException($"The hidden layer has {hidden} units; it needs 1 to 4,096.");

    private static void Fill(Span<float> weights, int inputs, Random random)
    {
        double deviation = Math.Sqrt(2.0 / inputs);
        foreach (ref float weight in weights)
        {
            // Box and Muller: two uniform numbers make one normal one.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            weight = (float)(deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }
}
