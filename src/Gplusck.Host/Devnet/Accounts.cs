using Gplusck.Chain.Signing;

namespace Gplusck.Host.Devnet;

/// <summary>
/// Who is who on the devnet. The keys are anvil's well-known ones: DEVELOPMENT ONLY, worthless anywhere else.
/// </summary>
internal static class Accounts
{
    /// <summary>DEVELOPMENT ONLY: the first of anvil's keys, as forge wants it on its command line.</summary>
    public const string DeployerKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    /// <summary>Deploys the contracts and holds the genesis supply.</summary>
    public static PrivateKey Deployer => DevKeys.All[0];

    /// <summary>Settles, mints epochs; one of the two recomputers of reward roots.</summary>
    public static PrivateKey Jobs => DevKeys.All[1];

    /// <summary>Proves faults; the other recomputer of reward roots.</summary>
    public static PrivateKey Verifier => DevKeys.All[2];

    /// <summary>Pays for the training job.</summary>
    public static PrivateKey Requester => DevKeys.All[3];
}
