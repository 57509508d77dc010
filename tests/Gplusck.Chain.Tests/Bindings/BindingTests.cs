using System.Numerics;
using System.Reflection;
using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Tests.Abi;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Bindings;

/// <summary>Every generated function and event against viem, with random values of the compiled ABI.</summary>
public sealed class BindingTests
{
    private static readonly Address Contract = Address.Parse("0x00000000000000000000000000000000000000aa");

    public static TheoryData<string> Contracts => [.. ContractAbi.Names];

    [Theory]
    [MemberData(nameof(Contracts))]
    public async Task Functions_encode_their_arguments_and_decode_their_results_as_viem_does(string name)
    {
        AbiFunction[] functions = [.. ContractAbi.Parse(name).Functions];
        await Gen.Select(EachValue(functions, one => one.Inputs), EachValue(functions, one => one.Outputs)).SampleAsync(
            async (arguments, results) =>
            {
                JsonElement expected = await NodeScript.RunAsync(
                    AbiJson.Script +
                    """
                    import { encodeAbiParameters, encodeFunctionData } from 'viem';
                    output(input.map(({ entry, args, results }) => ({
                        call: encodeFunctionData({
                            abi: [entry],
                            args: entry.inputs.map((parameter, index) => named(parameter, args[index])),
                        }),
                        answer: encodeAbiParameters(entry.outputs,
                            entry.outputs.map((parameter, index) => named(parameter, results[index]))),
                    })));
                    """ + Named,
                    Entries(name, "function").Select((entry, index) => new
                    {
                        entry,
                        args = AbiJson.Plain(arguments[index]),
                        results = AbiJson.Plain(results[index]),
                    }),
                    TestContext.Current.CancellationToken);

                for (int index = 0; index < functions.Length; index++)
                {
                    JsonElement wanted = expected[index];
                    object call = Invoke(name, functions[index], arguments[index]);
                    Assert.Equal(wanted.GetProperty("call").GetString(), Hex.ToHex(Property<byte[]>(call, "Data")));
                    Assert.Equal(Contract, Property<Address>(call, "To"));

                    byte[] answer = Hex.Parse(wanted.GetProperty("answer").GetString()!);
                    object decoded = Property<Delegate>(call, "Decode").DynamicInvoke(answer)!;
                    object[] values = results[index];
                    Assert.Equal(
                        AbiJson.Text(values.Length == 1 ? values[0] : values),
                        AbiJson.Text(decoded is Unit ? Array.Empty<object>() : decoded));
                }
            },
            iter: 1,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public async Task Events_have_the_topic_of_viem_and_decode_from_its_logs(string name)
    {
        AbiEvent[] events = [.. ContractAbi.Parse(name).Events];
        await EachValue(events, one => one.Inputs).SampleAsync(
            async values =>
            {
                JsonElement logs = await NodeScript.RunAsync(
                    AbiJson.Script +
                    """
                    import { concat, encodeAbiParameters, encodeEventTopics, keccak256, toEventSelector }
                        from 'viem';
                    // viem reads an array as a choice of topics; an indexed array has the hash of its words.
                    const hashed = ({ indexed, type }) => indexed && type.endsWith('[]');
                    const hash = ({ type }, value) => keccak256(concat(
                        value.map((item) => encodeAbiParameters([{ type: type.slice(0, -2) }], [item]))));
                    output(input.map(({ entry, values }) => {
                        const revived = entry.inputs.map((parameter, index) => named(parameter, values[index]));
                        const of = (indexed) => (_, index) => Boolean(entry.inputs[index].indexed) === indexed;
                        const args = entry.inputs.map((parameter, i) => [parameter.name, revived[i]])
                            .filter((_, i) => entry.inputs[i].indexed && !hashed(entry.inputs[i]));
                        const topics = encodeEventTopics({ abi: [entry], args: Object.fromEntries(args) });
                        const positions = entry.inputs.map((_, i) => i).filter((i) => entry.inputs[i].indexed);
                        positions.forEach((i, k) => {
                            if (hashed(entry.inputs[i])) topics[k + 1] = hash(entry.inputs[i], revived[i]);
                        });
                        return {
                            topic0: toEventSelector(entry),
                            topics,
                            data: encodeAbiParameters(entry.inputs.filter(of(false)), revived.filter(of(false))),
                        };
                    }));
                    """ + Named,
                    Entries(name, "event").Select((entry, index) => new
                    {
                        entry,
                        values = AbiJson.Plain(values[index]),
                    }),
                    TestContext.Current.CancellationToken);

                for (int index = 0; index < events.Length; index++)
                {
                    Type record = Binding(name).GetNestedType($"{Pascal(events[index].Name)}Event")!;
                    LogEntry log = Log(logs[index]);
                    Assert.Equal(Hash(logs[index].GetProperty("topic0")), Static(record, "Topic0"));

                    object decoded = record.GetMethod("Decode")!.Invoke(null, [log])!;
                    Assert.Equal(AbiJson.Text(Logged(events[index], values[index], log)), AbiJson.Text(decoded));
                    Assert.True(TryDecode(record, log));
                    Assert.False(TryDecode(record, log with { Topics = [] }));
                    Assert.False(TryDecode(record, log with { Topics = [Hash32.Zero, .. log.Topics.Skip(1)] }));
                }
            },
            iter: 1,
            threads: 1);
    }

    [Fact]
    public void Nothing_returned_asks_whether_the_contract_is_deployed()
    {
        Call<BigInteger> call = new Gpuck(Contract).TotalSupply();
        AbiException refused = Assert.Throws<AbiException>(() => call.Decode([]));
        Assert.Contains("is it deployed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_wider_than_its_type_is_refused_before_it_is_sent() =>
        Assert.Throws<AbiException>(() => new NodeRegistry(Contract).Activate(1UL << 48));

    // viem takes structs as objects.
    private const string Named = """

        function named(p, v) {
            if (p.type.endsWith(']')) return v.map((item) => named(element(p), item));
            return p.type === 'tuple'
                ? Object.fromEntries(p.components.map((member, index) => [member.name, named(member, v[index])]))
                : revive(p, v);
        }
        """;

    private static Gen<object[][]> EachValue<T>(
        IEnumerable<T> entries, Func<T, IReadOnlyList<AbiParameter>> parameters) =>
        entries.Aggregate(
            Gen.Const<object[][]>([]),
            (before, entry) => Gen.Select(
                before,
                AbiGen.Values([.. parameters(entry).Select(parameter => parameter.Type)]),
                object[][] (object[][] all, object[] values) => [.. all, values]));

    private static IEnumerable<JsonElement> Entries(string name, string type) => JsonElement
        .Parse(ContractAbi.Json(name))
        .EnumerateArray()
        .Where(entry => entry.GetProperty("type").ValueEquals(type));

    // Of an indexed array a log holds the hash only.
    private static object[] Logged(AbiEvent definition, object[] values, LogEntry log)
    {
        AbiParameter[] indexed = [.. definition.Inputs.Where(input => input.Indexed)];
        return
        [
            .. values.Zip(definition.Inputs, (value, input) =>
                input.IsHashed ? log.Topics[1 + Array.IndexOf(indexed, input)] : value),
        ];
    }

    private static object Invoke(string name, AbiFunction function, object[] arguments)
    {
        string pascal = Pascal(function.Name);
        MethodInfo method = Binding(name).GetMethods().Single(one =>
            one.Name == pascal && one.GetParameters().Length == function.Inputs.Count
            && one.GetParameters().Zip(function.Inputs).All(pair =>
                (pair.First.ParameterType == typeof(Address)) == (pair.Second.Type.Kind == AbiKind.Address)));
        return method.Invoke(
            Activator.CreateInstance(Binding(name), Contract),
            [.. arguments.Zip(method.GetParameters(), (value, to) => BindingValue.From(value, to.ParameterType))])!;
    }

    private static string Pascal(string name) =>
        string.Concat((name.Any(char.IsLower) ? name : name.ToLowerInvariant()).Split('_')
            .Where(word => word.Length > 0)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static bool TryDecode(Type record, LogEntry log)
    {
        object?[] arguments = [log, null];
        bool decoded = (bool)record.GetMethod("TryDecode")!.Invoke(null, arguments)!;
        Assert.Equal(decoded, arguments[1] is not null);
        return decoded;
    }

    private static LogEntry Log(JsonElement log) => new(
        Contract,
        [.. log.GetProperty("topics").EnumerateArray().Select(Hash)],
        Hex.Parse(log.GetProperty("data").GetString()!),
        BlockNumber: 1,
        Hash32.Zero,
        Hash32.Zero,
        TransactionIndex: 0,
        LogIndex: 0,
        Removed: false);

    private static Hash32 Hash(JsonElement text) => Hash32.Parse(text.GetString()!);

    private static Type Binding(string name) => typeof(ContractAbi).Assembly.GetType($"Gplusck.Chain.Bindings.{name}")!;

    private static T Property<T>(object owner, string name) => (T)owner.GetType().GetProperty(name)!.GetValue(owner)!;

    private static object? Static(Type type, string name) => type.GetProperty(name)!.GetValue(null);
}
