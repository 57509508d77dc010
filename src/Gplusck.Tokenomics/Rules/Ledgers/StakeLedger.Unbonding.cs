using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

public sealed partial class StakeLedger
{
    private readonly Dictionary<UnbondTicket, (BigInteger Shares, int Generation)> _requests = [];

    /// <summary>Requests that are open.</summary>
    public IReadOnlyCollection<UnbondTicket> Requests => _requests.Keys;

    /// <summary>Shares of the unbonding pool that a request owns; 0 once that pool was slashed to nothing.</summary>
    public BigInteger RequestShares(UnbondTicket request) =>
        _requests.TryGetValue(request, out (BigInteger Shares, int Generation) claim)
            && claim.Generation == Of(request.NodeId).Unbonding.Generation ? claim.Shares : BigInteger.Zero;

    /// <summary>Wei that a request would be paid now.</summary>
    public BigInteger RequestAssetsWei(UnbondTicket request) =>
        Of(request.NodeId).Unbonding.ToAssets(RequestShares(request));

    /// <summary>Moves active shares to the unbonding pool. Requests of one second are one request.</summary>
    public UnbondTicket RequestUnbond(long nodeId, Address account, BigInteger shares, long now)
    {
        RefusedException.If(shares.IsZero, "ZeroAmount");
        RequireFree(nodeId, account, shares);
        BigInteger assets = Leave(nodeId, account, shares, unlocked: 0, now);
        NodeStake stake = Of(nodeId);
        BigInteger bought = stake.Unbonding.ToShares(assets);
        UnbondTicket request = new(account, nodeId, now + terms.UnbondingSeconds);
        _stakes[nodeId] = stake with { Unbonding = stake.Unbonding.Deposit(assets) };
        _requests[request] = (RequestShares(request) + bought, stake.Unbonding.Generation);
        return request;
    }

    /// <summary>Moves a request back into the active pool.</summary>
    public BigInteger CancelUnbond(UnbondTicket request, Address caller, long now)
    {
        RequireOwned(request, caller);
        BigInteger assets = RequestAssetsWei(request);
        BigInteger shares = RequireJoin(request.NodeId, caller, assets);
        Take(request);
        Join(request.NodeId, caller, assets, locked: false, now);
        return shares;
    }

    /// <summary>Pays a matured request.</summary>
    public BigInteger Withdraw(UnbondTicket request, Address caller, Address to, long now)
    {
        RequireOwned(request, caller);
        RefusedException.If(now < request.MaturesAt, "NotMatured");
        RefusedException.If(Of(request.NodeId).Freezes > 0, "FrozenStake");
        BigInteger assets = RequestAssetsWei(request);
        Take(request);
        token.Transfer(vault, to, assets);
        return assets;
    }

    private void Take(UnbondTicket request)
    {
        NodeStake stake = Of(request.NodeId);
        _stakes[request.NodeId] = stake with { Unbonding = stake.Unbonding.Redeem(RequestShares(request)) };
        _requests.Remove(request);
    }

    private void RequireOwned(UnbondTicket request, Address caller)
    {
        RefusedException.If(request.Owner != caller, "NotAuthorised");
        RefusedException.If(!_requests.ContainsKey(request), "UnknownRequest");
    }
}
