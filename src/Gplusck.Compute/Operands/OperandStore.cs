using Gplusck.Chain.Primitives;

namespace Gplusck.Compute.Operands;

/// <summary>Matrices on disk under their roots: what an operator has to show when a batch is challenged.</summary>
/// <remarks>Safe to use from several threads. What is read is checked against its root, so a damaged file is as good as
/// missing. One process owns the folder.</remarks>
public sealed class OperandStore
{
    private readonly string _folder;
    private readonly OperandStoreOptions _options;
    private readonly TimeProvider _time;
    private long _bytes;

    /// <summary>Opens a folder, making it if need be.</summary>
    public OperandStore(string folder, OperandStoreOptions options, TimeProvider time)
    {
        _folder = Path.Combine(folder, "objects");
        _options = options;
        _time = time;
        Directory.CreateDirectory(_folder);
        Batches = new BatchIndex(Path.Combine(folder, "batches"), time);
        _bytes = Files().Sum(file => file.Length);
    }

    /// <summary>The batches whose matrices these are.</summary>
    public BatchIndex Batches { get; }

    /// <summary>Bytes of matrices on disk.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether so many more bytes may be put.</summary>
    public bool HasRoomFor(long bytes) => Bytes + bytes <= _options.BytesMax;

    /// <summary>Keeps a matrix under its root; one that is there already only becomes young again.</summary>
    /// <param name="root">The matrix's <see cref="StoredMatrix.ComputeRoot"/>.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task PutAsync(Hash32 root, StoredMatrix matrix, CancellationToken cancellationToken)
    {
        byte[] file = matrix.ToFile();
        FileInfo present = new(PathOf(root));
        if (!present.Exists || present.Length != file.Length)
        {
            long before = present.Exists ? present.Length : 0;
            await AtomicFile.WriteAsync(present.FullName, file, cancellationToken);
            Interlocked.Add(ref _bytes, file.Length - before);
        }

        File.SetLastWriteTimeUtc(present.FullName, _time.GetUtcNow().UtcDateTime);
    }

    /// <summary>The matrix under a root, or null when it is not here or was damaged.</summary>
    public async Task<StoredMatrix?> FindAsync(Hash32 root, CancellationToken cancellationToken)
    {
        string path = PathOf(root);
        if (!File.Exists(path))
        {
            return null;
        }

        StoredMatrix? matrix = StoredMatrix.FromFile(await File.ReadAllBytesAsync(path, cancellationToken));
        if (matrix?.ComputeRoot() == root)
        {
            return matrix;
        }

        Remove(new FileInfo(path));
        return null;
    }

    /// <summary>Drops batches older than the retention, then the matrices that no younger batch can need.</summary>
    public void Sweep()
    {
        DateTime oldest = (_time.GetUtcNow() - _options.Retention).UtcDateTime;
        Batches.RemoveOlderThan(oldest);
        // A batch is written after its matrices: half the retention more outlasts the youngest batch they can be in.
        DateTime oldestMatrix = oldest - (_options.Retention / 2);
        foreach (FileInfo file in Files().Where(file => file.LastWriteTimeUtc < oldestMatrix))
        {
            Remove(file);
        }
    }

    private void Remove(FileInfo file)
    {
        if (file.Exists)
        {
            long length = file.Length;
            file.Delete();
            Interlocked.Add(ref _bytes, -length);
        }
    }

    private string PathOf(Hash32 root)
    {
        string name = root.ToString()[2..];
        return Path.Combine(_folder, name[..2], name);
    }

    private IEnumerable<FileInfo> Files() =>
        new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories);
}
