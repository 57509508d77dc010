using Gplusck.Chain.Primitives;

namespace Gplusck.Compute.Jobs;

/// <summary>A node that may be given cells.</summary>
internal sealed record ActiveNode(ulong NodeId, Address Operator, Uri Endpoint);
