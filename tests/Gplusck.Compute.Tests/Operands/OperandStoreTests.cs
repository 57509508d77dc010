using CsCheck;
using Gplusck.Chain.Primitives;
using Gplusck.Compute.Assignments;
using Gplusck.Compute.Jobs;
using Gplusck.Compute.Operands;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;
using Microsoft.Extensions.Time.Testing;

namespace Gplusck.Compute.Tests.Operands;

public sealed class OperandStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-operands-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly Random _random = new(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_put_is_found_under_the_root_the_court_knows()
    {
        OperandStore store = Open();
        sbyte[] a = RandomCells.Values(6 * 5_000, _random);
        int[] c = [.. Enumerable.Range(-70, 140)];

        await PutAsync(store, StoredMatrix.ForOperand('A', 6, 5_000, a));
        await PutAsync(store, StoredMatrix.ForResult(14, 10, c));

        StoredMatrix? operand = await store.FindAsync(OperandTree.ForRows('A', 6, 5_000, a).Root, Cancellation);
        StoredMatrix? result = await store.FindAsync(OutputTree.ForElements(14, 10, c).Root, Cancellation);
        Assert.Equal(Array.ConvertAll(a, value => (byte)value), operand?.Content);
        Assert.Equal(CellWire.WriteResult(c), result?.Content);
        Assert.Null(await store.FindAsync(OperandTree.ForRows('B', 6, 5_000, a).Root, Cancellation));
    }

    [Fact]
    public async Task A_damaged_file_is_as_good_as_missing_and_can_be_put_again()
    {
        StoredMatrix matrix = StoredMatrix.ForOperand('B', 3, 40, RandomCells.Values(120, _random));
        await Gen.Select(Gen.Int[0, 128], Gen.Byte[1, 255], Gen.Bool).SampleAsync(async (position, change, truncate) =>
        {
            OperandStore store = Open();
            Hash32 root = await PutAsync(store, matrix);
            string path = Directory.GetFiles(_folder, root.ToString()[2..], SearchOption.AllDirectories).Single();
            byte[] file = await File.ReadAllBytesAsync(path, Cancellation);
            file[position] ^= change;
            await File.WriteAllBytesAsync(path, truncate ? file[..position] : file, Cancellation);

            Assert.Null(await store.FindAsync(root, Cancellation));
            await PutAsync(store, matrix);
            Assert.Equal(matrix.Content, (await store.FindAsync(root, Cancellation))?.Content);
        }, iter: 200, threads: 1);
    }

    [Fact]
    public async Task A_damaged_batch_is_as_good_as_missing()
    {
        OperandStore store = Open();
        Hash32 root = await PutBatchAsync(store);
        string path = Directory.GetFiles(_folder, "*.json", SearchOption.AllDirectories).Single();
        byte[] whole = await File.ReadAllBytesAsync(path, Cancellation);
        Assert.Equal(whole, await store.Batches.FindAsync(root, Cancellation));

        await File.WriteAllTextAsync(
            path, System.Text.Encoding.UTF8.GetString(whole).Replace("\"m\":4", "\"m\":5", StringComparison.Ordinal),
            Cancellation);
        Assert.Null(await store.Batches.FindAsync(root, Cancellation));

        await File.WriteAllBytesAsync(path, whole[..^9], Cancellation);
        Assert.Null(await store.Batches.FindAsync(root, Cancellation));
    }

    [Fact]
    public async Task Old_batches_leave_before_their_matrices_and_young_ones_stay()
    {
        OperandStore store = Open();
        Hash32 oldMatrix = await PutAsync(store, Matrix());
        Hash32 oldBatch = await PutBatchAsync(store);
        StoredMatrix shared = Matrix();
        Hash32 sharedMatrix = await PutAsync(store, shared);

        _time.Advance(TimeSpan.FromHours(3));
        await PutAsync(store, shared);
        Hash32 youngBatch = await PutBatchAsync(store);
        store.Sweep();
        Assert.Null(await store.Batches.FindAsync(oldBatch, Cancellation));
        Assert.NotNull(await store.Batches.FindAsync(youngBatch, Cancellation));
        Assert.NotNull(await store.FindAsync(oldMatrix, Cancellation));

        _time.Advance(TimeSpan.FromMinutes(65));
        store.Sweep();
        Assert.Null(await store.FindAsync(oldMatrix, Cancellation));
        Assert.NotNull(await store.FindAsync(sharedMatrix, Cancellation));
        Assert.Equal(store.Bytes, Open().Bytes);
    }

    [Fact]
    public async Task A_full_store_says_so_and_a_restart_counts_what_is_there()
    {
        OperandStore store = Open(bytesMax: 300);
        Assert.True(store.HasRoomFor(129));
        await PutAsync(store, Matrix());
        await PutAsync(store, Matrix());

        Assert.False(store.HasRoomFor(129));
        Assert.False(Open(bytesMax: 300).HasRoomFor(129));
    }

    private OperandStore Open(long bytesMax = 1_000_000) =>
        new(_folder, new OperandStoreOptions { BytesMax = bytesMax, Retention = TimeSpan.FromHours(2.7) }, _time);

    private StoredMatrix Matrix() => StoredMatrix.ForOperand('A', 3, 40, RandomCells.Values(120, _random));

    private static async Task<Hash32> PutAsync(OperandStore store, StoredMatrix matrix)
    {
        Hash32 root = matrix.ComputeRoot();
        await store.PutAsync(root, matrix, Cancellation);
        return root;
    }

    private async Task<Hash32> PutBatchAsync(OperandStore store)
    {
        CellTask task = RandomCells.Task(new GemmShape(4, 3, 2), _random);
        SignedAssignment order = RandomCells.Order(task, 1, _random);
        CellAssignment cell = order.Assignment;
        CellCommitment commitment = new(
            cell.JobId, cell.CellIndex, CellCommitment.GemmS8, cell.Shape, cell.RootA, cell.RootB, cell.RootA);
        Hash32 root = BatchTree.ForCells([commitment]).Root;
        await store.Batches.PutAsync(
            root, [new AssignedCell(commitment, cell.Operator, cell.Deadline, order.Signature)], Cancellation);
        return root;
    }
}
