using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Bindings;

public sealed class ContractErrorsTests
{
    [Fact]
    public async Task Reverts_encoded_by_viem_read_as_sentences()
    {
        JsonElement reverts = await NodeScript.RunAsync(
            """
            import { encodeErrorResult, parseAbi } from 'viem';
            const abi = parseAbi([
                'error Error(string)', 'error Panic(uint256)', 'error UnknownJob(uint256 jobId)',
                'error InvalidBatch(string reason)', 'error InvalidProof()', 'error Unheard(uint8)',
                'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
            ]);
            output(input.map(([errorName, ...args]) => encodeErrorResult({ abi, errorName, args })));
            """,
            new object[][]
            {
                ["Error", "too late"], ["Panic", 0x11], ["UnknownJob", 7], ["InvalidBatch", "no cells"],
                ["InvalidProof"], ["Unheard", 1],
                ["ERC20InsufficientBalance", "0x00000000000000000000000000000000000000aa", 1, 2],
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "too late",
                "panic 17: arithmetic overflow or underflow",
                "UnknownJob(jobId: 7)",
                "InvalidBatch(reason: \"no cells\")",
                "InvalidProof()",
                null,
                "ERC20InsufficientBalance(sender: 0x00000000000000000000000000000000000000aa, balance: 1, needed: 2)",
            ],
            reverts.EnumerateArray().Select(revert => ContractErrors.Describe(Data(revert), "ComputeMarket")));
        Assert.Equal("UnknownJob", ContractErrors.NameOf(Data(reverts[2])));
        Assert.Null(ContractErrors.NameOf(Data(reverts[5])));
    }

    [Fact]
    public void A_call_decodes_the_errors_of_its_contract()
    {
        AbiError error = ContractAbi.Parse("ComputeMarket").Errors.Single(one => one.Name == "UnknownJob");
        AbiWriter revert = new AbiWriter(error.Selector, headBytes: 32).WriteUInt(7UL, 256);
        Assert.Equal(
            "UnknownJob(jobId: 7)",
            new ComputeMarket(Address.Zero).Job(7).DecodeError!(revert.ToArray()));
    }

    [Fact]
    public void A_malformed_revert_of_a_known_error_is_named_and_a_long_one_is_cut()
    {
        byte[] huge = new AbiWriter(0x08c379a0, headBytes: 32).WriteString(new string('x', 1_000_000)).ToArray();
        Assert.Equal(500, ContractErrors.Describe(huge, null)!.Length);
        Assert.StartsWith(
            "Error with malformed values", ContractErrors.Describe(huge.AsSpan(0, 40), null), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_revert_data_is_described_or_unknown() =>
        Gen.Select(Gen.OneOf(0x08c379a0u, 0x4e487b71u, 7u), Gen.Byte.Array[0, 200]).Sample((selector, data) =>
        {
            Assert.True(ContractErrors.Describe(data, "Gpuck") is null or { Length: > 0 });
            AbiWriter known = new AbiWriter(selector, data.Length / 32 * 32);
            byte[] revert = known.ToArray();
            data.AsSpan(0, revert.Length - 4).CopyTo(revert.AsSpan(4));
            Assert.Equal(selector == 7u, ContractErrors.Describe(revert, null) is null);
        });

    private static byte[] Data(JsonElement text) => Hex.Parse(text.GetString()!);
}
