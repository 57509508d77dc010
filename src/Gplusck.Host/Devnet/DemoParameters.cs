namespace Gplusck.Host.Devnet;

/// <summary>
/// The devnet's contract parameters: days shrunk to seconds, so that a visitor sees whole cycles in a minute.
/// </summary>
internal static class DemoParameters
{
    private const string Ether = "000000000000000000";

    /// <summary>Environment of contracts/script/Deploy.s.sol; what is not named keeps its production default.</summary>
    public static IReadOnlyDictionary<string, string> Contracts { get; } = new Dictionary<string, string>
    {
        ["CHALLENGE_SECONDS"] = "12",
        ["JAIL_SECONDS"] = "20",
        ["UNBONDING_SECONDS"] = "120",
        ["EPOCH_SECONDS"] = "30",
        ["ROOT_DELAY_SECONDS"] = "5",
        ["EPOCH_BUDGET_WEI"] = $"100{Ether}",
        ["EPOCHS_PER_STEP"] = "2880",
        ["REWARD_RECOMPUTERS"] = $"{Accounts.Jobs.Address},{Accounts.Verifier.Address}",
    };
}
