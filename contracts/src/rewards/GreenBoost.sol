// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IRetirementReceipt} from "../carbon/IRetirementReceipt.sol";
import {INodeRegistry} from "../staking/INodeRegistry.sol";
import {IGreenBoost} from "./IGreenBoost.sol";

/// @notice Where the Wh that nodes claimed for an hour are counted.
interface IClaimedEnergy {
    function claimedWh(uint48 nodeId, uint32 hour) external view returns (uint256);
}

/// @title GreenBoost
contract GreenBoost is IGreenBoost {
    /// @notice No boost.
    uint256 public constant PLAIN_BPS = 10_000;
    /// @notice What a full match adds.
    uint256 public constant EXTRA_BPS = 2_500;
    uint256 public constant WINDOW_HOURS = 720;

    INodeRegistry public immutable registry;
    IClaimedEnergy public immutable market;
    IRetirementReceipt public immutable receipt;

    constructor(INodeRegistry registry_, IClaimedEnergy market_, IRetirementReceipt receipt_) {
        registry = registry_;
        market = market_;
        receipt = receipt_;
    }

    /// @inheritdoc IGreenBoost
    function boost(address account) external view returns (uint256 bps) {
        return pastBoost(account, uint48(block.timestamp - 1));
    }

    /// @inheritdoc IGreenBoost
    function pastBoost(address account, uint48 timepoint) public view returns (uint256 bps) {
        uint256 retired = retiredWh(account, timepoint);
        if (retired == 0) return PLAIN_BPS;
        uint256 used = usedWh(account, timepoint);
        return used == 0 ? PLAIN_BPS : PLAIN_BPS + EXTRA_BPS * Math.min(retired, used) / used;
    }

    /// @inheritdoc IGreenBoost
    function retiredWh(address account, uint48 timepoint) public view returns (uint256) {
        // The later moment first: it is the one that may not be past.
        uint256 until = receipt.pastRetiredGreenWh(account, timepoint);
        return until - receipt.pastRetiredGreenWh(account, timepoint - uint48(WINDOW_HOURS * 1 hours));
    }

    /// @inheritdoc IGreenBoost
    function usedWh(address account, uint48 timepoint) public view returns (uint256 wattHours) {
        uint48 nodeId = registry.nodeOf(account);
        if (nodeId == 0) return 0;
        uint256 end = timepoint / 1 hours;
        for (uint256 hour = end - WINDOW_HOURS; hour < end; ++hour) {
            // A time of 48 bits in hours; what is later than 32 bits can hold is far from now.
            // forge-lint: disable-next-line(unsafe-typecast)
            wattHours += market.claimedWh(nodeId, uint32(hour));
        }
    }
}
