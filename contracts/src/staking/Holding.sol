// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One account's part of one active pool, one slot.
/// @param changedAt when it took its present value. @param changes entries of its history.
/// @param generation of the pool that the shares belong to. @param locked whether some came by redelegation.
struct Holding {
    uint112 shares;
    uint40 changedAt;
    uint32 changes;
    uint8 generation;
    bool locked;
}

/// @title How a holding is stored
library Holdings {
    function save(Holding storage slot, Holding memory holding) internal {
        uint256 word = uint256(holding.shares) | uint256(holding.changedAt) << 112 | uint256(holding.changes) << 152
            | uint256(holding.generation) << 184 | uint256(holding.locked ? 1 : 0) << 192;
        assembly ("memory-safe") {
            sstore(slot.slot, word)
        }
    }
}
