using System.Collections.Concurrent;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>The logs bloom again, bit by bit.</summary>
internal sealed class SlowBloom
{
    private static readonly ConcurrentDictionary<string, byte[]> Digests = new();

    public byte[] Bytes { get; } = new byte[256];

    public static byte[] Of(IEnumerable<FakeLog> logs)
    {
        SlowBloom bloom = new();
        foreach (string value in logs.SelectMany(log => log.Topics.Prepend(log.Address)))
        {
            bloom.Add(Digests.GetOrAdd(value, static text => SlowRlp.Keccak(FakeLog.Bytes(text))));
        }

        return bloom.Bytes;
    }

    private void Add(byte[] digest)
    {
        for (int pair = 0; pair < 6; pair += 2)
        {
            int bit = ((digest[pair] << 8) + digest[pair + 1]) % 2048;
            Bytes[255 - (bit / 8)] |= (byte)(1 << (bit % 8));
        }
    }
}
