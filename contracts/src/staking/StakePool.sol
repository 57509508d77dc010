// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The pot that earns, one slot.
/// @param shares fit as long as assets stay under 2⁹² and the pool was not slashed; a pool slashed to a 1/10,000 still
/// holds half a million GPUCK. More is refused on the way in, never on the way out.
/// @param changes entries of its history.
/// @param generation counts how often the pool was slashed to nothing; shares of an earlier generation are void.
/// @param doors who keeps stake out: see `StakePools`.
struct ActivePool {
    uint96 assets;
    uint112 shares;
    uint32 changes;
    uint8 generation;
    uint8 doors;
}

/// @notice The pot on its way out, one slot.
/// @param freezes accusations that hold the node's stake.
struct UnbondingPool {
    uint96 assets;
    uint128 shares;
    uint16 generation;
    uint16 freezes;
}

/// @title Share arithmetic of a stake pool
/// @notice Every conversion rounds against the account. A million virtual shares stand against one virtual wei:
/// whoever stakes first and lifts the price with a reward can cost a later staker at most a millionth of that reward,
/// and pays for it. No product here exceeds 2²³²: assets stay under 2⁹⁶, shares under 2¹³⁶.
library StakePools {
    uint256 internal constant VIRTUAL_SHARES = 1e6;
    /// @notice Shares per wei above which what a slash left is dust; stake starts with 1e6.
    uint256 internal constant DUST_RATIO = 1e10;
    /// @notice `doors` of a node that takes stake.
    uint8 internal constant OPEN = 1;
    /// @notice Set in `doors` while an accusation holds the node's stake.
    uint8 internal constant FROZEN = 2;
    /// @notice A pool that was slashed to nothing this often takes no stake again, so that no void share revives.
    uint8 internal constant LAST_GENERATION = type(uint8).max;

    /// @notice Shares that `assets` wei buy, rounded down.
    function toShares(uint256 assets, uint256 poolAssets, uint256 poolShares) internal pure returns (uint256) {
        return assets * (poolShares + VIRTUAL_SHARES) / (poolAssets + 1);
    }

    /// @notice Wei that `shares` are worth, rounded down; never more than the pool holds.
    function toAssets(uint256 shares, uint256 poolAssets, uint256 poolShares) internal pure returns (uint256) {
        return shares * (poolAssets + 1) / (poolShares + VIRTUAL_SHARES);
    }

    function save(ActivePool storage slot, ActivePool memory pool) internal {
        uint256 word = uint256(pool.assets) | uint256(pool.shares) << 96 | uint256(pool.changes) << 208
            | uint256(pool.generation) << 240 | uint256(pool.doors) << 248;
        assembly ("memory-safe") {
            sstore(slot.slot, word)
        }
    }

    function save(UnbondingPool storage slot, UnbondingPool memory pool) internal {
        uint256 word = uint256(pool.assets) | uint256(pool.shares) << 96 | uint256(pool.generation) << 224
            | uint256(pool.freezes) << 240;
        assembly ("memory-safe") {
            sstore(slot.slot, word)
        }
    }

    /// @notice Whether a slash left so little per share that the pool must start anew.
    function isSpent(uint256 poolAssets, uint256 poolShares) internal pure returns (bool) {
        return poolShares > 0 && (poolAssets == 0 || poolShares > (poolAssets + 1) * DUST_RATIO);
    }
}
