using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Signing;

namespace Gplusck.Host.Roles;

/// <summary>
/// The file behind <c>run --config</c>. Secrets are not in it: keys and the database's password come from the
/// environment.
/// </summary>
internal sealed record NetworkConfigFile(Uri? Rpc, string? Database, string? Deployment, Uri? Listen)
{
    private static readonly Uri DefaultListen = new("http://127.0.0.1:4747");

    /// <summary>Reads the file and the environment.</summary>
    /// <exception cref="InvalidInputException">Something is missing or wrong; one sentence.</exception>
    public static NetworkSettings Load(string path, string? roles)
    {
        NetworkConfigFile file = Read(path);
        HashSet<Role> chosen = ParseRoles(roles);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new NetworkSettings
        {
            Rpc = file.Rpc ?? throw Missing(path, "rpc", "the JSON-RPC address of a node"),
            ConnectionString = Environment.GetEnvironmentVariable("GPLUSCK_DATABASE") ?? file.Database
                ?? throw Missing(path, "database", "a Postgres address (or set GPLUSCK_DATABASE)"),
            Deployment = Chain.Bindings.Deployment.Load(Path.Combine(folder, file.Deployment
                ?? throw Missing(path, "deployment", "the file that the deployment script wrote"))),
            Listen = file.Listen ?? DefaultListen,
            Roles = chosen,
            JobsKey = Key("GPLUSCK_JOBS_KEY", chosen.Contains(Role.Jobs)),
            VerifierKey = Key("GPLUSCK_VERIFIER_KEY", chosen.Contains(Role.Verifier)),
        };
    }

    private static NetworkConfigFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<NetworkConfigFile>(File.ReadAllText(path), JsonSerializerOptions.Web)
                ?? throw new InvalidInputException($"{path} holds null where a JSON object is expected.");
        }
        catch (JsonException error)
        {
            throw new InvalidInputException(
                $"{path} is not a JSON object of rpc, database, deployment and listen.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static HashSet<Role> ParseRoles(string? text)
    {
        if (text is null)
        {
            return [.. Enum.GetValues<Role>()];
        }

        HashSet<Role> roles = [];
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            roles.Add(Enum.TryParse(name, ignoreCase: true, out Role role) && Enum.IsDefined(role)
                ? role
                : throw new InvalidInputException(
                    $"`{name}` is no role: --roles takes web, indexer, jobs and verifier."));
        }

        return roles;
    }

    private static PrivateKey? Key(string variable, bool needed)
    {
        string? text = Environment.GetEnvironmentVariable(variable);
        return (text, needed) switch
        {
            (null or "", false) => null,
            (null or "", true) =>
                throw new InvalidInputException($"Set {variable} to the 0x private key this role sends with."),
            _ => PrivateKey.Parse(text!),
        };
    }

    private static InvalidInputException Missing(string path, string name, string what) =>
        new($"{path} lacks \"{name}\": {what}.");
}
