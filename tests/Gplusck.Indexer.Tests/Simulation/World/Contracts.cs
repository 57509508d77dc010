using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>The contracts that are mirrored, one that is not, and the manifest that says so.</summary>
internal static class Contracts
{
    public const string Transfer = "Transfer(address,address,uint256)";
    public const string Approval = "Approval(address,address,uint256)";
    public const string Single = "TransferSingle(address,address,address,uint256,uint256)";
    public const string Batch = "TransferBatch(address,address,address,uint256[],uint256[])";
    public const string Note = "Note(uint8,string,bytes,int64[],(bool,address))";
    public const string PingNumber = "Ping(uint256)";
    public const string PingAddress = "Ping(address,bool)";
    public const string Label = "Label(string,int256)";

    public static readonly string Coin = $"0x{new string('c', 40)}";
    public static readonly string Nft = $"0x{new string('d', 40)}";
    public static readonly string Multi = $"0x{new string('e', 40)}";
    public static readonly string Zoo = $"0x{new string('f', 40)}";

    /// <summary>Logs the same topics, and nobody asked for it.</summary>
    public static readonly string Stranger = $"0x{new string('a', 40)}";

    /// <summary>
    /// What each contract derives. A projection that is named here is compared; ExpectedProjections knows three.
    /// </summary>
    private static readonly Dictionary<string, string[]> Projections = new()
    {
        ["Coin"] = ["erc20_balance"],
        ["Nft"] = [],
        ["Multi"] = [],
        ["Zoo"] = [],
    };

    public static bool Derives(string projection) => Projections.Values.Any(names => names.Contains(projection));

    public static IndexManifest Manifest(string schema, StartBlocks start) => new(
        schema,
        [
            Contract(
                "Coin", Coin, start.Coin, [Transfer3(""), Event("Approval", "owner!", "spender!", "value uint256")]),
            Contract("Nft", Nft, start.Nft, [Transfer3("!")]),
            Contract(
                "Multi",
                Multi,
                start.Multi,
                [
                    Event("TransferSingle", "operator!", "from!", "to!", "id uint256", "value uint256"),
                    Event("TransferBatch", "operator!", "from!", "to!", "ids uint256[]", "values uint256[]"),
                ]),
            Contract("Zoo", Zoo, start.Zoo, ZooEvents()),
        ]);

    private static string Transfer3(string indexed) => Event("Transfer", "from!", "to!", $"value{indexed} uint256");

    private static string[] ZooEvents() =>
    [
        """
        {"type":"event","name":"Note","inputs":[{"name":"kind","type":"uint8","indexed":true},
            {"name":"message","type":"string"},{"name":"blob","type":"bytes"},{"name":"numbers","type":"int64[]"},
            {"name":"pair","type":"tuple","components":[{"name":"flag","type":"bool"},
                {"name":"who","type":"address"}]}]}
        """,
        Event("Ping", "number uint256"),
        Event("Ping", "who address", "flag bool"),
        Event("Label", "label! string", "amount int256"),
        """{"type":"event","name":"Nameless","anonymous":true,"inputs":[{"name":"number","type":"uint256"}]}""",
    ];

    // "name type", "name! type" when indexed; an address when the type is left out.
    private static string Event(string name, params string[] inputs)
    {
        IEnumerable<string> json = inputs.Select(input => input.Split(' ')).Select(parts =>
            $$"""
            {"name":"{{parts[0].TrimEnd('!')}}","type":"{{parts.ElementAtOrDefault(1) ?? "address"}}",
                "indexed":{{(parts[0].EndsWith('!') ? "true" : "false")}}}
            """);
        return $$"""{"type":"event","name":"{{name}}","inputs":[{{string.Join(',', json)}}]}""";
    }

    private static IndexedContract Contract(string name, string address, long startBlock, string[] events) => new(
        name,
        Address.Parse(address),
        startBlock,
        AbiContract.Parse($"[{string.Join(',', events)}]"),
        Projections[name]);
}
