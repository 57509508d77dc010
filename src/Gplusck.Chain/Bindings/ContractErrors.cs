using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Bindings;

/// <summary>Reads the data that a contract reverts with.</summary>
/// <remarks>Knows <c>Error(string)</c>, <c>Panic(uint256)</c> and the custom errors of every bound contract.</remarks>
public static class ContractErrors
{
    // A hostile contract may send megabytes.
    private const int TextLengthMax = 500;

    private const string BuiltIn = """
        [{"type":"error","name":"Error","inputs":[{"name":"message","type":"string"}]},
         {"type":"error","name":"Panic","inputs":[{"name":"code","type":"uint256"}]}]
        """;

    private static readonly Lazy<FrozenDictionary<uint, AbiError>> AllErrors = new(() =>
        AbiContract.Parse(BuiltIn).Errors
            .Concat(ContractAbi.Names.SelectMany(name => ContractAbi.Parse(name).Errors))
            .DistinctBy(error => error.Selector)
            .ToFrozenDictionary(error => error.Selector));

    /// <summary>
    /// The error with its values, such as <c>UnknownJob(jobId: 7)</c>; null when no known error matches.
    /// </summary>
    /// <param name="revertData">What the contract reverted with.</param>
    /// <param name="contract">
    /// Name of the bound contract that was called, whose parameter names win; null when unknown.
    /// </param>
    /// <remarks>A contract passes on the errors of those it calls, so all of them are tried.</remarks>
    public static string? Describe(ReadOnlySpan<byte> revertData, string? contract)
    {
        if (Find(revertData, contract) is not { } error)
        {
            return null;
        }

        try
        {
            string text = Describe(error, error.Decode(revertData[sizeof(uint)..]));
            return text.Length <= TextLengthMax ? text : $"{text[..(TextLengthMax - 3)]}...";
        }
        catch (AbiException exception)
        {
            return $"{error.Name} with malformed values: {exception.Message}";
        }
    }

    /// <summary>Name of the error, such as <c>UnknownJob</c>; null when no known error matches.</summary>
    public static string? NameOf(ReadOnlySpan<byte> revertData) => Find(revertData, contract: null)?.Name;

    private static AbiError? Find(ReadOnlySpan<byte> revertData, string? contract)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(revertData, out uint selector))
        {
            return null;
        }

        IReadOnlyList<AbiError> own = contract is null ? [] : ContractAbi.Parse(contract).Errors;
        return own.FirstOrDefault(error => error.Selector == selector) ?? AllErrors.Value.GetValueOrDefault(selector);
    }

    private static string Describe(AbiError error, object[] values) => error.Signature switch
    {
        "Error(string)" => (string)values[0],
        "Panic(uint256)" => PanicMeaning((BigInteger)values[0]),
        _ => $"{error.Name}({string.Join(", ", error.Inputs.Zip(values, Named))})",
    };

    private static string Named(AbiParameter input, object value) =>
        input.Name.Length == 0 ? Show(value) : $"{input.Name}: {Show(value)}";

    private static string Show(object value) => value switch
    {
        byte[] bytes => Hex.ToHex(bytes),
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        object[] list => $"[{string.Join(", ", list.Select(Show))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // https://docs.soliditylang.org/en/latest/control-structures.html#panic-via-assert-and-error-via-require
    private static string PanicMeaning(BigInteger code)
    {
        string meaning = (code > byte.MaxValue ? byte.MaxValue : (byte)code) switch
        {
            0x01 => "an assertion failed",
            0x11 => "arithmetic overflow or underflow",
            0x12 => "division by zero",
            0x21 => "a value outside its enum",
            0x22 => "a byte array in storage that is not encoded correctly",
            0x31 => "pop from an empty array",
            0x32 => "an array index out of bounds",
            0x41 => "too much memory asked for",
            0x51 => "a call to an uninitialised function",
            _ => "a code that Solidity does not document",
        };
        return $"panic {code}: {meaning}";
    }
}
