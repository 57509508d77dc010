using System.Numerics;
using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Abi;

public sealed class AbiCodecTests
{
    [Fact]
    public void Decoding_what_was_encoded_gives_the_values_back() => AbiGen.Parameters.Sample(
        (types, values) =>
        {
            object[] decoded = AbiDecoder.Decode(types, AbiEncoder.Encode(types, values));
            Assert.Equal(AbiJson.Text(values), AbiJson.Text(decoded));
        },
        iter: 2_000,
        print: Print);

    [Fact]
    public async Task Random_values_of_random_types_encode_as_viem_and_ethers_do() =>
        await AbiGen.Parameters.Array[300].SampleAsync(
            async cases =>
            {
                JsonElement expected = await NodeScript.RunAsync(
                    AbiJson.Script +
                    """
                    import { encodeAbiParameters } from 'viem';
                    import { AbiCoder, ParamType } from 'ethers';
                    output(input.map(({ types, values }) => {
                        const revived = types.map((type, index) => revive(type, values[index]));
                        return [
                            encodeAbiParameters(types, revived),
                            AbiCoder.defaultAbiCoder().encode(types.map((type) => ParamType.from(type)), revived),
                        ];
                    }));
                    """,
                    cases.Select(one => new
                    {
                        types = one.Types.Select(AbiJson.Parameter),
                        values = AbiJson.Plain(one.Values),
                    }),
                    TestContext.Current.CancellationToken);

                foreach (((AbiType[] types, object[] values), JsonElement pair) in cases.Zip(expected.EnumerateArray()))
                {
                    string encoded = Hex.ToHex(AbiEncoder.Encode(types, values));
                    Assert.Equal(pair[0].GetString(), encoded);
                    Assert.Equal(pair[1].GetString(), encoded);
                }
            },
            iter: 1,
            threads: 1);

    [Fact]
    public async Task Viem_and_ethers_read_the_values_back() =>
        await AbiGen.Parameters.Where(one => one.Types.Length > 0).Array[100].SampleAsync(
            async cases =>
            {
                JsonElement expected = await NodeScript.RunAsync(
                    AbiJson.Script +
                    """
                    import { decodeAbiParameters } from 'viem';
                    import { AbiCoder, ParamType } from 'ethers';
                    output(input.map(({ types, data }) => [
                        plain(decodeAbiParameters(types, data)),
                        plain(AbiCoder.defaultAbiCoder().decode(types.map((type) => ParamType.from(type)), data)
                            .toArray(true)),
                    ]));
                    """,
                    cases.Select(one => new
                    {
                        types = one.Types.Select(AbiJson.Parameter),
                        data = Hex.ToHex(AbiEncoder.Encode(one.Types, one.Values)),
                    }),
                    TestContext.Current.CancellationToken);

                foreach (((AbiType[] _, object[] wanted), JsonElement pair) in cases.Zip(expected.EnumerateArray()))
                {
                    JsonElement values = JsonSerializer.SerializeToElement(AbiJson.Plain(wanted));
                    Assert.True(JsonElement.DeepEquals(values, pair[0]), $"viem: {values} {pair[0]}");
                    Assert.True(JsonElement.DeepEquals(values, pair[1]), $"ethers: {values} {pair[1]}");
                }
            },
            iter: 1,
            threads: 1);

    [Fact]
    public void A_function_value_is_encoded_as_bytes24()
    {
        byte[] value = [.. Enumerable.Range(1, 24).Select(part => (byte)part)];
        byte[] encoded = AbiEncoder.Encode([AbiType.Parse("function")], [value]);

        Assert.Equal(AbiEncoder.Encode([AbiType.Parse("bytes24")], [value]), encoded);
        Assert.Equal(value, AbiDecoder.Decode([AbiType.Parse("function")], encoded)[0]);
    }

    [Fact]
    public void Integers_of_any_csharp_type_are_taken()
    {
        AbiType[] types = [.. Enumerable.Repeat(AbiType.Parse("uint64"), 6)];
        byte[] encoded = AbiEncoder.Encode(types, [(byte)7, (ushort)7, 7u, 7ul, 7L, new BigInteger(7)]);
        Assert.Equal([7, 7, 7, 7, 7, 7], AbiDecoder.Decode(types, encoded).Select(value => (int)(BigInteger)value));
    }

    [Theory]
    [InlineData("uint8", 256)]
    [InlineData("uint8", -1)]
    [InlineData("int8", 128)]
    [InlineData("int8", -129)]
    [InlineData("bool", 1)]
    [InlineData("string", 1)]
    [InlineData("uint8[]", 1)]
    public void A_value_its_type_cannot_hold_is_refused(string type, int value) =>
        Assert.Throws<AbiException>(() => AbiEncoder.Encode([AbiType.Parse(type)], [value]));

    [Fact]
    public void Lists_and_texts_of_the_wrong_shape_are_refused()
    {
        Assert.Throws<AbiException>(() => AbiEncoder.Encode([AbiType.Parse("uint8[2]")], [new object[] { 1 }]));
        Assert.Throws<AbiException>(() => AbiEncoder.Encode([AbiType.Parse("(uint8,bool)")], [new object[] { 1 }]));
        Assert.Throws<AbiException>(() => AbiEncoder.Encode([AbiType.Parse("bytes4")], [new byte[5]]));
        Assert.Throws<AbiException>(() => AbiEncoder.Encode([AbiType.Parse("string")], ["half \ud800 pair"]));
        Assert.Throws<AbiException>(() => AbiEncoder.Encode([AbiType.Parse("uint8")], []));
    }

    private static string Print((AbiType[] Types, object[] Values) sample) =>
        $"({string.Join(',', sample.Types.Select(type => type.Name))}) {AbiJson.Text(sample.Values)}";
}
