using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Abi;

/// <summary>
/// Encodes values whose types are known at run time only, from the forms that <see cref="AbiDecoder"/> gives.
/// </summary>
/// <remarks>
/// Also taken: any integer of C# and enums for integers, <see cref="Hash32"/> for bytes32, any list for an array.
/// </remarks>
public static class AbiEncoder
{
    /// <summary>The parameter list of <paramref name="values"/>.</summary>
    /// <exception cref="AbiException">A value its type cannot hold, or not one value for each type.</exception>
    public static byte[] Encode(IReadOnlyList<AbiType> types, IReadOnlyList<object> values)
    {
        RequireCount(types.Count, values.Count);
        AbiWriter writer = new(types.Sum(type => type.HeadBytes));
        for (int index = 0; index < types.Count; index++)
        {
            Write(writer, types[index], values[index]);
        }

        return writer.ToArray();
    }

    /// <summary>Writes one value of <paramref name="type"/> at the writer's position.</summary>
    public static void Write(AbiWriter writer, AbiType type, object value)
    {
        switch (type.Kind)
        {
            case AbiKind.UnsignedInteger:
                writer.WriteUInt(Integer(type, value), type.Size);
                break;
            case AbiKind.SignedInteger:
                writer.WriteInt(Integer(type, value), type.Size);
                break;
            case AbiKind.Address:
                writer.WriteAddress(value is Address address ? address : throw Mismatch(type, value));
                break;
            case AbiKind.Boolean:
                writer.WriteBool(value is bool flag ? flag : throw Mismatch(type, value));
                break;
            case AbiKind.FixedBytes or AbiKind.Function:
                writer.WriteFixedBytes(Bytes(type, value), type.Size);
                break;
            case AbiKind.Bytes:
                writer.WriteBytes(Bytes(type, value));
                break;
            case AbiKind.Text:
                writer.WriteString(value as string ?? throw Mismatch(type, value));
                break;
            default:
                WriteList(writer, type, value as IReadOnlyList<object> ?? throw Mismatch(type, value));
                break;
        }
    }

    internal static void WriteMembers(
        AbiWriter writer, IReadOnlyList<AbiParameter> members, IReadOnlyList<object> values)
    {
        RequireCount(members.Count, values.Count);
        for (int index = 0; index < members.Count; index++)
        {
            Write(writer, members[index].Type, values[index]);
        }
    }

    private static void WriteList(AbiWriter writer, AbiType type, IReadOnlyList<object> values)
    {
        AbiFrame? outer = type switch
        {
            { Kind: AbiKind.Array } => writer.EnterArray(values.Count, type.Element!.HeadBytes),
            { IsDynamic: false } => null,
            { Kind: AbiKind.Tuple } => writer.Enter(AbiType.InnerHeadBytes(type.Components)),
            _ => writer.Enter(type.Size * type.Element!.HeadBytes),
        };
        if (type.Kind == AbiKind.Tuple)
        {
            WriteMembers(writer, type.Components, values);
        }
        else
        {
            int count = type.Kind == AbiKind.Array ? values.Count : type.Size;
            writer.WriteElements(values, count, (elements, value) => Write(elements, type.Element!, value));
        }

        if (outer is { } frame)
        {
            writer.Leave(frame);
        }
    }

    private static BigInteger Integer(AbiType type, object value) => value switch
    {
        BigInteger number => number,
        byte or ushort or uint or ulong => Convert.ToUInt64(value, null),
        sbyte or short or int or long => Convert.ToInt64(value, null),
        Enum member => Convert.ToInt64(member, null),
        _ => throw Mismatch(type, value),
    };

    private static byte[] Bytes(AbiType type, object value) => value switch
    {
        byte[] bytes => bytes,
        Hash32 hash when type.Size == Hash32.Length => hash.ToArray(),
        _ => throw Mismatch(type, value),
    };

    private static void RequireCount(int expected, int actual)
    {
        if (expected != actual)
        {
            throw new AbiException($"{expected} values are wanted, not {actual}.");
        }
    }

    private static AbiException Mismatch(AbiType type, object value) =>
        new($"A {type} cannot be made from a {value?.GetType().Name ?? "null"}.");
}
