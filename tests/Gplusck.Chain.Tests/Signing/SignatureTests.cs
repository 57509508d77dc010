using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Signing;

public sealed class SignatureTests(ITestOutputHelper output)
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "00fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        System.Globalization.NumberStyles.AllowHexSpecifier,
        System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Signatures_equal_those_of_viem_and_ethers_and_recover_to_the_signer()
    {
        RandomValues random = new(output);
        (string Key, Hash32 Digest)[] cases =
            [.. Enumerable.Range(0, 250).Select(_ => (random.Hash().ToString(), random.Hash()))];

        JsonElement expected = await NodeScript.RunAsync(
            """
            import { sign } from 'viem/accounts';
            import { SigningKey, recoverAddress } from 'ethers';
            output(await Promise.all(input.map(async ({ key, hash }) => {
                const ethers = new SigningKey(key).sign(hash).serialized;
                const viem = await sign({ hash, privateKey: key, to: 'hex' });
                return [viem, ethers, recoverAddress(hash, ethers)];
            })));
            """,
            cases.Select(given => new { key = given.Key, hash = given.Digest }),
            TestContext.Current.CancellationToken);

        foreach (((string key, Hash32 digest), JsonElement both) in cases.Zip(expected.EnumerateArray()))
        {
            PrivateKey signer = PrivateKey.Parse(key);
            Signature signature = signer.Sign(digest);
            Assert.Equal(both[0].GetString(), Hex.ToHex(signature.ToArray()));
            Assert.Equal(both[1].GetString(), Hex.ToHex(signature.ToArray()));
            Assert.Equal(both[2].GetString(), signature.Recover(digest).ToChecksumString());
            Assert.Equal(signer.Address, signature.Recover(digest));
            Assert.Equal(signature, Signature.FromBytes(signature.ToArray()));
        }
    }

    [Fact]
    public void The_other_form_of_a_signature_is_refused()
    {
        Hash32 digest = new RandomValues(output).Hash();
        Signature signature = DevKeys.All[0].Sign(digest);
        byte[] highS = (Order - new BigInteger(signature.S.ToArray(), isUnsigned: true, isBigEndian: true))
            .ToByteArray(isUnsigned: true, isBigEndian: true);

        Signature twin = signature with { S = Hash32.FromBytes(highS), YParity = (byte)(1 - signature.YParity) };

        Assert.False(twin.TryRecover(digest, out _));
        Assert.Throws<InvalidInputException>(() => twin.Recover(digest));
    }

    [Fact]
    public void Impossible_signatures_are_refused_not_thrown_over()
    {
        RandomValues random = new(output);
        Hash32 digest = random.Hash();
        Signature signature = DevKeys.All[0].Sign(digest);
        Hash32 order = Hash32.FromBytes(Order.ToByteArray(isUnsigned: true, isBigEndian: true));

        Assert.False((signature with { R = Hash32.Zero }).TryRecover(digest, out _));
        Assert.False((signature with { S = Hash32.Zero }).TryRecover(digest, out _));
        Assert.False((signature with { R = order }).TryRecover(digest, out _));
        Assert.False((signature with { YParity = 2 }).TryRecover(digest, out _));
        Assert.Throws<InvalidInputException>(() => Signature.FromBytes(new byte[64]));
        Assert.Throws<InvalidInputException>(() => Signature.FromBytes([.. new byte[64], 29]));

        // Half of all x have no point; none may end in anything but a refusal or another address.
        for (int round = 0; round < 50; round++)
        {
            (signature with { R = random.Hash() }).TryRecover(digest, out Address other);
            Assert.NotEqual(DevKeys.All[0].Address, other);
        }
    }

    [Theory]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0x1234")]
    public void Numbers_that_are_no_private_key_are_refused_without_showing_them(string text) =>
        Assert.DoesNotContain(text[2..], Assert.Throws<InvalidInputException>(() => PrivateKey.Parse(text)).Message);

    [Fact]
    public void A_private_key_never_prints_itself()
    {
        const string Text = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
        Assert.Equal("private key of 0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", PrivateKey.Parse(Text).ToString());
    }
}
