using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;

namespace Gplusck.Compute.Operands;

/// <summary>
/// The cells of each committed batch on disk, as a <see cref="BatchDocument"/> under the batch's root.
/// </summary>
public sealed class BatchIndex
{
    private readonly string _folder;
    private readonly TimeProvider _time;

    internal BatchIndex(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Keeps the cells of a batch, in the order of their positions.</summary>
    public async Task PutAsync(Hash32 cellsRoot, IReadOnlyList<AssignedCell> cells, CancellationToken cancellationToken)
    {
        string path = PathOf(cellsRoot);
        await AtomicFile.WriteAsync(path, BatchDocument.Write(cells), cancellationToken);
        File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
    }

    /// <summary>The document of a batch, or null when it is not here or was damaged.</summary>
    public async Task<byte[]?> FindAsync(Hash32 cellsRoot, CancellationToken cancellationToken)
    {
        string path = PathOf(cellsRoot);
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] document = await File.ReadAllBytesAsync(path, cancellationToken);
        if (IsDocumentOf(cellsRoot, document))
        {
            return document;
        }

        File.Delete(path);
        return null;
    }

    internal void RemoveOlderThan(DateTime oldestUtc)
    {
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles())
        {
            if (file.LastWriteTimeUtc < oldestUtc)
            {
                file.Delete();
            }
        }
    }

    private static bool IsDocumentOf(Hash32 cellsRoot, byte[] document)
    {
        try
        {
            IReadOnlyList<AssignedCell> cells = BatchDocument.Read(document);
            return BatchTree.ForCells([.. cells.Select(cell => cell.Commitment)]).Root == cellsRoot;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    private string PathOf(Hash32 cellsRoot) => Path.Combine(_folder, $"{cellsRoot.ToString()[2..]}.json");
}
