namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>What one seed has in store: how the indexer is set, and how often what goes wrong.</summary>
internal sealed class FaultPlan
{
    /// <summary>Faults of a node that is honest, with a low and a high rate per request.</summary>
    private static readonly (string Fault, double Low, double High)[] Flaky =
    [
        ("rpc error", 0.01, 0.05), ("429", 0.01, 0.05), ("429 storm", 0.002, 0.006), ("5xx", 0.01, 0.04),
        ("cut body", 0.005, 0.02), ("no JSON", 0.005, 0.02), ("reset", 0.005, 0.02), ("timeout", 0.005, 0.02),
        ("delay", 0.01, 0.05), ("null", 0.005, 0.02), ("null burst", 0.002, 0.006), ("lost answer", 0.01, 0.03),
        ("repeated answer", 0.005, 0.02), ("batch error", 0.005, 0.02), ("shuffle", 0.2, 0.5),
        ("lagging backend", 0.01, 0.05), ("old branch", 0.01, 0.05), ("removed log", 0.02, 0.1),
    ];

    private readonly Dictionary<string, double> _rates = [];

    public FaultPlan(Dice dice)
    {
        IsLiar = dice.Seed % 4 == 1;
        Verify = IsLiar ? VerifyMode.Full
            : dice.Pick([VerifyMode.Full, VerifyMode.Full, VerifyMode.Bloom, VerifyMode.Off], "verify");
        RangeBlocksMax = dice.Pick([2, 10, 50, 500], "range");
        RangeEventsTarget = dice.Pick([5, 100, 20_000], "events");
        ReceiptRequestsMax = dice.Pick([1, 4, 8], "receipts");
        BatchCallsMax = dice.Pick([5, 100], "batch");
        RetriesMax = dice.Pick([0, 2, 5], "retries");
        LogsMax = dice.Pick([100, 1_000, int.MaxValue], "logs cap");
        LogBlocksMax = dice.Pick([10, 100, int.MaxValue], "blocks cap");
        _rates["move"] = dice.Pick([0.01, 0.03, 0.1], "move");
        _rates["move at the tip"] = dice.Pick([0.1, 0.3], "move at the tip");
        _rates["read"] = 0.02;
        if (IsLiar)
        {
            _rates["lie"] = dice.Pick([0.1, 0.3], "lie");
            _rates["idle lie"] = 0.1;
            return;
        }

        foreach ((string fault, double low, double high) in Flaky)
        {
            _rates[fault] = dice.Pick([0, low, high], "rate", fault);
        }

        _rates["restart"] = dice.Pick([0, 0.01, 0.03], "restart");
        _rates["kill"] = dice.Pick([0, 0.01, 0.03], "kill");
        DatabaseFaultsPer1024 = dice.Pick([0, 4, 12], "database");
        if (LiesAllowed)
        {
            _rates["lie"] = dice.Pick([0, 0.01, 0.05], "lie");
            _rates["idle lie"] = dice.Pick([0, 0.05], "idle lie");
        }
    }

    public VerifyMode Verify { get; }

    /// <summary>
    /// Nothing goes wrong but lies, one at a time, on a chain without forks: each of them has to be named.
    /// </summary>
    public bool IsLiar { get; }

    /// <summary>Without proofs a lie is believed, so none is told.</summary>
    public bool LiesAllowed => Verify != VerifyMode.Off;

    public int RangeBlocksMax { get; }

    public int RangeEventsTarget { get; }

    public int ReceiptRequestsMax { get; }

    public int BatchCallsMax { get; }

    public int RetriesMax { get; }

    /// <summary>Most logs in an answer, a single block's excepted.</summary>
    public int LogsMax { get; }

    /// <summary>Most blocks in a query for logs.</summary>
    public int LogBlocksMax { get; }

    /// <summary>Of how many writes in 1,024 half fail and half lose their connection.</summary>
    public int DatabaseFaultsPer1024 { get; }

    public double Rate(string fault) => _rates.GetValueOrDefault(fault);
}
