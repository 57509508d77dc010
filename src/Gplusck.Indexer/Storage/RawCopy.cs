using Gplusck.Indexer.Decoding;
using Npgsql;

namespace Gplusck.Indexer.Storage;

/// <summary>Sends rows that are COPY tuples already.</summary>
internal static class RawCopy
{
    // Signature, flags and the length of the header's extension: PostgreSQL documentation, COPY, Binary Format.
    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Trailer = [0xFF, 0xFF];

    /// <summary>Runs a <c>COPY … FROM STDIN (FORMAT BINARY)</c> inside the connection's transaction.</summary>
    public static async Task SendAsync(
        NpgsqlConnection connection, string copySql, CopyRows rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using NpgsqlRawCopyStream stream =
            await connection.BeginRawBinaryCopyAsync(copySql, cancellationToken);
        await stream.WriteAsync(Head, cancellationToken);
        await stream.WriteAsync(rows.Tuples, cancellationToken);
        await stream.WriteAsync(Trailer, cancellationToken);
    }
}
