namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>Something untrue that was served about a block, and that the block's hashes refute.</summary>
internal sealed record Lie(string What, int Number, string Hash)
{
    /// <summary>Whether a message says which block it is about, by height, in hex or not, or by hash.</summary>
    public bool IsNamedIn(string message) =>
        message.Split([' ', ',', '.', ':', '(', ')', ';', '#'])
            .Any(word => word == $"{Number}" || word == $"0x{Number:x}" || word == Hash);
}
