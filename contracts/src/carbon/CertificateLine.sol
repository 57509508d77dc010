// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {DoubleEndedQueue} from "@openzeppelin/contracts/utils/structs/DoubleEndedQueue.sol";

/// @title Certificates in the order in which they came
/// @notice An id stands in the line once. Taken out by choice it keeps its place until the front passes it, and it has
/// that place again if it comes back before.
library CertificateLine {
    using DoubleEndedQueue for DoubleEndedQueue.Bytes32Deque;

    struct Lot {
        uint128 wattHours;
        bool inLine;
    }

    struct Line {
        DoubleEndedQueue.Bytes32Deque ids;
        mapping(uint256 id => Lot) lots;
    }

    function add(Line storage line, uint256 id, uint256 wattHours) internal {
        Lot storage lot = line.lots[id];
        if (!lot.inLine) line.ids.pushBack(bytes32(id));
        (lot.wattHours, lot.inLine) = (SafeCast.toUint128(lot.wattHours + wattHours), true);
    }

    /// @dev The caller has checked that so much is there.
    function remove(Line storage line, uint256 id, uint256 wattHours) internal {
        line.lots[id].wattHours -= SafeCast.toUint128(wattHours);
    }

    /// @notice Takes up to `wattHours` from the front, looking at `entries` ids at most.
    function takeOldest(Line storage line, uint256 wattHours, uint256 entries)
        internal
        returns (uint256[] memory ids, uint256[] memory amounts, uint256 taken)
    {
        entries = Math.min(entries, line.ids.length());
        (ids, amounts) = (new uint256[](entries), new uint256[](entries));
        uint256 count = 0;
        for (; entries != 0 && taken < wattHours; --entries) {
            uint256 id = uint256(line.ids.front());
            Lot storage lot = line.lots[id];
            uint256 amount = Math.min(lot.wattHours, wattHours - taken);
            // Never more than the lot holds.
            // forge-lint: disable-next-line(unsafe-typecast)
            lot.wattHours -= uint128(amount);
            if (lot.wattHours == 0) {
                line.ids.popFront();
                lot.inLine = false;
            }
            if (amount == 0) continue;
            (ids[count], amounts[count]) = (id, amount);
            taken += amount;
            ++count;
        }
        assembly ("memory-safe") {
            mstore(ids, count)
            mstore(amounts, count)
        }
    }

    function wattHoursOf(Line storage line, uint256 id) internal view returns (uint256) {
        return line.lots[id].wattHours;
    }
}
