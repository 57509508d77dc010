namespace Gplusck.Indexer.Tests.Clients;

/// <summary>How one of the clients in <c>tests/clients</c> is started and told to mine.</summary>
/// <param name="Name">The npm package and its program.</param>
/// <param name="Arguments">What starts a node with unlocked accounts on the port that follows.</param>
/// <param name="Hold">Calls after which transactions wait.</param>
/// <param name="Release">Calls that mine those that wait, in one block, and let each be mined at once again.</param>
public sealed record ForeignClient(
    string Name,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<(string Method, object?[] Arguments)> Hold,
    IReadOnlyList<(string Method, object?[] Arguments)> Release)
{
    public static ForeignClient Hardhat { get; } = new(
        "hardhat",
        ["--config", "hardhat.config.cjs", "node", "--hostname", "127.0.0.1", "--port"],
        [("evm_setAutomine", [false])],
        [("evm_mine", []), ("evm_setAutomine", [true])]);

    public static ForeignClient Ganache { get; } = new(
        "ganache",
        ["--wallet.deterministic", "--server.host", "127.0.0.1", "--server.port"],
        [("miner_stop", [])],
        [("miner_start", [])]);

    public static ForeignClient Named(string name) =>
        name == Hardhat.Name ? Hardhat : name == Ganache.Name ? Ganache : throw new ArgumentException(name);
}
