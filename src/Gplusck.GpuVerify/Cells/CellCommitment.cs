using System.Buffers.Binary;
using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Cells;

/// <summary>What an operator claims about one microcell: which operands, and which result.</summary>
/// <param name="JobId">The job on chain that the cell belongs to, an unsigned 256-bit number.</param>
/// <param name="CellIndex">Which cell of the job.</param>
/// <param name="Op">The operation; <see cref="GemmS8"/> is the only one.</param>
/// <param name="Shape">The sizes of the product.</param>
/// <param name="RootA">Root over A, see <see cref="Commitments.OperandTree"/>.</param>
/// <param name="RootB">Root over Bt.</param>
/// <param name="RootC">Root over C, see <see cref="Commitments.OutputTree"/>.</param>
public sealed record CellCommitment(
    BigInteger JobId, uint CellIndex, byte Op, GemmShape Shape, Hash32 RootA, Hash32 RootB, Hash32 RootC)
{
    /// <summary>C[i,j] = Σ A[i,k] · Bt[j,k], signed 8-bit operands and a signed 32-bit result.</summary>
    public const byte GemmS8 = 1;

    /// <summary>Bytes of <see cref="Encode()"/>: nine words.</summary>
    public const int EncodedLength = 9 * 32;

    /// <summary>The bytes a batch leaf commits to: Solidity's <c>abi.encode</c> of the struct CellCommitment.</summary>
    public byte[] Encode()
    {
        byte[] encoded = new byte[EncodedLength];
        Encode(encoded);
        return encoded;
    }

    /// <summary>Writes <see cref="Encode()"/> into the first 288 bytes of the destination.</summary>
    public void Encode(Span<byte> destination)
    {
        Span<byte> words = destination[..EncodedLength];
        words.Clear();
        WriteJobId(words[..32]);
        WriteWord(words, 1, CellIndex);
        WriteWord(words, 2, Op);
        WriteWord(words, 3, (uint)Shape.M);
        WriteWord(words, 4, (uint)Shape.N);
        WriteWord(words, 5, (uint)Shape.K);
        RootA.CopyTo(words[192..224]);
        RootB.CopyTo(words[224..256]);
        RootC.CopyTo(words[256..288]);
    }

    private void WriteJobId(Span<byte> word)
    {
        if (JobId.Sign < 0 || JobId.GetByteCount(isUnsigned: true) > 32)
        {
            throw new InvalidInputException($"Job id {JobId} is not an unsigned 256-bit number.");
        }

        int bytes = JobId.GetByteCount(isUnsigned: true);
        JobId.TryWriteBytes(word[(32 - bytes)..], out _, isUnsigned: true, isBigEndian: true);
    }

    private static void WriteWord(Span<byte> words, int index, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(words.Slice((index * 32) + 28, 4), value);
}
