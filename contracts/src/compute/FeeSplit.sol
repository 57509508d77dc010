// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Shares} from "../governance/ITerms.sol";

/// @title Arithmetic of the fee split
library FeeSplit {
    /// @notice Shares rounded down; the burn gets what they leave, and so what rounding leaves.
    function divide(uint256 fee, Shares memory shares)
        internal
        pure
        returns (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee)
    {
        operatorFee = fee * shares.operatorBps / 10_000;
        stakersFee = fee * shares.stakersBps / 10_000;
        treasuryFee = fee * shares.treasuryBps / 10_000;
        burned = fee - operatorFee - stakersFee - treasuryFee;
    }
}
