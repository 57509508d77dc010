namespace Gplusck.Compute.Jobs;

/// <summary>Handwritten digits with their labels; each image is 28 × 28 pixels, 0 (paper) to 127 (ink).</summary>
/// <param name="pixels">The images one after the other, <see cref="Pixels"/> numbers each.</param>
/// <param name="labels">The digit that each image shows.</param>
public sealed class DigitImages(sbyte[] pixels, byte[] labels)
{
    /// <summary>Numbers in one image.</summary>
    public const int Pixels = 784;

    /// <summary>Kinds of digits.</summary>
    public const int Classes = 10;

    /// <summary>The images.</summary>
    public int Count => labels.Length;

    /// <summary>All images row by row, one image a row.</summary>
    public ReadOnlySpan<sbyte> All => pixels;

    /// <summary>The pixels of one image.</summary>
    public ReadOnlySpan<sbyte> Image(int index) => pixels.AsSpan(index * Pixels, Pixels);

    /// <summary>The digit of one image.</summary>
    public byte Label(int index) => labels[index];
}
