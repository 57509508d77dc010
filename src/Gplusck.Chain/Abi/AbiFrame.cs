namespace Gplusck.Chain.Abi;

/// <summary>Where reading or writing goes on after a dynamic value: what Enter gives and Leave takes back.</summary>
public readonly record struct AbiFrame
{
    internal AbiFrame(int start, int head)
    {
        Start = start;
        Head = head;
    }

    /// <summary>The byte that offsets of the outer tuple or array count from.</summary>
    internal int Start { get; }

    /// <summary>The byte of the outer head that comes next.</summary>
    internal int Head { get; }
}
