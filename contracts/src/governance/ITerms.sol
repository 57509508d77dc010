// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How long things take, in seconds.
/// @param challenge how long a batch stands open to a fault proof.
/// @param round how long each side of a forced opening has for its move.
/// @param unbonding from an unbond request to its withdrawal; also from an exit to its end, and the notice of a
/// commission rise.
/// @param jail how long a proven fault keeps a node out of work.
/// @param evidenceAge how old a fault may be when it is accused.
/// @param response how long an accused operator may answer. @param ruling how long the panel may rule after that.
/// @param appeal how long the loser may appeal. @param appealVote how long governance may decide the appeal.
/// @param rootDelay from a reward root's proposal to its first claim.
struct Durations {
    uint32 challenge;
    uint32 round;
    uint32 unbonding;
    uint32 jail;
    uint32 evidenceAge;
    uint32 response;
    uint32 ruling;
    uint32 appeal;
    uint32 appealVote;
    uint32 rootDelay;
}

/// @notice Shares, in 1/10,000.
/// @param operatorBps of a fee, to the operator. @param stakersBps to the node's stakers. @param treasuryBps to the
/// treasury. What the three leave of a fee burns.
/// @param slashBps of the stake behind a batch, lost by a proven compute fault. @param attestedSlashBps of the stake at
/// the accusation, lost by a fault that the panel upheld. @param finderBps of a slash, to who brought it.
/// @param redeemBps fee of picking a certificate out of the pool. @param swapBps fee of a swap in the pair.
struct Shares {
    uint16 operatorBps;
    uint16 stakersBps;
    uint16 treasuryBps;
    uint16 slashBps;
    uint16 finderBps;
    uint16 attestedSlashBps;
    uint16 redeemBps;
    uint16 swapBps;
}

/// @notice Amounts, in wei of GPUCK.
/// @param minimumStake behind a node that works. @param challengerBond of a demand for data, an accusation, an appeal
/// or a dispute. @param rootCap most that one reward root may add to the root before it.
struct Amounts {
    uint96 minimumStake;
    uint96 challengerBond;
    uint96 rootCap;
}

/// @title Every figure that governance may move
/// @notice Other contracts read a term when they act; what was promised then (a maturity, the end of a window) is
/// stored with the act and does not change. Each group changes as a whole, through the timelock, within the bounds of
/// `TermBounds`. Two rules bind the durations to each other, so that stake outlives every way to slash it:
/// unbonding > evidenceAge + response + ruling + appeal, and unbonding > challenge + 11 * round.
interface ITerms {
    event DurationsChanged(Durations durations);
    event SharesChanged(Shares shares);
    event AmountsChanged(Amounts amounts);

    error NotAuthorised(address caller);
    /// @param name the term, as its field is called; `burnBps` for what the fee shares leave.
    error TermOutOfBounds(string name, uint256 value, uint256 minimum, uint256 maximum);

    /// @notice Sets all durations; only the timelock.
    function setDurations(Durations calldata durations_) external;

    /// @notice Sets all shares; only the timelock.
    function setShares(Shares calldata shares_) external;

    /// @notice Sets all amounts; only the timelock.
    function setAmounts(Amounts calldata amounts_) external;

    function challengeSeconds() external view returns (uint256);

    function roundSeconds() external view returns (uint256);

    function unbondingSeconds() external view returns (uint256);

    function jailSeconds() external view returns (uint256);

    function evidenceAgeSeconds() external view returns (uint256);

    /// @notice Unix seconds: a fault before this can never be accused again, not even when evidence may be older later.
    /// What has become final stays final.
    function evidenceFloor() external view returns (uint256);

    function responseSeconds() external view returns (uint256);

    function rulingSeconds() external view returns (uint256);

    function appealSeconds() external view returns (uint256);

    function appealVoteSeconds() external view returns (uint256);

    function rootDelaySeconds() external view returns (uint256);

    function minimumStakeWei() external view returns (uint256);

    function challengerBondWei() external view returns (uint256);

    function rootCapWei() external view returns (uint256);

    function durations() external view returns (Durations memory);

    function shares() external view returns (Shares memory);

    function amounts() external view returns (Amounts memory);
}
