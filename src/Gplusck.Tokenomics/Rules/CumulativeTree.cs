using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules;

/// <summary>The Merkle tree over what each account has earned up to an epoch, as <c>GreenRewards</c> reads
/// it.</summary>
/// <remarks>
/// leaf = keccak256(keccak256(abi.encode(chainId, contract, epoch, account, cumulative))). An inner node hashes its two
/// children in ascending order. Leaves stand in ascending order of their hashes, filled in from the end of the array:
/// the layout of OpenZeppelin's <c>StandardMerkleTree</c> for (uint256, address, uint256, address, uint256).
/// </remarks>
public sealed class CumulativeTree
{
    private const int WordBytes = 32;

    private readonly Hash32[] _nodes;
    private readonly Dictionary<Address, int> _leafNode;

    private CumulativeTree(Hash32[] nodes, Dictionary<Address, int> leafNode)
    {
        _nodes = nodes;
        _leafNode = leafNode;
    }

    /// <summary>The root to propose.</summary>
    public Hash32 Root => _nodes[0];

    /// <summary>The tree of one epoch.</summary>
    /// <param name="chainId">Chain the rewards are paid on.</param>
    /// <param name="contract">The <c>GreenRewards</c> contract that pays.</param>
    /// <param name="epoch">Epoch whose root this is.</param>
    /// <param name="cumulative">Wei earned over all epochs, one entry for each account, in any order.</param>
    /// <exception cref="ArgumentException">No entry, an account twice, or an amount outside uint256.</exception>
    public static CumulativeTree Build(
        long chainId, Address contract, long epoch, IReadOnlyCollection<AccountAmount> cumulative)
    {
        ArgumentNullException.ThrowIfNull(cumulative);
        if (cumulative.Count == 0)
        {
            throw new ArgumentException("A tree needs a leaf.", nameof(cumulative));
        }

        (Hash32 Hash, Address Account)[] leaves =
        [
            .. cumulative.Select(entry => (Leaf(chainId, contract, epoch, entry), entry.Account))
                .OrderBy(leaf => leaf.Item1),
        ];
        Hash32[] nodes = new Hash32[(2 * leaves.Length) - 1];
        Dictionary<Address, int> leafNode = new(leaves.Length);
        for (int leaf = 0; leaf < leaves.Length; leaf++)
        {
            int node = nodes.Length - 1 - leaf;
            nodes[node] = leaves[leaf].Hash;
            leafNode.Add(leaves[leaf].Account, node);
        }

        for (int node = nodes.Length - 1 - leaves.Length; node >= 0; node--)
        {
            nodes[node] = Pair(nodes[(2 * node) + 1], nodes[(2 * node) + 2]);
        }

        return new CumulativeTree(nodes, leafNode);
    }

    /// <summary>Siblings from the account's leaf up to the root.</summary>
    /// <exception cref="KeyNotFoundException">The account has no leaf.</exception>
    public IReadOnlyList<Hash32> Proof(Address account)
    {
        List<Hash32> siblings = [];
        for (int node = _leafNode[account]; node > 0; node = (node - 1) / 2)
        {
            siblings.Add(_nodes[node % 2 == 0 ? node - 1 : node + 1]);
        }

        return siblings;
    }

    /// <summary>The leaf of one account.</summary>
    public static Hash32 Leaf(long chainId, Address contract, long epoch, AccountAmount cumulative)
    {
        Span<byte> words = stackalloc byte[5 * WordBytes];
        words.Clear();
        WriteInteger(chainId, words[..WordBytes]);
        contract.CopyTo(words[(WordBytes + 12)..]);
        WriteInteger(epoch, words.Slice(2 * WordBytes, WordBytes));
        cumulative.Account.CopyTo(words[((3 * WordBytes) + 12)..]);
        WriteInteger(cumulative.Amount, words[(4 * WordBytes)..]);
        Span<byte> inner = stackalloc byte[WordBytes];
        Keccak.Hash(words, inner);
        return Keccak.Hash(inner);
    }

    /// <summary>Whether <paramref name="proof"/> leads from <paramref name="leaf"/> to <paramref
    /// name="root"/>.</summary>
    public static bool Verify(Hash32 root, Hash32 leaf, IReadOnlyList<Hash32> proof) =>
        proof.Aggregate(leaf, Pair) == root;

    private static Hash32 Pair(Hash32 left, Hash32 right)
    {
        Span<byte> both = stackalloc byte[2 * WordBytes];
        bool ascending = left.CompareTo(right) < 0;
        (ascending ? left : right).CopyTo(both);
        (ascending ? right : left).CopyTo(both[WordBytes..]);
        return Keccak.Hash(both);
    }

    private static void WriteInteger(BigInteger value, Span<byte> word)
    {
        int length = value.Sign < 0 ? int.MaxValue : value.GetByteCount(isUnsigned: true);
        if (length > WordBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(value), "An amount is outside uint256.");
        }

        value.TryWriteBytes(word[(WordBytes - length)..], out _, isUnsigned: true, isBigEndian: true);
    }
}
