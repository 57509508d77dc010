using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Bindings;

/// <summary>Gplusck's contracts on one chain, as contracts/script/Deploy.s.sol wrote them down.</summary>
/// <remarks>
/// <c>{"chainId":31337,"block":1,"contracts":{"Gpuck":"0x…",…}}</c>, one address for each bound contract.
/// </remarks>
public sealed class Deployment
{
    private Deployment(ulong chainId, long block, IReadOnlyDictionary<string, Address> addresses)
    {
        ChainId = chainId;
        Block = block;
        Addresses = addresses;
        Gpuck = new(addresses[nameof(Gpuck)]);
        Emission = new(addresses[nameof(Emission)]);
        Terms = new(addresses[nameof(Terms)]);
        Guardian = new(addresses[nameof(Guardian)]);
        GpuckTimelock = new(addresses[nameof(GpuckTimelock)]);
        GpuckGovernor = new(addresses[nameof(GpuckGovernor)]);
        NodeRegistry = new(addresses[nameof(NodeRegistry)]);
        StakeVault = new(addresses[nameof(StakeVault)]);
        StakedVotes = new(addresses[nameof(StakedVotes)]);
        ComputeMarket = new(addresses[nameof(ComputeMarket)]);
        MicrocellCourt = new(addresses[nameof(MicrocellCourt)]);
        ForcedOpening = new(addresses[nameof(ForcedOpening)]);
        FaultCourt = new(addresses[nameof(FaultCourt)]);
        GreenBoost = new(addresses[nameof(GreenBoost)]);
        EmissionFactors = new(addresses[nameof(EmissionFactors)]);
        CarbonCertificate = new(addresses[nameof(CarbonCertificate)]);
        RetirementReceipt = new(addresses[nameof(RetirementReceipt)]);
        RetirementDocument = new(addresses[nameof(RetirementDocument)]);
        GreenRewards = new(addresses[nameof(GreenRewards)]);
        CarbonMarket = new(addresses[nameof(CarbonMarket)]);
        CarbonPool = new(addresses[nameof(CarbonPool)]);
        CarbonPair = new(addresses[nameof(CarbonPair)]);
    }

    /// <summary>EIP-155 id of the chain.</summary>
    public ulong ChainId { get; }

    /// <summary>A block that no contract is older than: where an index starts.</summary>
    public long Block { get; }

    /// <summary>Address of each contract under its name.</summary>
    public IReadOnlyDictionary<string, Address> Addresses { get; }

    /// <summary>The token.</summary>
    public Gpuck Gpuck { get; }

    /// <summary>The emission schedule, only minter of the token.</summary>
    public Emission Emission { get; }

    /// <summary>Every figure governance may move.</summary>
    public Terms Terms { get; }

    /// <summary>Pauses entry, cancels proposals, disables reward roots; nothing else.</summary>
    public Guardian Guardian { get; }

    /// <summary>The timelock that governance acts through.</summary>
    public GpuckTimelock GpuckTimelock { get; }

    /// <summary>Proposals and votes.</summary>
    public GpuckGovernor GpuckGovernor { get; }

    /// <summary>Nodes and where they stand.</summary>
    public NodeRegistry NodeRegistry { get; }

    /// <summary>Stake behind nodes.</summary>
    public StakeVault StakeVault { get; }

    /// <summary>Votes of staked GPUCK at past times.</summary>
    public StakedVotes StakedVotes { get; }

    /// <summary>Jobs, batches and who gets paid.</summary>
    public ComputeMarket ComputeMarket { get; }

    /// <summary>Judge of wrong elements.</summary>
    public MicrocellCourt MicrocellCourt { get; }

    /// <summary>Demands for withheld data.</summary>
    public ForcedOpening ForcedOpening { get; }

    /// <summary>Judge of attested faults.</summary>
    public FaultCourt FaultCourt { get; }

    /// <summary>The boost from retired green Wh.</summary>
    public GreenBoost GreenBoost { get; }

    /// <summary>Emission factors per electricity source.</summary>
    public EmissionFactors EmissionFactors { get; }

    /// <summary>Certificates of electricity used.</summary>
    public CarbonCertificate CarbonCertificate { get; }

    /// <summary>Soulbound receipts of retirements.</summary>
    public RetirementReceipt RetirementReceipt { get; }

    /// <summary>Draws the receipts.</summary>
    public RetirementDocument RetirementDocument { get; }

    /// <summary>Green incentives.</summary>
    public GreenRewards GreenRewards { get; }

    /// <summary>Signed orders for certificates.</summary>
    public CarbonMarket CarbonMarket { get; }

    /// <summary>Fungible index of green certificates.</summary>
    public CarbonPool CarbonPool { get; }

    /// <summary>GPUCK against the pool token.</summary>
    public CarbonPair CarbonPair { get; }

    /// <summary>Reads a deployment file.</summary>
    /// <exception cref="InvalidInputException">
    /// The file is not there or is not a deployment of all contracts.
    /// </exception>
    public static Deployment Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            throw new InvalidInputException($"The deployment {path} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the text of a deployment file.</summary>
    /// <exception cref="InvalidInputException">Not a deployment of all contracts.</exception>
    public static Deployment Parse(string json)
    {
        DeploymentFile? file;
        try
        {
            file = JsonSerializer.Deserialize<DeploymentFile>(json, JsonSerializerOptions.Web);
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException("It is not JSON with chainId, block and contracts.", exception);
        }

        if (file is not { ChainId: > 0, Block: >= 0, Contracts: not null })
        {
            throw new InvalidInputException("It lacks chainId, block or contracts.");
        }

        string[] missing = [.. ContractAbi.Names.Where(name => !file.Contracts.ContainsKey(name))];
        return missing.Length == 0
            ? new Deployment(file.ChainId, file.Block.Value, file.Contracts)
            : throw new InvalidInputException($"It has no address for {string.Join(", ", missing)}.");
    }

    private sealed record DeploymentFile(ulong ChainId, long? Block, Dictionary<string, Address>? Contracts);
}
