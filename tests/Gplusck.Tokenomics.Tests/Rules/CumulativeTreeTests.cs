using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class CumulativeTreeTests
{
    private const long ChainId = 31_337;
    private static readonly Address Contract = Address.Parse("0x5fbdb2315678afecb367f032d93f642f64180aa3");
    private static readonly Gen<AccountAmount[]> Books = Amounts.Book(70, 256);

    [Fact]
    public void Every_account_can_prove_its_leaf_and_no_other_amount() =>
        Gen.Select(Books, Gen.Long[0, 9]).Sample((book, epoch) =>
    {
        CumulativeTree tree = CumulativeTree.Build(ChainId, Contract, epoch, book);
        foreach (AccountAmount entry in book)
        {
            IReadOnlyList<Hash32> proof = tree.Proof(entry.Account);
            AccountAmount inflated = entry with { Amount = entry.Amount ^ 1 };
            Assert.True(CumulativeTree.Verify(tree.Root, CumulativeTree.Leaf(ChainId, Contract, epoch, entry), proof));
            Assert.False(CumulativeTree.Verify(
                tree.Root, CumulativeTree.Leaf(ChainId, Contract, epoch, inflated), proof));
            Assert.False(CumulativeTree.Verify(
                tree.Root, CumulativeTree.Leaf(ChainId, Contract, epoch + 1, entry), proof));
        }
    });

    [Fact]
    public void The_order_of_the_accounts_does_not_change_the_root() => Books.Sample(book => Assert.Equal(
        CumulativeTree.Build(ChainId, Contract, 1, book).Root,
        CumulativeTree.Build(ChainId, Contract, 1, book.Reverse().ToArray()).Root));

    [Fact]
    public void An_empty_book_and_an_account_that_appears_twice_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CumulativeTree.Build(ChainId, Contract, 1, []));
        Assert.Throws<ArgumentException>(() => CumulativeTree.Build(
            ChainId, Contract, 1, [new AccountAmount(Contract, 1), new AccountAmount(Contract, 2)]));
    }

    [Fact]
    public Task Roots_and_proofs_are_those_of_OpenZeppelin_StandardMerkleTree() => Books.Array[25].SampleAsync(
        async books =>
        {
            JsonElement trees = await OpenZeppelinTreesAsync(books, TestContext.Current.CancellationToken);
            for (int epoch = 0; epoch < books.Length; epoch++)
            {
                CumulativeTree tree = CumulativeTree.Build(ChainId, Contract, epoch, books[epoch]);
                Assert.Equal(trees[epoch].GetProperty("root").GetString(), $"{tree.Root}");
                string[][] expected = trees[epoch].GetProperty("proofs").Deserialize<string[][]>()!;
                Assert.Equal(
                    expected,
                    books[epoch].Select(entry => tree.Proof(entry.Account).Select(each => $"{each}").ToArray()));
            }
        },
        iter: 1);

    private static Task<JsonElement> OpenZeppelinTreesAsync(
        AccountAmount[][] books, CancellationToken cancellationToken)
    {
        const string Script = """
            import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
            const types = ['uint256', 'address', 'uint256', 'address', 'uint256'];
            output(input.books.map((book, epoch) => {
                const values = book.map(([a, v]) => [input.chainId, input.contract, epoch, a, v]);
                const tree = StandardMerkleTree.of(values, types);
                return { root: tree.root, proofs: book.map((_, i) => tree.getProof(i)) };
            }));
            """;
        object input = new
        {
            chainId = ChainId,
            contract = $"{Contract}",
            books = books.Select(book => book.Select(entry => new[] { $"{entry.Account}", $"{entry.Amount}" })),
        };
        return NodeScript.RunAsync(Script, input, cancellationToken);
    }
}
