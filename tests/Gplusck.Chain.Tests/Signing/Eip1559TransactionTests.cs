using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rlp;
using Gplusck.Chain.Signing;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Signing;

public sealed class Eip1559TransactionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Signed_bytes_and_hashes_equal_those_of_viem_and_ethers_and_decode_back()
    {
        RandomValues random = new(output);
        (string Key, Eip1559Transaction Transaction)[] cases =
            [.. Enumerable.Range(0, 200).Select(_ => (random.Hash().ToString(), Transaction(random)))];

        JsonElement expected = await NodeScript.RunAsync(
            """
            import { keccak256 } from 'viem';
            import { privateKeyToAccount } from 'viem/accounts';
            import { Wallet } from 'ethers';
            output(await Promise.all(input.map(async ({ key, t }) => {
                const big = { value: BigInt(t.value), maxFeePerGas: BigInt(t.maxFee),
                    maxPriorityFeePerGas: BigInt(t.priorityFee), };
                const viem = await privateKeyToAccount(key).signTransaction({ type: 'eip1559', ...big,
                    chainId: t.chainId, nonce: t.nonce, gas: BigInt(t.gas), to: t.to ?? undefined, data: t.data,
                    accessList: t.accessList });
                const ethers = await new Wallet(key).signTransaction({ type: 2, ...big,
                    chainId: t.chainId, nonce: t.nonce, gasLimit: BigInt(t.gas), to: t.to, data: t.data,
                    accessList: t.accessList });
                return { viem, ethers, hash: keccak256(viem), address: new Wallet(key).address };
            })));
            """,
            cases.Select(given => new { key = given.Key, t = ToJson(given.Transaction) }),
            TestContext.Current.CancellationToken);

        foreach (((string key, Eip1559Transaction transaction), JsonElement both) in
            cases.Zip(expected.EnumerateArray()))
        {
            PrivateKey signer = PrivateKey.Parse(key);
            SignedTransaction signed = transaction.Sign(signer);
            Assert.Equal(both.GetProperty("viem").GetString(), Hex.ToHex(signed.Raw));
            Assert.Equal(both.GetProperty("ethers").GetString(), Hex.ToHex(signed.Raw));
            Assert.Equal(both.GetProperty("hash").GetString(), signed.Hash.ToString());
            Assert.Equal(both.GetProperty("address").GetString(), signer.Address.ToChecksumString());

            Eip1559Transaction decoded = Eip1559Transaction.Decode(signed.Raw, out Address sender);
            Assert.Equal(signer.Address, sender);
            Assert.Equivalent(transaction, decoded, strict: true);
        }
    }

    [Fact]
    public void Bytes_cut_short_or_going_on_are_refused()
    {
        byte[] raw = Transaction(new RandomValues(output)).Sign(DevKeys.All[0]).Raw;

        Assert.Throws<RlpException>(() => Eip1559Transaction.Decode(raw.AsSpan(0, raw.Length - 1), out _));
        Assert.Throws<RlpException>(() => Eip1559Transaction.Decode([.. raw, 0], out _));
        Assert.Throws<RlpException>(() => Eip1559Transaction.Decode(raw.AsSpan(1), out _));
        Assert.Throws<RlpException>(() => Eip1559Transaction.Decode([], out _));
    }

    private static Eip1559Transaction Transaction(RandomValues random) => new()
    {
        ChainId = 1 + (long)random.Integer(31),
        Nonce = (ulong)random.Integer(40),
        // viem refuses fees whose cap is below the tip.
        MaxPriorityFeePerGas = random.Integer(60),
        MaxFeePerGas = (System.Numerics.BigInteger.One << 60) + random.Integer(100),
        GasLimit = (ulong)random.Integer(63),
        To = random.Next(4) == 0 ? null : random.Address(),
        Value = random.Integer(256),
        Data = random.Bytes(random.Next(120)),
        AccessList =
        [
            .. Enumerable.Range(0, random.Next(3)).Select(_ => new AccessListEntry(
                random.Address(), [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Hash())])),
        ],
    };

    private static object ToJson(Eip1559Transaction transaction) => new
    {
        chainId = transaction.ChainId,
        nonce = transaction.Nonce,
        priorityFee = $"{transaction.MaxPriorityFeePerGas}",
        maxFee = $"{transaction.MaxFeePerGas}",
        gas = $"{transaction.GasLimit}",
        to = transaction.To,
        value = $"{transaction.Value}",
        data = Hex.ToHex(transaction.Data),
        accessList = transaction.AccessList
            .Select(entry => new { address = entry.Address, storageKeys = entry.StorageKeys }),
    };
}
