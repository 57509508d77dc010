// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How a fee is divided, in 1/10,000. What the other three leave is burned.
struct FeeSplit {
    uint16 operatorBps;
    uint16 stakersBps;
    uint16 treasuryBps;
}

/// @title Bounds and arithmetic of the fee split
library FeeSplits {
    /// @notice Least share that must burn: paying oneself for fake work always costs at least this.
    uint256 internal constant BURN_BPS_MIN = 1_000;
    uint256 internal constant TREASURY_BPS_MAX = 2_000;

    error SplitOutOfBounds(uint16 operatorBps, uint16 stakersBps, uint16 treasuryBps);

    function requireBounded(FeeSplit memory shares) internal pure {
        uint256 paidOut = uint256(shares.operatorBps) + shares.stakersBps + shares.treasuryBps;
        if (paidOut + BURN_BPS_MIN > 10_000 || shares.treasuryBps > TREASURY_BPS_MAX) {
            revert SplitOutOfBounds(shares.operatorBps, shares.stakersBps, shares.treasuryBps);
        }
    }
}
