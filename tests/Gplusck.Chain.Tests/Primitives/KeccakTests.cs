using System.Text;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Primitives;

public sealed class KeccakTests(ITestOutputHelper output)
{
    [Fact]
    public void Empty_input_hashes_to_the_well_known_value() =>
        Assert.Equal(
            "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
            Keccak.Hash([]).ToString());

    [Fact]
    public void Abc_hashes_to_the_well_known_value() =>
        Assert.Equal(
            "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
            Keccak.Hash(Encoding.ASCII.GetBytes("abc")).ToString());

    [Fact]
    public async Task Every_length_around_the_block_edges_hashes_as_ethers_and_viem_do()
    {
        RandomValues random = new(output);
        byte[][] messages = [.. Enumerable.Range(0, 420).Select(random.Bytes), random.Bytes(65_537)];

        JsonElement expected = await NodeScript.RunAsync(
            """
            import { keccak256 as viem } from 'viem';
            import { keccak256 as ethers } from 'ethers';
            output(input.map((message) => [viem(message), ethers(message)]));
            """,
            messages.Select(message => Hex.ToHex(message)),
            TestContext.Current.CancellationToken);

        foreach ((byte[] message, JsonElement pair) in messages.Zip(expected.EnumerateArray()))
        {
            string hash = Keccak.Hash(message).ToString();
            Assert.Equal(pair[0].GetString(), hash);
            Assert.Equal(pair[1].GetString(), hash);
        }
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        byte[] message = new byte[1_000];
        byte[] digest = new byte[Hash32.Length];
        Keccak.Hash(message, digest);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            Keccak.Hash(message, digest);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_destination_of_the_wrong_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => Keccak.Hash([], new byte[31]));
}
