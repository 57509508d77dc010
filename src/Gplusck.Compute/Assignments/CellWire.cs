using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Compute.Jobs;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Assignments;

/// <summary>How a cell travels to an operator and its result back.</summary>
/// <remarks>
/// Request: the magic <c>GPC1</c>, job id (32 bytes), cell index, operation (1 byte), M, N, K, root of A, root of Bt,
/// operator (20), deadline (8), signature (65); then A and Bt as signed bytes, row by row. Answer: C, row by row, 4
/// bytes an element. Numbers are big-endian and 4 bytes unless said. No matrix is larger than
/// <see cref="MatrixBytesMax"/>, and a reader allocates none before it knows the header; what does not fit throws
/// <see cref="InvalidInputException"/>.
/// </remarks>
public static class CellWire
{
    /// <summary>Most bytes that one matrix of a cell may take on the wire: 16 MiB.</summary>
    public const int MatrixBytesMax = 16 << 20;

    /// <summary>Bytes before A.</summary>
    public const int HeaderLength = 4 + 32 + 4 + 1 + (3 * 4) + (2 * 32) + 20 + 8 + SignedAssignment.SignatureLength;

    private static ReadOnlySpan<byte> Magic => "GPC1"u8;

    /// <summary>The bytes of a request.</summary>
    public static byte[] WriteRequest(SignedAssignment order, CellTask task)
    {
        RequireSendable(task.Shape);
        byte[] request = new byte[HeaderLength + task.A.Length + task.Bt.Length];
        Magic.CopyTo(request);
        WriteAssignment(order.Assignment, request.AsSpan(Magic.Length));
        order.Signature.CopyTo(request.AsSpan(HeaderLength - SignedAssignment.SignatureLength));
        MemoryMarshal.AsBytes<sbyte>(task.A).CopyTo(request.AsSpan(HeaderLength));
        MemoryMarshal.AsBytes<sbyte>(task.Bt).CopyTo(request.AsSpan(HeaderLength + task.A.Length));
        return request;
    }

    /// <summary>Reads a request up to its operands, so that who sent it can be checked before they are read.</summary>
    public static async Task<SignedAssignment> ReadAssignmentAsync(Stream request, CancellationToken cancellationToken)
    {
        byte[] header = await ReadExactlyAsync(request, HeaderLength, cancellationToken);
        if (!header.AsSpan().StartsWith(Magic))
        {
            throw new InvalidInputException("A cell request starts with GPC1; this one does not.");
        }

        return new SignedAssignment(
            ReadAssignment(header.AsSpan(Magic.Length)), header[^SignedAssignment.SignatureLength..]);
    }

    /// <summary>Reads A and Bt, and that nothing follows them.</summary>
    public static async Task<CellTask> ReadOperandsAsync(
        Stream request, GemmShape shape, CancellationToken cancellationToken)
    {
        RequireSendable(shape);
        byte[] a = await ReadExactlyAsync(request, shape.LengthA, cancellationToken);
        byte[] bt = await ReadExactlyAsync(request, shape.LengthBt, cancellationToken);
        await RequireEndAsync(request, cancellationToken);
        return new CellTask(shape, ToSigned(a), ToSigned(bt));
    }

    /// <summary>C as it is sent and served: big-endian.</summary>
    public static byte[] WriteResult(ReadOnlySpan<int> c)
    {
        byte[] bytes = new byte[c.Length * sizeof(int)];
        BinaryPrimitives.ReverseEndianness(c, MemoryMarshal.Cast<byte, int>(bytes.AsSpan()));
        return bytes;
    }

    /// <summary>Reads C, and that nothing follows it.</summary>
    public static async Task<int[]> ReadResultAsync(
        Stream response, GemmShape shape, CancellationToken cancellationToken)
    {
        RequireSendable(shape);
        byte[] bytes = await ReadExactlyAsync(response, shape.LengthC * sizeof(int), cancellationToken);
        await RequireEndAsync(response, cancellationToken);
        int[] c = new int[shape.LengthC];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes.AsSpan()), c);
        return c;
    }

    private static void WriteAssignment(CellAssignment assignment, Span<byte> header)
    {
        BigInteger jobId = assignment.JobId;
        int jobIdLength = jobId.GetByteCount(isUnsigned: true);
        jobId.TryWriteBytes(header[(32 - jobIdLength)..], out _, isUnsigned: true, isBigEndian: true);
        BinaryPrimitives.WriteUInt32BigEndian(header[32..], assignment.CellIndex);
        header[36] = CellCommitment.GemmS8;
        BinaryPrimitives.WriteInt32BigEndian(header[37..], assignment.Shape.M);
        BinaryPrimitives.WriteInt32BigEndian(header[41..], assignment.Shape.N);
        BinaryPrimitives.WriteInt32BigEndian(header[45..], assignment.Shape.K);
        assignment.RootA.CopyTo(header[49..]);
        assignment.RootB.CopyTo(header[81..]);
        assignment.Operator.CopyTo(header[113..]);
        BinaryPrimitives.WriteUInt64BigEndian(header[133..], assignment.Deadline);
    }

    private static CellAssignment ReadAssignment(ReadOnlySpan<byte> header)
    {
        if (header[36] != CellCommitment.GemmS8)
        {
            throw new InvalidInputException($"Operation {header[36]} is unknown; {CellCommitment.GemmS8} is GEMM_S8.");
        }

        GemmShape shape = new(
            BinaryPrimitives.ReadInt32BigEndian(header[37..]),
            BinaryPrimitives.ReadInt32BigEndian(header[41..]),
            BinaryPrimitives.ReadInt32BigEndian(header[45..]));
        RequireSendable(shape);
        return new CellAssignment(
            new BigInteger(header[..32], isUnsigned: true, isBigEndian: true),
            BinaryPrimitives.ReadUInt32BigEndian(header[32..]),
            shape,
            Hash32.FromBytes(header[49..81]),
            Hash32.FromBytes(header[81..113]),
            Address.FromBytes(header[113..133]),
            BinaryPrimitives.ReadUInt64BigEndian(header[133..]));
    }

    private static void RequireSendable(GemmShape shape)
    {
        long largest = Math.Max(Math.Max(shape.LengthA, shape.LengthBt), (long)shape.LengthC * sizeof(int));
        if (largest > MatrixBytesMax)
        {
            throw new InvalidInputException(
                $"A matrix of the cell takes {largest} bytes; at most {MatrixBytesMax} are sent. Cut it smaller.");
        }
    }

    private static async Task<byte[]> ReadExactlyAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[length];
        int read = await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellationToken);
        return read == length
            ? bytes
            : throw new InvalidInputException($"The cell ends {length - read} bytes too early.");
    }

    private static async Task RequireEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (await stream.ReadAsync(new byte[1], cancellationToken) > 0)
        {
            throw new InvalidInputException("The cell goes on after its last matrix.");
        }
    }

    private static sbyte[] ToSigned(byte[] bytes)
    {
        sbyte[] numbers = new sbyte[bytes.Length];
        MemoryMarshal.Cast<byte, sbyte>(bytes).CopyTo(numbers);
        return numbers;
    }
}
