namespace Gplusck.Chain.Abi;

/// <summary>Decodes parameter lists whose types are known at run time only.</summary>
/// <remarks>
/// Values: integers are <see cref="System.Numerics.BigInteger"/>, addresses <see cref="Primitives.Address"/>, bytesN,
/// bytes and function <c>byte[]</c>, arrays and tuples <c>object[]</c>. Strictness as in <see cref="AbiReader"/>.
/// </remarks>
public static class AbiDecoder
{
    /// <summary>
    /// The values of <paramref name="types"/> in <paramref name="data"/>, which may go on behind them.
    /// </summary>
    /// <exception cref="AbiException">The data is not an encoding of these types.</exception>
    public static object[] Decode(IReadOnlyList<AbiType> types, ReadOnlySpan<byte> data)
    {
        AbiReader reader = new(data);
        object[] values = new object[types.Count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Read(ref reader, types[index]);
        }

        return values;
    }

    /// <summary>One value of <paramref name="type"/> at the reader's position.</summary>
    public static object Read(ref AbiReader reader, AbiType type) => type.Kind switch
    {
        AbiKind.UnsignedInteger => reader.ReadUInt256(type.Size),
        AbiKind.SignedInteger => reader.ReadInt256(type.Size),
        AbiKind.Address => reader.ReadAddress(),
        AbiKind.Boolean => reader.ReadBool(),
        AbiKind.FixedBytes or AbiKind.Function => reader.ReadFixedBytes(type.Size),
        AbiKind.Bytes => reader.ReadBytes(),
        AbiKind.Text => reader.ReadString(),
        AbiKind.Array => ReadArray(ref reader, type.Element!),
        _ => ReadFixedArrayOrTuple(ref reader, type),
    };

    internal static object[] ReadMembers(ref AbiReader reader, IReadOnlyList<AbiParameter> members)
    {
        object[] values = new object[members.Count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Read(ref reader, members[index].Type);
        }

        return values;
    }

    private static object[] ReadArray(ref AbiReader reader, AbiType element)
    {
        AbiFrame outer = reader.EnterArray(element.HeadBytes, out int count);
        object[] values = ReadElements(ref reader, element, count);
        reader.Leave(outer);
        return values;
    }

    private static object[] ReadFixedArrayOrTuple(ref AbiReader reader, AbiType type)
    {
        AbiFrame? outer = type.IsDynamic ? reader.Enter() : null;
        object[] values = type.Kind == AbiKind.Tuple
            ? ReadMembers(ref reader, type.Components)
            : ReadElements(ref reader, type.Element!, type.Size);
        if (outer is { } frame)
        {
            reader.Leave(frame);
        }

        return values;
    }

    private static object[] ReadElements(ref AbiReader reader, AbiType element, int count) =>
        reader.ReadElements(count, element.HeadBytes, (ref AbiReader item) => Read(ref item, element));
}
