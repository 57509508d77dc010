using System.Collections.Concurrent;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>A script of tips, and how far it has been played.</summary>
internal sealed class MovingChain
{
    private readonly ConcurrentDictionary<FakeBlock, FakeBlock[]> _paths = new();
    private readonly FakeBlock[] _finalized;
    private int _step;

    public MovingChain(ChainScript script)
    {
        Script = script;
        _finalized = [.. script.Tips];
        for (int step = _finalized.Length - 2; step >= 0; step--)
        {
            _finalized[step] = CommonAncestor(_finalized[step], _finalized[step + 1]);
        }
    }

    public ChainScript Script { get; }

    public int Step => Volatile.Read(ref _step);

    /// <summary>The last tip is reached; nothing will move any more.</summary>
    public bool IsOver => Step >= Script.Tips.Count - 1;

    public FakeBlock Tip => Script.Tips[Step];

    /// <summary>Goes on to the next tip and returns how many blocks that took back.</summary>
    public int Advance()
    {
        FakeBlock before = Tip;
        FakeBlock after = Script.Tips[Interlocked.Increment(ref _step)];
        return before.Number - CommonAncestor(before, after).Number;
    }

    /// <summary>The newest block that no later tip takes back.</summary>
    public FakeBlock Finalized(int step) => _finalized[step];

    /// <summary>The branch of a block, its position the height.</summary>
    public FakeBlock[] PathTo(FakeBlock block) => _paths.GetOrAdd(block, static tip => [.. tip.Branch().Reverse()]);

    private static FakeBlock CommonAncestor(FakeBlock left, FakeBlock right)
    {
        while (left != right)
        {
            (left, right) = left.Number > right.Number ? (left.Parent!, right) : (left, right.Parent!);
        }

        return left;
    }
}
