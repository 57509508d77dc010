using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Sources;

/// <summary>A block by height and hash.</summary>
internal readonly record struct BlockRef(long Number, Hash32 Hash)
{
    public static BlockRef Of(BlockHeader header) => new(header.Number, header.Hash);
}
