// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a pool or a holding was at a time, one slot. A holding has no assets.
struct Moment {
    uint40 time;
    uint96 assets;
    uint112 shares;
    uint8 generation;
}

/// @title Moments in order of time, each time once
/// @dev The length is kept by whoever owns the list, in a slot that it writes anyway.
library History {
    /// @dev One write: field by field the compiler reads and writes the slot again each time. The same holds for every
    /// `save` of this folder.
    function save(Moment storage slot, Moment memory moment) internal {
        uint256 word = uint256(moment.time) | uint256(moment.assets) << 40 | uint256(moment.shares) << 136
            | uint256(moment.generation) << 248;
        assembly ("memory-safe") {
            sstore(slot.slot, word)
        }
    }

    /// @return index of the first of `length` moments that is later than `time`; `length` if none is.
    function firstAfter(mapping(uint256 index => Moment) storage moments, uint256 length, uint256 time)
        internal
        view
        returns (uint256 index)
    {
        uint256 high = length;
        // What is asked for is mostly recent: step back by 1, 2, 4, … before halving.
        for (uint256 step = 1; index < high && step <= high; step *= 2) {
            if (moments[high - step].time > time) {
                high -= step;
            } else {
                index = high - step + 1;
            }
        }
        while (index < high) {
            uint256 middle = (index + high) / 2;
            if (moments[middle].time > time) high = middle;
            else index = middle + 1;
        }
        return high;
    }
}
