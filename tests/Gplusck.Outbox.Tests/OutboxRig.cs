using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Database;
using Gplusck.Host.Devnet;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Outbox.Tests;

/// <summary>A database, a chain of its own, and senders that come and go.</summary>
internal sealed class OutboxRig : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-outbox-").FullName;
    private readonly List<OutboxSender> _senders = [];
    private readonly RecordingLogger _log = new();
    private Anvil? _node;

    private OutboxRig(NpgsqlDataSource dataSource)
    {
        DataSource = dataSource;
        Outbox = new TransactionOutbox(dataSource);
    }

    public NpgsqlDataSource DataSource { get; }

    public TransactionOutbox Outbox { get; }

    public PrivateKey Key { get; } = DevKeys.All[7];

    public OutboxOptions Options { get; } =
        new() { PollMilliseconds = 10, ConfirmationDepth = 20, GapPatienceSeconds = 0 };

    public JsonRpcClient Rpc { get; private set; } = null!;

    public EthereumClient Chain { get; private set; } = null!;

    public static async Task<OutboxRig> StartAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        NpgsqlDataSource dataSource = PostgresDataSource.Create(await postgres.CreateDatabaseAsync(cancellationToken));
        await new Migrator(dataSource).MigrateAsync(cancellationToken);
        OutboxRig rig = new(dataSource);
        rig._node = await Anvil.StartAsync(rig._folder, blockSeconds: null, TimeProvider.System, cancellationToken);
        rig.Rpc = rig.Connect(new SocketsHttpHandler());
        rig.Chain = new EthereumClient(rig.Rpc);
        await rig.CallAsync("anvil_setCode", cancellationToken, $"{TestContracts.Counter}", TestContracts.CounterCode);
        await rig.CallAsync("anvil_setCode", cancellationToken, $"{TestContracts.Moody}", TestContracts.MoodyCode);
        return rig;
    }

    public JsonRpcClient Connect(HttpMessageHandler handler)
    {
#pragma warning disable RS0030 // the rig is the process boundary: each test wires its own handler
        HttpClient http = new(handler);
#pragma warning restore RS0030
        return new JsonRpcClient(http, _node!.Url, new JsonRpcOptions(), TimeProvider.System);
    }

    public Task<JsonElement> CallAsync(
        string method, CancellationToken cancellationToken, params object?[] arguments) =>
        Rpc.CallAsync(method, arguments, cancellationToken);

    public async Task<OutboxSender> StartSenderAsync(CancellationToken cancellationToken, EthereumClient? chain = null)
    {
        Dictionary<Address, PrivateKey> keys = new() { [Key.Address] = Key };
        OutboxSender sender = new(
            DataSource, chain ?? Chain, keys, Options, TimeProvider.System, _log);
        _senders.Add(sender);
        await sender.StartAsync(cancellationToken);
        return sender;
    }

    public async Task<bool> EnqueueAsync(
        string key, Address to, BigInteger word, CancellationToken cancellationToken, string? after = null,
        long gasFloor = 0)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(cancellationToken);
        return await Outbox.EnqueueAsync(
            connection, null, key, Key.Address, to, TestContracts.Word(word), cancellationToken, after, gasFloor);
    }

    public Task CountAsync(int slot, CancellationToken cancellationToken) =>
        EnqueueAsync($"count:{slot}", TestContracts.Counter, slot, cancellationToken);

    /// <summary>How often the counter was called for a slot.</summary>
    public async Task<BigInteger> CountedAsync(int slot, CancellationToken cancellationToken)
    {
        JsonElement word = await CallAsync(
            "eth_getStorageAt", cancellationToken, $"{TestContracts.Counter}", $"0x{slot:x}", "latest");
        return BigInteger.Parse($"0{word.GetString()![2..]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlyList<BigInteger>> CountedAsync(
        IEnumerable<int> slots, CancellationToken cancellationToken)
    {
        List<BigInteger> counts = [];
        foreach (int slot in slots)
        {
            counts.Add(await CountedAsync(slot, cancellationToken));
        }

        return counts;
    }

    public async Task<OutboxStatus> WaitForAsync(string key, OutboxState state, CancellationToken cancellationToken)
    {
        OutboxStatus? status = null;
        await WaitUntilAsync(
            async () => (status = await Outbox.StatusAsync(key, cancellationToken))?.State == state,
            () => $"{key} is {status} and not {state}. {_log.Lines}",
            cancellationToken);
        return status!;
    }

    public Task WaitForAllConfirmedAsync(CancellationToken cancellationToken) => WaitUntilAsync(
        async () => await OpenAsync(cancellationToken) == 0,
        () => $"some are still open. {_log.Lines}",
        cancellationToken);

    public async Task<long> OpenAsync(CancellationToken cancellationToken) => await ScalarAsync<long>(
        "SELECT count(*) FROM outbox.transaction WHERE state IN ('queued', 'sent')", cancellationToken);

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QuerySingleAsync<T>(sql, null, cancellationToken))!;
    }

    public static async Task WaitUntilAsync(
        Func<Task<bool>> holds, Func<string> otherwise, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, otherwise());
            await Task.Delay(20, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (OutboxSender sender in _senders)
        {
            await sender.StopAsync(CancellationToken.None);
            sender.Dispose();
        }

        await _node!.DisposeAsync();
        await DataSource.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
