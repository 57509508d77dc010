using System.Numerics;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>One field of a header, as JSON-RPC and as RLP write it.</summary>
internal sealed record HeaderField(string Name, string Json, byte[] Rlp)
{
    public HeaderField(string name, byte[] data)
        : this(name, FakeLog.Hex(data), SlowRlp.Item(data))
    {
    }

    public HeaderField(string name, BigInteger quantity)
        : this(name, BlockJson.Quantity(quantity), SlowRlp.Number(quantity))
    {
    }
}
