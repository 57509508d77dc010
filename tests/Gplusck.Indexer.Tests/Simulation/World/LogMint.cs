using System.Numerics;
using System.Text;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>Makes logs together with the rows they are to become.</summary>
internal sealed class LogMint(Random random)
{
    private static readonly string[] Accounts =
        [.. Enumerable.Range(0, 8).Select(digit => $"0x{new string((char)('0' + digit), 40)}")];

    private static readonly string[] Messages =
        ["", "plain", "quote \" and \\ back", "two\nlines\ttab", "Grüße 🌱", "nul\0inside", new('x', 70)];

    private static readonly BigInteger Largest = BigInteger.Pow(2, 256) - 1;

    private readonly MalformedLogs _malformed = new(random);

    public FakeLog Next() => random.Next(12) switch
    {
        < 4 => CoinTransfer(),
        4 => Approval(),
        5 or 6 => NftTransfer(),
        7 => random.Next(2) == 0 ? Single() : Batch(),
        8 or 9 => ZooLog(),
        10 => _malformed.Next(CoinTransfer(), NftTransfer(), Note(), Ping(withNumber: false)),
        _ => Unrelated(),
    };

    /// <summary>A log that belongs to no table.</summary>
    public FakeLog Unrelated() => random.Next(4) switch
    {
        0 => CoinTransfer() with { Address = Contracts.Stranger, Table = null },
        1 => Note() with { Address = Contracts.Stranger, Table = null },
        2 => new FakeLog(Contracts.Zoo, [], Words.Integer(random.Next())),
        _ => new FakeLog(Contracts.Zoo, [Words.Topic("Nobody()")], []),
    };

    private static string Indexed(string account) => $"0x{new string('0', 24)}{account[2..]}";

    private static string Word(BigInteger value) => FakeLog.Hex(Words.Integer(value));

    private static string Bytea(string hex) => $@"\x{hex[2..]}";

    private static string Json(IEnumerable<BigInteger> values) =>
        $"[{string.Join(", ", values.Select(value => $"\"{value}\""))}]";

    private string Account() => Accounts[random.Next(Accounts.Length)];

    private BigInteger Amount() => random.Next(10) switch
    {
        0 => 0,
        1 => Largest - random.Next(3),
        2 => new BigInteger(random.NextInt64()) << 60,
        _ => random.Next(1_000),
    };

    private FakeLog CoinTransfer()
    {
        (string from, string to, BigInteger value) = (Account(), Account(), Amount());
        return new FakeLog(
            Contracts.Coin,
            [Words.Topic(Contracts.Transfer), Indexed(from), Indexed(to)],
            Words.Integer(value),
            "coin_transfer",
            [Bytea(from), Bytea(to), $"{value}"]);
    }

    private FakeLog Approval()
    {
        (string owner, string spender, BigInteger value) = (Account(), Account(), Amount());
        return new FakeLog(
            Contracts.Coin,
            [Words.Topic(Contracts.Approval), Indexed(owner), Indexed(spender)],
            Words.Integer(value),
            "coin_approval",
            [Bytea(owner), Bytea(spender), $"{value}"]);
    }

    private FakeLog NftTransfer()
    {
        (string from, string to, int token) = (Account(), Account(), random.Next(20));
        return new FakeLog(
            Contracts.Nft,
            [Words.Topic(Contracts.Transfer), Indexed(from), Indexed(to), Word(token)],
            [],
            "nft_transfer",
            [Bytea(from), Bytea(to), $"{token}"]);
    }

    private FakeLog Single()
    {
        (string by, string from, string to) = (Account(), Account(), Account());
        (int id, BigInteger value) = (random.Next(5), Amount());
        return new FakeLog(
            Contracts.Multi,
            [Words.Topic(Contracts.Single), Indexed(by), Indexed(from), Indexed(to)],
            [.. Words.Integer(id), .. Words.Integer(value)],
            "multi_transfer_single",
            [Bytea(by), Bytea(from), Bytea(to), $"{id}", $"{value}"]);
    }

    private FakeLog Batch()
    {
        (string by, string from, string to) = (Account(), Account(), Account());
        BigInteger[] ids = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (BigInteger)random.Next(5))];
        BigInteger[] values = [.. ids.Select(_ => Amount())];
        return new FakeLog(
            Contracts.Multi,
            [Words.Topic(Contracts.Batch), Indexed(by), Indexed(from), Indexed(to)],
            Words.Parameters((true, Words.Array(ids)), (true, Words.Array(values))),
            "multi_transfer_batch",
            [Bytea(by), Bytea(from), Bytea(to), Json(ids), Json(values)]);
    }

    private FakeLog ZooLog() => random.Next(4) switch
    {
        0 => Note(),
        1 => Label(),
        2 => Ping(withNumber: true),
        _ => Ping(withNumber: false),
    };

    private FakeLog Note()
    {
        (int kind, string message, bool flag, string who) =
            (random.Next(256), Messages[random.Next(Messages.Length)], random.Next(2) == 0, Account());
        byte[] blob = new byte[random.Next(70)];
        random.NextBytes(blob);
        BigInteger[] numbers =
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => (BigInteger)random.NextInt64(long.MinValue, 99))];
        return new FakeLog(
            Contracts.Zoo,
            [Words.Topic(Contracts.Note), Word(kind)],
            Words.Parameters(
                (true, Words.Bytes(Encoding.UTF8.GetBytes(message))),
                (true, Words.Bytes(blob)),
                (true, Words.Array(numbers)),
                (false, [.. Words.Integer(flag ? 1 : 0), .. Words.Address(who)])),
            "zoo_note",
            [
                $"{kind}", message.Replace('\0', '\uFFFD'), Bytea(FakeLog.Hex(blob)), Json(numbers),
                $$"""{"who": "{{who}}", "flag": {{(flag ? "true" : "false")}}}""",
            ]);
    }

    private FakeLog Label()
    {
        string hash = FakeLog.Hex(SlowRlp.Keccak(Encoding.UTF8.GetBytes(Messages[random.Next(Messages.Length)])));
        BigInteger amount = random.Next(2) == 0 ? -random.Next(1_000) : BigInteger.Pow(2, 255) - 1;
        return new FakeLog(
            Contracts.Zoo,
            [Words.Topic(Contracts.Label), hash],
            Words.Integer(amount),
            "zoo_label",
            [Bytea(hash), $"{amount}"]);
    }

    private FakeLog Ping(bool withNumber)
    {
        string signature = withNumber ? Contracts.PingNumber : Contracts.PingAddress;
        (BigInteger number, string who, bool flag) = (Amount(), Account(), random.Next(2) == 0);
        string topic = Words.Topic(signature);
        return new FakeLog(
            Contracts.Zoo,
            [topic],
            withNumber ? Words.Integer(number) : [.. Words.Address(who), .. Words.Integer(flag ? 1 : 0)],
            $"zoo_ping_{topic[2..10]}",
            withNumber ? [$"{number}"] : [Bytea(who), flag ? "true" : "false"]);
    }
}
