using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.Tokenomics.Rules;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>The model's state: all books, and who acts in them.</summary>
internal sealed class World
{
    public static readonly BigInteger OneGpuck = BigInteger.Pow(10, 18);
    public static readonly BigInteger GenesisSupply = 600_000_000 * OneGpuck;

    /// <summary>Account 0 holds all GPUCK at first; the others get theirs by transfer.</summary>
    public static readonly Address Holder = DevKeys.All[0].Address;

    /// <summary>What the deployment is told: windows of minutes and hours, so that a run of days sees them
    /// end.</summary>
    public static readonly IReadOnlyDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["REWARD_RECOMPUTERS"] = $"{DevKeys.All[1].Address},{DevKeys.All[2].Address}",
        ["CHALLENGE_SECONDS"] = "1800",
        ["ROUND_SECONDS"] = "60",
        ["UNBONDING_SECONDS"] = "7200",
        ["JAIL_SECONDS"] = "900",
        ["EVIDENCE_AGE_SECONDS"] = $"{EvidenceAgeSeconds}",
        ["RESPONSE_SECONDS"] = "60",
        ["RULING_SECONDS"] = "60",
        ["APPEAL_SECONDS"] = "60",
        ["EPOCH_SECONDS"] = "3600",
        ["EPOCHS_PER_STEP"] = "5",
        ["EPOCH_BUDGET_WEI"] = "1000000000000000000007",
    };

    private const int EvidenceAgeSeconds = 3_600;

    public World(ModelChain chain, EmissionSchedule schedule)
    {
        (Chain, Now) = (chain, chain.StartsAt);
        Terms = new Terms
        {
            ChallengeSeconds = 1_800, UnbondingSeconds = 7_200, JailSeconds = 900,
            Fees = new FeeSplit(4_000, 1_000, 1_000), RedeemBps = 100, SwapBps = 30,
            MinimumStakeWei = 10_000 * OneGpuck,
        };
        Gpuck = new TokenLedger();
        Gpuck.Mint(Holder, GenesisSupply);
        Nodes = new NodeLedger(Terms);
        Stakes = new StakeLedger(Gpuck, Nodes, Terms, chain["StakeVault"]);
        Certificates = new CertificateLedger();
        Work = new WorkLedger(
            Gpuck, Nodes, Stakes, Certificates, Terms, chain["ComputeMarket"], chain["GpuckTimelock"]);
        Emission = new EmissionLedger(Gpuck, schedule, chain["GreenRewards"]);
    }

    public ModelChain Chain { get; }

    /// <summary>Unix time of the act under way.</summary>
    public long Now { get; set; }

    /// <summary>Accounts of people: stakers, operators, requesters and traders are all the same.</summary>
    public IReadOnlyList<Address> People { get; } = [.. DevKeys.All.Skip(1).Take(12).Select(key => key.Address)];

    public Terms Terms { get; }

    public TokenLedger Gpuck { get; }

    public NodeLedger Nodes { get; }

    public StakeLedger Stakes { get; }

    public CertificateLedger Certificates { get; }

    public WorkLedger Work { get; }

    public EmissionLedger Emission { get; }

    /// <summary>The operator of the n-th node, made up: anvil sends for anyone.</summary>
    public static Address Operator(long nodeId) => Address.FromBytes(
        Keccak.Hash(BitConverter.GetBytes(nodeId)).ToArray().AsSpan(0, Address.Length));
}
