using System.Text.Json;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>One fault, as in the list, with its evidence.</summary>
internal sealed record FaultAnswer : FaultEntry
{
    public FaultAnswer(long asOfBlock, FaultEntry fault, JsonElement? evidence)
        : base(fault) => (AsOfBlock, Evidence) = (asOfBlock, evidence);

    /// <summary>Newest indexed block; every figure is as of it.</summary>
    public long AsOfBlock { get; }

    /// <summary>The proof as <c>MicrocellCourt.examine</c> reads it; null when another verifier found the
    /// fault.</summary>
    public JsonElement? Evidence { get; }
}
