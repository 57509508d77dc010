// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice A running total of green Wh and when it last changed.
/// @param earlier how many totals are kept in the history.
/// @param receipts receipts owned; here because it shares the slot.
struct GreenTotal {
    uint48 since;
    uint96 wattHours;
    uint48 earlier;
    uint64 receipts;
}

/// @title Green Wh retired by an account, readable at any past second
/// @notice The present total is one slot; the ones before it are kept one slot each, oldest first.
library GreenHistory {
    struct Account {
        GreenTotal head;
        mapping(uint256 index => GreenTotal) past;
    }

    /// @dev 64-bit amounts would have to be added 2^32 times before the sum passes 96 bits.
    function add(Account storage account, uint256 wattHours) internal {
        GreenTotal memory head = account.head;
        uint48 present = uint48(block.timestamp);
        if (head.wattHours > 0 && head.since != present) {
            account.past[head.earlier] = head;
            ++head.earlier;
        }
        head.since = present;
        head.wattHours = SafeCast.toUint96(head.wattHours + wattHours);
        account.head = head;
    }

    /// @param timepoint a second that is over: totals of the running second may still change.
    function at(Account storage account, uint48 timepoint) internal view returns (uint256) {
        GreenTotal memory head = account.head;
        if (head.since <= timepoint) return head.wattHours;
        // The last total that is not younger than the timepoint lies below `high`.
        (uint256 low, uint256 high) = (0, head.earlier);
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (account.past[middle].since <= timepoint) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? 0 : account.past[low - 1].wattHours;
    }
}
