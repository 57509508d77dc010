namespace Gplusck.GpuVerify.Commitments;

/// <summary>Data that is cut into the leaves of a <see cref="MerkleTree"/>, in order.</summary>
public interface ILeaves
{
    /// <summary>How many leaves there are, at least 1.</summary>
    int Count { get; }

    /// <summary>Bytes of the longest leaf.</summary>
    int MaxLength { get; }

    /// <summary>Writes one leaf's bytes to the start of the destination and says how many there were.</summary>
    int Write(int index, Span<byte> destination);
}
