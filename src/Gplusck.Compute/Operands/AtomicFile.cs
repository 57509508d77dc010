namespace Gplusck.Compute.Operands;

/// <summary>Files that are either whole or not there.</summary>
internal static class AtomicFile
{
    /// <summary>What a file ends with while it is being written.</summary>
    public const string UnfinishedSuffix = ".unfinished";

    /// <summary>Writes beside the path and renames; a crash leaves the old file or none.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string unfinished = $"{path}.{Guid.NewGuid():n}{UnfinishedSuffix}";
        try
        {
            await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
