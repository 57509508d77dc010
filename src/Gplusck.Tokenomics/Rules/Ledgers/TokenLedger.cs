using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>The books of a token: exact transfers, minting and burning.</summary>
public sealed class TokenLedger
{
    private readonly Dictionary<Address, BigInteger> _balances = [];

    /// <summary>Units in existence.</summary>
    public BigInteger Supply { get; private set; }

    /// <summary>Units ever burned.</summary>
    public BigInteger Burned { get; private set; }

    /// <summary>What an account holds.</summary>
    public BigInteger BalanceOf(Address account) => _balances.GetValueOrDefault(account);

    /// <summary>Makes new units.</summary>
    public void Mint(Address to, BigInteger amount)
    {
        Supply += amount;
        _balances[to] = BalanceOf(to) + amount;
    }

    /// <summary>Destroys units of an account.</summary>
    /// <exception cref="RefusedException">It holds less.</exception>
    public void Burn(Address from, BigInteger amount)
    {
        RequireBalance(from, amount);
        _balances[from] = BalanceOf(from) - amount;
        Supply -= amount;
        Burned += amount;
    }

    /// <summary>Moves units; the sender's allowance is taken for granted.</summary>
    /// <exception cref="RefusedException">The sender holds less.</exception>
    public void Transfer(Address from, Address to, BigInteger amount)
    {
        RequireBalance(from, amount);
        _balances[from] = BalanceOf(from) - amount;
        _balances[to] = BalanceOf(to) + amount;
    }

    /// <summary>Refuses what <see cref="Transfer"/> would refuse.</summary>
    public void RequireBalance(Address from, BigInteger amount) =>
        RefusedException.If(BalanceOf(from) < amount, "ERC20InsufficientBalance");
}
