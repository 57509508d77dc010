using System.Buffers.Binary;
using Gplusck.Chain.Primitives;
using Gplusck.Compute.Operands;

namespace Gplusck.Compute.Jobs;

/// <summary>
/// A model on disk between two runs: Keccak-256 of the rest, steps taken (8 bytes big-endian), parameters.
/// </summary>
internal sealed class ModelCheckpoint(string path)
{
    private const int StepsOffset = Hash32.Length;
    private const int ParametersOffset = StepsOffset + sizeof(long);

    /// <summary>Keeps a model; a crash leaves this one or the one before.</summary>
    public async Task SaveAsync(DigitModel model, long stepsTaken, CancellationToken cancellationToken)
    {
        byte[] file = new byte[ParametersOffset + model.Bytes.Length];
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(StepsOffset), stepsTaken);
        model.Bytes.CopyTo(file.AsSpan(ParametersOffset));
        Keccak.Hash(file.AsSpan(StepsOffset)).CopyTo(file);
        await AtomicFile.WriteAsync(path, file, cancellationToken);
    }

    /// <summary>
    /// The model kept, or null when there is none, it was damaged, or it has another number of hidden units.
    /// </summary>
    public async Task<(DigitModel Model, long StepsTaken)?> LoadAsync(int hidden, CancellationToken cancellationToken)
    {
        byte[] file = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : [];
        if (file.Length <= ParametersOffset
            || Keccak.Hash(file.AsSpan(StepsOffset)) != Hash32.FromBytes(file.AsSpan(0, Hash32.Length)))
        {
            return null;
        }

        DigitModel? model = DigitModel.FromBytes(hidden, file.AsSpan(ParametersOffset));
        return model is null ? null : (model, BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(StepsOffset)));
    }
}
