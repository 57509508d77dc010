using System.Runtime.Intrinsics;

namespace Gplusck.GpuVerify.Simd;

/// <summary>One instruction set's way to add a few terms of eight dot products at once.</summary>
/// <remarks>
/// Rows are recoded as 32-bit words of <see cref="TermsPerWord"/> terms each. A row of A may be recoded with an offset;
/// what that offset adds is the same for a row of zeros, <see cref="EncodedZero"/>, and the caller takes it off again.
/// All arithmetic wraps around at 32 bits and never saturates.
/// </remarks>
internal interface IDotStep
{
    static abstract string Name { get; }

    static abstract bool IsSupported { get; }

    /// <summary>Terms of a dot product in one 32-bit word.</summary>
    static abstract int TermsPerWord { get; }

    /// <summary>The word that stands for zeros in a row of A.</summary>
    static abstract int EncodedZero { get; }

    /// <summary>Recodes a row of A; the destination has room for whole words and arrives cleared.</summary>
    static abstract void EncodeA(ReadOnlySpan<sbyte> row, Span<int> words);

    /// <summary>Recodes a row of Bt; a cleared word stands for zeros.</summary>
    static abstract void EncodeB(ReadOnlySpan<sbyte> row, Span<int> words);

    /// <summary>sum + a · b in each of eight lanes.</summary>
    static abstract Vector256<int> Add(Vector256<int> sum, Vector256<int> a, Vector256<int> b);
}
