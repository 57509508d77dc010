using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Signing;
using Gplusck.Testing;

namespace Gplusck.Tokenomics.Tests.Jobs;

/// <summary>A chain with short windows, an epoch of 1,000 seconds and two recomputers of roots.</summary>
public sealed class DeployedChain() : DeploymentFixture(new Dictionary<string, string>
{
    ["CHALLENGE_SECONDS"] = "10",
    ["EPOCH_SECONDS"] = $"{EpochSeconds}",
    ["EPOCH_BUDGET_WEI"] = $"{BudgetWei}",
    ["EPOCHS_PER_STEP"] = "3",
    ["ROOT_DELAY_SECONDS"] = "1",
})
{
    /// <summary>Test classes that send from the same accounts take turns.</summary>
    public const string Collection = "deployed chain";
    public const int EpochSeconds = 1_000;
    public static readonly BigInteger BudgetWei =
        BigInteger.Parse("1000000000000000000007", CultureInfo.InvariantCulture);

    /// <summary>Holder of the genesis supply, requester of jobs.</summary>
    public static PrivateKey Holder => DevKeys.All[0];

    /// <summary>The account the jobs send from, a recomputer of reward roots.</summary>
    public static PrivateKey Jobs => DevKeys.All[1];

    /// <summary>The other recomputer.</summary>
    public static PrivateKey Recomputer => DevKeys.All[2];
}
