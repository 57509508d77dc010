using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Tests.Projections;

/// <summary>Random transfers among few accounts, so that sums reach zero and tokens come back.</summary>
/// <param name="random">Decides everything.</param>
/// <param name="many">Whether several contracts log them.</param>
/// <param name="batches">Whether some move several tokens at once.</param>
public sealed class RandomTransfers(Random random, bool many, bool batches)
{
    private static readonly Address[] Accounts = [.. Enumerable.Range(0, 6).Select(Number)];
    private static readonly Address[] Contracts = [.. Enumerable.Range(100, 3).Select(Number)];
    private static readonly BigInteger Largest = BigInteger.Pow(2, 256) - 1;

    public static Address Number(int number)
    {
        byte[] bytes = new byte[Address.Length];
        BitConverter.TryWriteBytes(bytes, number);
        return Address.FromBytes(bytes);
    }

    /// <summary>Transfers of blocks <paramref name="from"/> to <paramref name="to"/>; some have none.</summary>
    public IReadOnlyList<TokenTransfer> Blocks(long from, long to)
    {
        List<TokenTransfer> transfers = [];
        for (long block = from; block <= to; block++)
        {
            for (int log = 0, logs = random.Next(4); log < logs; log++)
            {
                transfers.Add(Next(block, (3 * log) + 1));
            }
        }

        return transfers;
    }

    private TokenTransfer Next(long block, int logIndex)
    {
        bool isBatch = batches && random.Next(3) == 0;
        int ids = isBatch ? random.Next(4) : 1;

        // Nobody but the contract says that the arrays are of one length.
        int amounts = isBatch && random.Next(4) == 0 ? random.Next(4) : ids;
        return new TokenTransfer(
            block,
            logIndex,
            Contracts[many ? random.Next(Contracts.Length) : 0],
            Accounts[random.Next(Accounts.Length)],
            Accounts[random.Next(Accounts.Length)],
            [.. Enumerable.Range(0, ids).Select(_ => random.Next(8) == 0 ? Largest : new BigInteger(random.Next(3)))],
            [
                .. Enumerable.Range(0, amounts)
                    .Select(_ => random.Next(8) == 0 ? Largest : new BigInteger(random.Next(3))),
            ],
            isBatch);
    }
}
