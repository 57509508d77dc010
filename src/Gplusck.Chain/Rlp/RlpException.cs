namespace Gplusck.Chain.Rlp;

/// <summary>Bytes are not RLP in its one canonical form, or not of the shape asked for.</summary>
public sealed class RlpException(string message) : GplusckException(message);
