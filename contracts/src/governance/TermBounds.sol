// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Amounts, Durations, ITerms, Shares} from "./ITerms.sol";

/// @title Hard bounds of the terms
/// @notice No vote passes them. On a development chain (id 31337) the lower bounds of durations fall to a second.
library TermBounds {
    uint256 private constant DEVELOPMENT_CHAIN = 31_337;
    /// @notice Least share of a fee that burns: paying oneself for fake work always costs at least this.
    uint256 internal constant BURN_BPS_MIN = 1_000;
    /// @notice Moves of a forced opening after the window that a batch may stay open for: a demand's answer, four times
    /// a descent and an answer, the reveal and one more to prove with what was revealed.
    uint256 internal constant ROUNDS_MAX = 11;

    function requireBounded(Durations memory d) internal view {
        requireWithin("challenge", d.challenge, floor(6 hours), 14 days);
        requireWithin("round", d.round, floor(1 hours), 2 days);
        requireWithin("jail", d.jail, floor(1 hours), 365 days);
        requireWithin("evidenceAge", d.evidenceAge, floor(1 days), 30 days);
        requireWithin("response", d.response, floor(12 hours), 7 days);
        requireWithin("ruling", d.ruling, floor(12 hours), 7 days);
        requireWithin("appeal", d.appeal, floor(12 hours), 7 days);
        requireWithin("appealVote", d.appealVote, floor(7 days), 30 days);
        requireWithin("rootDelay", d.rootDelay, floor(6 hours), 14 days);
        requireWithin("unbonding", d.unbonding, _exposure(d) + 1, 90 days);
    }

    function requireBounded(Shares memory s) internal pure {
        uint256 paidOut = uint256(s.operatorBps) + s.stakersBps + s.treasuryBps;
        requireWithin("treasuryBps", s.treasuryBps, 0, 2_000);
        // A sum over 10,000 shows as a burn of 0.
        requireWithin("burnBps", paidOut > 10_000 ? 0 : 10_000 - paidOut, BURN_BPS_MIN, 10_000);
        requireWithin("slashBps", s.slashBps, 100, 5_000);
        requireWithin("finderBps", s.finderBps, 0, 5_000);
        requireWithin("attestedSlashBps", s.attestedSlashBps, 10, 2_000);
        requireWithin("redeemBps", s.redeemBps, 0, 1_000);
        requireWithin("swapBps", s.swapBps, 0, 300);
    }

    function requireBounded(Amounts memory a) internal pure {
        requireWithin("minimumStake", a.minimumStake, 1 ether, 1_000_000 ether);
        requireWithin("challengerBond", a.challengerBond, 1 ether, 100_000 ether);
        requireWithin("rootCap", a.rootCap, 1 ether, 10_000_000 ether);
    }

    /// @notice `production` seconds, or one on a development chain.
    function floor(uint256 production) internal view returns (uint256) {
        return block.chainid == DEVELOPMENT_CHAIN ? 1 : production;
    }

    /// @dev The longest that stake can be wanted by a court after the act it answers for.
    function _exposure(Durations memory d) private pure returns (uint256) {
        uint256 attested = uint256(d.evidenceAge) + d.response + d.ruling + d.appeal;
        uint256 proven = d.challenge + ROUNDS_MAX * d.round;
        return attested > proven ? attested : proven;
    }

    /// @notice Reverts with `TermOutOfBounds` unless minimum <= value <= maximum.
    function requireWithin(string memory name, uint256 value, uint256 minimum, uint256 maximum) internal pure {
        if (value < minimum || value > maximum) revert ITerms.TermOutOfBounds(name, value, minimum, maximum);
    }
}
