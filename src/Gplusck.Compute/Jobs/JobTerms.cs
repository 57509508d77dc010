using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Commitments;

namespace Gplusck.Compute.Jobs;

/// <summary>What the jobs of a training say about themselves on chain.</summary>
/// <param name="SpecHash">Keccak-256 of the specification, see <see cref="SpecificationOf"/>.</param>
/// <param name="InputRoot">Root over the training images, one row each, as operand A of a cell.</param>
internal sealed record JobTerms(Hash32 SpecHash, Hash32 InputRoot)
{
    public static JobTerms For(TrainingOptions options, DigitImages images) => new(
        Keccak.Hash(SpecificationOf(options)),
        OperandTree.ForRows('A', images.Count, DigitImages.Pixels, images.All).Root);

    /// <summary>The specification as UTF-8 JSON without spaces; docs/training.md shows one.</summary>
    public static byte[] SpecificationOf(TrainingOptions options) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            job = "digits",
            pixels = DigitImages.Pixels,
            hidden = options.HiddenUnits,
            classes = DigitImages.Classes,
            batch = options.BatchImages,
            rowParts = options.RowParts,
            columnParts = options.ColumnParts,
            cell = "GEMM_S8",
        });
}
