using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Cells;

/// <summary>A requester's order to one operator: multiply these operands as this cell of my job.</summary>
/// <param name="JobId">The job on chain.</param>
/// <param name="CellIndex">Which cell of the job.</param>
/// <param name="Shape">The sizes of the product.</param>
/// <param name="RootA">Root over A.</param>
/// <param name="RootB">Root over Bt.</param>
/// <param name="Operator">Account of the operator the cell is given to.</param>
/// <param name="Deadline">Unix time in seconds after which the requester no longer wants it.</param>
/// <remarks>
/// The requester signs <see cref="Digest"/>. Without that signature an operator could commit to products nobody asked
/// for and be paid for them; with it a verifier sees that a batch holds assigned cells only.
/// </remarks>
public sealed record CellAssignment(
    BigInteger JobId, uint CellIndex, GemmShape Shape, Hash32 RootA, Hash32 RootB, Address Operator, ulong Deadline)
{
    private const string DomainType =
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

    private const string Type =
        "CellAssignment(uint256 jobId,uint32 cellIndex,uint32 m,uint32 n,uint32 k,bytes32 rootA,bytes32 rootB,"
        + "address operator,uint64 deadline)";

    /// <summary>What the requester signs: the EIP-712 digest under the domain ("Gplusck", "1", chain,
    /// market).</summary>
    public Hash32 Digest(BigInteger chainId, Address market)
    {
        Span<byte> domain = stackalloc byte[5 * 32];
        Keccak.Hash(Encoding.ASCII.GetBytes(DomainType), domain[..32]);
        Keccak.Hash("Gplusck"u8, domain[32..64]);
        Keccak.Hash("1"u8, domain[64..96]);
        WriteNumber(domain[96..128], chainId);
        WriteAddress(domain[128..], market);

        Span<byte> message = stackalloc byte[10 * 32];
        message.Clear();
        Keccak.Hash(Encoding.ASCII.GetBytes(Type), message[..32]);
        WriteNumber(message[32..64], JobId);
        WriteNumber(message[64..96], CellIndex);
        WriteNumber(message[96..128], Shape.M);
        WriteNumber(message[128..160], Shape.N);
        WriteNumber(message[160..192], Shape.K);
        RootA.CopyTo(message[192..224]);
        RootB.CopyTo(message[224..256]);
        WriteAddress(message[256..288], Operator);
        BinaryPrimitives.WriteUInt64BigEndian(message[312..], Deadline);

        Span<byte> signed = stackalloc byte[2 + 64];
        signed[0] = 0x19;
        signed[1] = 0x01;
        Keccak.Hash(domain, signed[2..34]);
        Keccak.Hash(message, signed[34..]);
        return Keccak.Hash(signed);
    }

    /// <summary>Whether a commitment is about this cell and these operands; its result is free.</summary>
    public bool Covers(CellCommitment cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Op == CellCommitment.GemmS8 && cell.JobId == JobId && cell.CellIndex == CellIndex
            && cell.Shape == Shape && cell.RootA == RootA && cell.RootB == RootB;
    }

    private static void WriteNumber(Span<byte> word, BigInteger value)
    {
        word.Clear();
        int bytes = value.Sign < 0 ? 33 : value.GetByteCount(isUnsigned: true);
        if (bytes > 32)
        {
            throw new InvalidInputException($"{value} is not an unsigned 256-bit number.");
        }

        value.TryWriteBytes(word[(32 - bytes)..], out _, isUnsigned: true, isBigEndian: true);
    }

    private static void WriteAddress(Span<byte> word, Address address)
    {
        word.Clear();
        address.CopyTo(word[12..]);
    }
}
