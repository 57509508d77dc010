using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Signing;

/// <summary>For which application, chain and contract a typed signature counts. Null members are no part.</summary>
/// <param name="Name">The application.</param>
/// <param name="Version">Its version.</param>
/// <param name="ChainId">The chain.</param>
/// <param name="VerifyingContract">The contract that checks the signature.</param>
/// <param name="Salt">Tells apart what the others do not.</param>
public sealed record TypedDataDomain(
    string? Name, string? Version, long? ChainId, Address? VerifyingContract, Hash32? Salt = null)
{
    private const string TypeName = "EIP712Domain";

    /// <summary>The domain separator: the hash of the domain as a struct of the members it has.</summary>
    public Hash32 Separator
    {
        get
        {
            List<TypedDataField> fields = [];
            Dictionary<string, object> values = [];
            Add("name", "string", Name);
            Add("version", "string", Version);
            Add("chainId", "uint256", ChainId);
            Add("verifyingContract", "address", VerifyingContract);
            Add("salt", "bytes32", Salt);
            Dictionary<string, IReadOnlyList<TypedDataField>> types = new() { [TypeName] = fields };
            return new TypedDataHasher(types).HashStruct(TypeName, values);

            void Add(string name, string type, object? value)
            {
                if (value is not null)
                {
                    fields.Add(new TypedDataField(name, type));
                    values.Add(name, value);
                }
            }
        }
    }
}
