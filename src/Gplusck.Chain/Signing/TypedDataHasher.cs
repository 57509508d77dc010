using System.Collections;
using System.Globalization;
using System.Text;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Signing;

/// <summary>hashStruct, encodeType and encodeData of EIP-712 over one set of struct types.</summary>
internal sealed class TypedDataHasher(IReadOnlyDictionary<string, IReadOnlyList<TypedDataField>> types)
{
    private readonly Dictionary<string, Hash32> _typeHashes = [];

    public Hash32 HashStruct(string type, IReadOnlyDictionary<string, object> values)
    {
        IReadOnlyList<TypedDataField> fields = types.TryGetValue(type, out IReadOnlyList<TypedDataField>? found)
            ? found
            : throw new InvalidInputException($"The typed data has no type {type}.");
        if (values.Count != fields.Count)
        {
            throw new InvalidInputException($"A {type} has {fields.Count} members, not {values.Count}.");
        }

        byte[] encoded = new byte[Hash32.Length * (1 + fields.Count)];
        TypeHash(type).CopyTo(encoded);
        for (int position = 0; position < fields.Count; position++)
        {
            TypedDataField field = fields[position];
            object value = values.TryGetValue(field.Name, out object? given)
                ? given
                : throw new InvalidInputException($"The {type} lacks its member {field.Name}.");
            Encode(field.Type, value).CopyTo(encoded.AsSpan(Hash32.Length * (position + 1)));
        }

        return Keccak.Hash(encoded);
    }

    private Hash32 Encode(string type, object value)
    {
        if (type.EndsWith(']'))
        {
            return EncodeArray(type, value);
        }

        if (!types.ContainsKey(type))
        {
            return TypedDataValue.Encode(type, value);
        }

        return value is IReadOnlyDictionary<string, object> members
            ? HashStruct(type, members)
            : throw new InvalidInputException($"A {type} needs a dictionary of its members.");
    }

    private Hash32 EncodeArray(string type, object value)
    {
        int bracket = type.LastIndexOf('[');
        if (value is string or byte[] || value is not IEnumerable elements || bracket < 1)
        {
            throw new InvalidInputException($"A {type} needs a list.");
        }

        string elementType = type[..bracket];
        Hash32[] encoded = [.. elements.Cast<object>().Select(element => Encode(elementType, element))];
        string length = type[(bracket + 1)..^1];
        if (length.Length > 0 && length != encoded.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidInputException($"A {type} does not have {encoded.Length} elements.");
        }

        return Keccak.Hash(encoded.SelectMany(element => element.ToArray()).ToArray());
    }

    private Hash32 TypeHash(string type)
    {
        if (!_typeHashes.TryGetValue(type, out Hash32 hash))
        {
            SortedSet<string> referenced = new(StringComparer.Ordinal);
            Collect(type, referenced);
            referenced.Remove(type);
            string encoded = string.Concat(referenced.Prepend(type).Select(name =>
                $"{name}({string.Join(',', types[name].Select(field => $"{field.Type} {field.Name}"))})"));
            hash = Keccak.Hash(Encoding.UTF8.GetBytes(encoded));
            _typeHashes.Add(type, hash);
        }

        return hash;
    }

    private void Collect(string type, SortedSet<string> found)
    {
        int bracket = type.IndexOf('[', StringComparison.Ordinal);
        string name = bracket < 0 ? type : type[..bracket];
        if (types.TryGetValue(name, out IReadOnlyList<TypedDataField>? fields) && found.Add(name))
        {
            foreach (TypedDataField field in fields)
            {
                Collect(field.Type, found);
            }
        }
    }
}
