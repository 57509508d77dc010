namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>A tree of blocks and the tips the chain has one after the other.</summary>
/// <remarks>The last tip is higher than all before, so that whoever followed any of them has somewhere to go.</remarks>
internal sealed class ChainScript
{
    private const int DeepMin = 65;

    private readonly Random _random;
    private readonly LogMint _mint;
    private readonly int _fields;
    private readonly List<FakeBlock> _tips = [];

    public ChainScript(Dice dice, bool forks, bool returns)
    {
        _random = dice.Stream("chain");
        _mint = new LogMint(_random);
        _fields = dice.Pick([FakeBlock.FieldsMin, 16, 17, 20, FakeBlock.FieldsMax], "hard fork");
        _tips.Add(Grow(new FakeBlock(null, [], _fields, _random), _random.Next(20, 130)));
        int steps = _random.Next(12, 30);
        for (int step = 0; step < steps; step++)
        {
            _tips.Add(NextTip(forks, returns));
        }

        int highest = _tips.Max(tip => tip.Number);
        _tips.Add(Grow(_tips[^1], highest + _random.Next(1, 10) - _tips[^1].Number));
        Blocks = _tips.SelectMany(tip => tip.Branch()).Distinct().ToDictionary(block => block.Hash);
    }

    public IReadOnlyList<FakeBlock> Tips => _tips;

    /// <summary>Every block there ever was, by hash.</summary>
    public IReadOnlyDictionary<string, FakeBlock> Blocks { get; }

    private FakeBlock NextTip(bool forks, bool returns)
    {
        FakeBlock tip = _tips[^1];
        int kind = forks ? _random.Next(100) : 0;
        return kind switch
        {
            < 55 => Grow(tip, _random.Next(10) == 0 ? _random.Next(10, 40) : _random.Next(1, 5)),
            < 82 => Fork(tip, _random.Next(1, Math.Min(8, tip.Number))),
            < 88 when tip.Number > DeepMin => Fork(tip, _random.Next(DeepMin, tip.Number)),
            < 91 => Fork(tip, tip.Number - _random.Next(Math.Min(4, tip.Number - 1))),
            _ when returns => Grow(_tips[_random.Next(_tips.Count)], _random.Next(1, 4)),
            _ => Fork(tip, 1),
        };
    }

    // The new branch can end below the old one, and can hold the old one's transactions at other places.
    private FakeBlock Fork(FakeBlock tip, int depth)
    {
        FakeTransaction[] dropped =
            [.. tip.Branch().Take(depth).SelectMany(block => block.Transactions).OrderBy(_ => _random.Next())];
        int length = Math.Max(1, depth + _random.Next(-2, 5));
        return Grow(tip.At(tip.Number - depth), length, new Queue<FakeTransaction>(dropped));
    }

    private FakeBlock Grow(FakeBlock tip, int count, Queue<FakeTransaction>? dropped = null)
    {
        for (int added = 0; added < count; added++)
        {
            tip = new FakeBlock(tip, [.. Transactions(dropped)], _fields, _random);
        }

        return tip;
    }

    private IEnumerable<FakeTransaction> Transactions(Queue<FakeTransaction>? dropped)
    {
        (int transactions, int logsMax, bool ours) = _random.Next(100) switch
        {
            < 25 => (0, 0, false),
            < 45 => (_random.Next(1, 4), 2, false),
            < 97 => (_random.Next(1, 5), 3, true),
            _ => (_random.Next(5, 20), 5, true),
        };
        for (int index = 0; index < transactions; index++)
        {
            if (_random.Next(2) == 0 && dropped?.TryDequeue(out FakeTransaction? again) == true)
            {
                yield return again;
                continue;
            }

            bool succeeded = _random.Next(8) > 0;
            int logs = succeeded ? _random.Next(logsMax + 1) : 0;
            yield return new FakeTransaction(
                $"0x{_random.NextInt64():x16}{_random.NextInt64():x16}"
                + $"{_random.NextInt64():x16}{_random.NextInt64():x16}",
                (byte)_random.Next(5),
                succeeded,
                [.. Enumerable.Range(0, logs).Select(_ => ours ? _mint.Next() : _mint.Unrelated())]);
        }
    }
}
