using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints;

/// <summary>What the API says about the chain it serves beyond what the tables know.</summary>
/// <param name="ChainId">Chain id.</param>
/// <param name="Contracts">Addresses by contract name.</param>
/// <param name="RpcUrl">An RPC address callers may use; null unless the chain is a devnet of this machine.</param>
/// <param name="Emulated">True on a devnet: several operators share one machine and its energy figures are
/// emulated.</param>
/// <param name="HeadBlockAsync">Number of the chain's newest block, as far as this process knows it.</param>
public sealed record ApiContext(
    long ChainId,
    IReadOnlyDictionary<string, Address> Contracts,
    Uri? RpcUrl,
    bool Emulated,
    Func<CancellationToken, ValueTask<long>> HeadBlockAsync);
