using System.Numerics;
using System.Text.Json.Serialization;
using System.Text.Json;
using System.Text;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules;

/// <summary>Everything the rewards of one epoch are computed from. Published, so that anyone can compute them
/// again.</summary>
/// <param name="Rule">Name of the formula; a changed formula gets a new name.</param>
/// <param name="ChainId">Chain the rewards are paid on.</param>
/// <param name="Contract">The <c>GreenRewards</c> contract that pays.</param>
/// <param name="Epoch">Number of the epoch.</param>
/// <param name="StartsAt">First second, Unix time.</param>
/// <param name="EndsAt">First second of the next epoch.</param>
/// <param name="AvailableWei">Wei minted for rewards up to and with this epoch, less what earlier roots gave.</param>
/// <param name="PreviousEpoch">Last epoch before this one that has a root; null for the first root.</param>
/// <param name="PreviousRoot">That root: it fixes what everyone had earned before.</param>
/// <param name="Batches">Batches settled in the epoch, ascending by id.</param>
public sealed record EpochInputs(
    string Rule,
    long ChainId,
    Address Contract,
    long Epoch,
    long StartsAt,
    long EndsAt,
    BigInteger AvailableWei,
    long? PreviousEpoch,
    Hash32? PreviousRoot,
    IReadOnlyList<BatchWork> Batches)
{
    /// <summary>The formula this program computes.</summary>
    public const string GreenWork = "gplusck-green-work-2";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters =
        {
            new BigIntegerJsonConverter(),
            new JsonStringEnumConverter<EnergySource>(JsonNamingPolicy.CamelCase),
        },
    };

    /// <summary>The inputs as canonical JSON, see <see cref="CanonicalJson"/>.</summary>
    public string ToJson() => CanonicalJson.TextOf(JsonSerializer.Serialize(this, Json));

    /// <summary>keccak-256 of the UTF-8 bytes of <see cref="ToJson"/>: the <c>inputsHash</c> on chain.</summary>
    public Hash32 Hash() => Keccak.Hash(Encoding.UTF8.GetBytes(ToJson()));

    /// <summary>Reads published inputs.</summary>
    /// <exception cref="JsonException">Not inputs of this formula.</exception>
    public static EpochInputs Parse(string json)
    {
        EpochInputs inputs = JsonSerializer.Deserialize<EpochInputs>(json, Json)
            ?? throw new JsonException("No inputs.");
        return inputs.Rule == GreenWork ? inputs : throw new JsonException($"The rule is not {GreenWork}.");
    }
}
