using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;

namespace Gplusck.Host.Devnet;

/// <summary>
/// Where a devnet keeps its chain, database, contracts' addresses and operands. One devnet at a time uses it.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    public string Postgres => In("postgres");

    public string Chain => In("chain");

    public string Operands => In("operands");

    public string DeploymentFile => In("deployment.json");

    public string LogFile => In("gplusck.log");

    /// <summary>Takes the folder, making it when it is not there.</summary>
    /// <exception cref="InvalidInputException">It cannot be written, or another devnet uses it.</exception>
    public static DataFolder Take(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The data folder {full} cannot be made: {error.Message}", error);
        }

        try
        {
            string file = System.IO.Path.Combine(full, "lock");
            return new DataFolder(full,
                new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InvalidInputException($"The data folder {full} cannot be written by this user.", error);
        }
        catch (IOException error)
        {
            throw new InvalidInputException(
                $"Another devnet runs on {full}: stop it, or give this one a folder of its own with --data.", error);
        }
    }

    /// <summary>Notes where the running devnet's node and database are, for other programs of this user.</summary>
    public async Task WriteConnectionsAsync(Uri rpc, string database, CancellationToken cancellationToken)
    {
        FileStreamOptions mode = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using FileStream file = new(In("connections.json"), mode);
        await JsonSerializer.SerializeAsync(
            file, new Connections(rpc, database), JsonSerializerOptions.Web, cancellationToken);
    }

    /// <summary>Reads what the running devnet on <paramref name="path"/> noted.</summary>
    /// <exception cref="InvalidInputException">No devnet has run there.</exception>
    public static (Connections Connections, Deployment Deployment) Read(string path)
    {
        string file = System.IO.Path.Combine(path, "connections.json");
        if (!File.Exists(file))
        {
            throw new InvalidInputException(
                $"No devnet has run on {path}: start one with `./gplusck up`, or give --data.");
        }

        Connections connections =
            JsonSerializer.Deserialize<Connections>(File.ReadAllText(file), JsonSerializerOptions.Web)
            ?? throw new InvalidInputException($"{file} holds no connections.");
        return (connections, Deployment.Load(System.IO.Path.Combine(path, "deployment.json")));
    }

    public void Dispose() => _lock.Dispose();

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
