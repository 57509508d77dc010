using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Access;

/// <summary>Someone who may or may not call a function: a person with a part in the network, or a contract.</summary>
internal sealed record Role(string Name, Address Address);
