using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Abi;

public sealed class AbiEventTests
{
    private const string Transfers = """
        [{"type":"event","name":"Transfer","inputs":[
            {"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},
            {"name":"value","type":"uint256","indexed":false}]},
         {"type":"event","name":"Transfer","inputs":[
            {"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},
            {"name":"id","type":"uint256","indexed":true}]},
         {"type":"event","name":"Transfer","inputs":[{"name":"value","type":"uint8","indexed":false}]},
         {"type":"event","name":"Note","anonymous":true,"inputs":[
            {"name":"a","type":"uint8","indexed":true},{"name":"b","type":"uint8","indexed":true},
            {"name":"c","type":"uint8","indexed":true},{"name":"d","type":"uint8","indexed":true}]}]
        """;

    private static readonly Gen<(JsonElement Abi, object[] Values)> Events =
        Gen.Select(AbiGen.Parameters, Gen.Bool.Array[5], Gen.Bool, (parameters, indexed, anonymous) =>
        {
            int topicsLeft = anonymous ? 4 : 3;
            var inputs = parameters.Types.Select((type, index) => new
            {
                type = type.Name,
                indexed = indexed[index] && topicsLeft-- > 0,
            });
            return (JsonSerializer.SerializeToElement(new { type = "event", name = "Thing", anonymous, inputs }),
                parameters.Values);
        });

    [Fact]
    public async Task Random_events_have_the_topic_that_viem_gives_and_decode_from_its_logs() =>
        await Events.Array[200].SampleAsync(
            async cases =>
            {
                AbiEvent[] events = [.. cases.Select(one => AbiEvent.FromJson(one.Abi))];
                JsonElement logs = await NodeScript.RunAsync(
                    AbiJson.Script +
                    """
                    import { encodeAbiParameters, keccak256, toBytes, toEventSelector } from 'viem';
                    const hashed = (type) => /\]$|^tuple|^bytes$|^string$/.test(type);
                    const topic = ({ type }, value) => type === 'string' ? keccak256(toBytes(value))
                        : type === 'bytes' ? keccak256(value)
                        : hashed(type) ? keccak256(toBytes(JSON.stringify(value)))
                        : encodeAbiParameters([{ type }], [revive({ type }, value)]);
                    output(input.map(({ inputs, indexed, anonymous, values }) => {
                        const topic0 = toEventSelector({ type: 'event', name: 'Thing', inputs });
                        const topics = values.flatMap((value, i) => indexed[i] ? [topic(inputs[i], value)] : []);
                        const plain = (_, i) => !indexed[i];
                        return {
                            topic0,
                            topics: anonymous ? topics : [topic0, ...topics],
                            data: encodeAbiParameters(inputs.filter(plain),
                                values.map((value, i) => revive(inputs[i], value)).filter(plain)),
                            values: values.map((value, i) => indexed[i] && hashed(inputs[i].type)
                                ? topic(inputs[i], value) : value),
                        };
                    }));
                    """,
                    cases.Zip(events, (one, known) => new
                    {
                        inputs = known.Inputs.Select(AbiJson.Parameter),
                        indexed = known.Inputs.Select(item => item.Indexed),
                        anonymous = known.Anonymous,
                        values = AbiJson.Plain(one.Values),
                    }),
                    TestContext.Current.CancellationToken);
                foreach ((AbiEvent known, JsonElement log) in events.Zip(logs.EnumerateArray()))
                {
                    Hash32[] topics = [.. log.GetProperty("topics").EnumerateArray().Select(Hash)];
                    object[] decoded = known.Decode(topics, Hex.Parse(log.GetProperty("data").GetString()!));
                    JsonElement values = JsonSerializer.SerializeToElement(AbiJson.Plain(decoded));
                    Assert.Equal(Hash(log.GetProperty("topic0")), known.Topic0);
                    Assert.True(JsonElement.DeepEquals(log.GetProperty("values"), values), $"{known}: {log} {values}");
                }
            },
            iter: 1,
            threads: 1);

    [Fact]
    public void Overloads_are_told_apart_by_signature_and_number_of_topics()
    {
        IReadOnlyList<AbiEvent> events = AbiContract.Parse(Transfers).Events;
        Assert.Equal(events[0].Topic0, events[1].Topic0);
        Assert.Equal([3, 4, 1, 4], events.Select(known => known.TopicCount));

        Hash32[] topics = [events[0].Topic0, Hash32.Zero, Hash32.Zero];
        Assert.Equal([true, false, false, false], events.Select(known => known.Matches(topics)));
        topics = [events[0].Topic0, Hash32.Zero, Hash32.Zero, Hash32.Zero];
        Assert.Equal([false, true, false, true], events.Select(known => known.Matches(topics)));
        Assert.Throws<AbiException>(() => events[0].Decode(topics, []));
    }

    [Fact]
    public void More_indexed_inputs_than_a_log_has_topics_are_refused() => Assert.Throws<AbiException>(() =>
        AbiContract.Parse(Transfers.Replace("\"anonymous\":true,", string.Empty, StringComparison.Ordinal)));

    private static Hash32 Hash(JsonElement text) => Hash32.Parse(text.GetString()!);
}
