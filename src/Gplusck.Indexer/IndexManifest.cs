using Gplusck.Chain;
using Gplusck.Indexer.Manifests;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer;

/// <summary>Which contracts are mirrored, from which block, into which schema, with which projections.</summary>
/// <remarks>A manifest that exists is valid: what is wrong with one is said when it is made.</remarks>
public sealed class IndexManifest
{
    /// <summary>A manifest made in code.</summary>
    /// <param name="schema">Postgres schema that holds the tables; the indexer makes it and owns it.</param>
    /// <param name="contracts">At least one.</param>
    /// <exception cref="InvalidInputException">A name, event or projection is wrong; it says which.</exception>
    public IndexManifest(string schema, IReadOnlyList<IndexedContract> contracts)
    {
        Schema = schema;
        Contracts = contracts;
        Plan = SchemaPlan.Build(this);
    }

    /// <summary>Postgres schema that holds the tables.</summary>
    public string Schema { get; }

    /// <summary>The contracts, each with a name and an address of its own.</summary>
    public IReadOnlyList<IndexedContract> Contracts { get; }

    internal SchemaPlan Plan { get; }

    /// <summary>Reads a manifest file. ABI paths in it are relative to its folder.</summary>
    /// <exception cref="InvalidInputException">No such file, or its content is wrong.</exception>
    public static async Task<IndexManifest> LoadAsync(string path, CancellationToken cancellationToken)
    {
        string json;
        try
        {
            json = await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The manifest {path} cannot be read: {error.Message}", error);
        }

        return Parse(json, Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads a manifest's text. ABI paths in it are relative to <paramref name="folder"/>.</summary>
    /// <exception cref="InvalidInputException">The content is wrong; the message says what and where.</exception>
    public static IndexManifest Parse(string json, string folder = ".") => ManifestReader.Read(json, folder);
}
