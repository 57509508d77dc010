using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Disputes;

namespace Gplusck.GpuVerify.Tests.Disputes;

/// <summary>An operator's server without the network.</summary>
internal sealed class MemoryCellSource : ICellSource
{
    private readonly ConcurrentDictionary<Hash32, byte[]> _answers = new();

    public void Serve(Hash32 root, byte[] answer) => _answers[root] = answer;

    public void Serve(Hash32 root, sbyte[] operand) => Serve(root, MemoryMarshal.AsBytes(operand.AsSpan()).ToArray());

    public void Serve(Hash32 root, int[] output)
    {
        byte[] bytes = new byte[output.Length * sizeof(int)];
        BinaryPrimitives.ReverseEndianness(output, MemoryMarshal.Cast<byte, int>(bytes.AsSpan()));
        Serve(root, bytes);
    }

    public void Withhold(Hash32 root) => _answers.TryRemove(root, out _);

    public Task<byte[]> ReadBatchAsync(
        string endpoint, Hash32 cellsRoot, int bytesMax, CancellationToken cancellationToken) => Answer(cellsRoot);

    public Task<byte[]> ReadObjectAsync(
        string endpoint, Hash32 root, int length, CancellationToken cancellationToken) => Answer(root);

    private Task<byte[]> Answer(Hash32 root) => _answers.TryGetValue(root, out byte[]? answer)
        ? Task.FromResult(answer)
        : throw new UnavailableException($"{root} is not served.");
}
