using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Signing;

/// <summary>A transaction ready to be sent.</summary>
/// <param name="Raw">The bytes that eth_sendRawTransaction takes.</param>
/// <param name="Hash">The hash under which the chain will know it.</param>
public sealed record SignedTransaction(byte[] Raw, Hash32 Hash);
