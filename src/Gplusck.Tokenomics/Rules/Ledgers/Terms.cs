using System.Numerics;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>What governance may move, as the contract <c>Terms</c> holds it; the ledgers read it when they
/// act.</summary>
public sealed class Terms
{
    /// <summary>Seconds from a commit to the earliest settlement.</summary>
    public required long ChallengeSeconds { get; set; }

    /// <summary>Seconds from an unbond request to its withdrawal.</summary>
    public required long UnbondingSeconds { get; set; }

    /// <summary>Seconds a jailed node stays out of work.</summary>
    public required long JailSeconds { get; set; }

    /// <summary>How a settled fee is divided.</summary>
    public required FeeSplit Fees { get; set; }

    /// <summary>The pool's fee on a redemption by choice, in 1/10,000.</summary>
    public required int RedeemBps { get; set; }

    /// <summary>The pair's fee on a swap, in 1/10,000.</summary>
    public required int SwapBps { get; set; }

    /// <summary>Wei of active stake that a working node needs.</summary>
    public required BigInteger MinimumStakeWei { get; set; }
}
