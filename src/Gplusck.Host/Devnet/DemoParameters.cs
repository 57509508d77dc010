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
        // A proof takes three blocks more than the verifier: its reservation, a block between, itself.
        ["CHALLENGE_SECONDS"] = "20",
        ["ROUND_SECONDS"] = "5",
        ["EVIDENCE_AGE_SECONDS"] = "30",
        ["RESPONSE_SECONDS"] = "15",
        ["RULING_SECONDS"] = "15",
        ["APPEAL_SECONDS"] = "15",
        ["APPEAL_VOTE_SECONDS"] = "60",
        // Energy is emulated here, and the pool shows itself with it.
        ["POOL_MINIMUM_TIER"] = "0",
        ["JAIL_SECONDS"] = "20",
        ["UNBONDING_SECONDS"] = "120",
        ["EPOCH_SECONDS"] = "30",
        ["ROOT_DELAY_SECONDS"] = "5",
        ["EPOCH_BUDGET_WEI"] = $"100{Ether}",
        ["EPOCHS_PER_STEP"] = "2880",
        ["REWARD_RECOMPUTERS"] = $"{Accounts.Jobs.Address},{Accounts.Verifier.Address}",
    };
}
