// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice A pot of tokens owned in shares.
/// @param generation counts how often the pot was slashed to nothing; shares of an earlier generation are void.
struct StakePool {
    uint256 assets;
    uint256 shares;
    uint256 generation;
}

/// @title Share arithmetic of a stake pool
/// @notice Every conversion rounds against the account, every slash rounds up. A million virtual shares stand against
/// one virtual wei: whoever stakes one wei first and lifts the price with a reward can cost a later staker at most a
/// millionth of that reward, and pays for it.
library StakePools {
    uint256 internal constant VIRTUAL_SHARES = 1e6;

    /// @notice Shares that `assets` wei buy, rounded down.
    function toShares(StakePool storage pool, uint256 assets) internal view returns (uint256) {
        return Math.mulDiv(assets, pool.shares + VIRTUAL_SHARES, pool.assets + 1);
    }

    /// @notice Wei that `shares` are worth, rounded down; never more than the pool holds.
    function toAssets(StakePool storage pool, uint256 shares) internal view returns (uint256) {
        return Math.mulDiv(shares, pool.assets + 1, pool.shares + VIRTUAL_SHARES);
    }

    function deposit(StakePool storage pool, uint256 assets) internal returns (uint256 shares) {
        shares = toShares(pool, assets);
        pool.assets += assets;
        pool.shares += shares;
    }

    function redeem(StakePool storage pool, uint256 shares) internal returns (uint256 assets) {
        assets = toAssets(pool, shares);
        pool.assets -= assets;
        pool.shares -= shares;
    }

    /// @notice Removes `bps`/10,000 of the pool, rounded up. Taking everything voids every share.
    function slash(StakePool storage pool, uint256 bps) internal returns (uint256 removed) {
        uint256 assets = pool.assets;
        removed = Math.ceilDiv(assets * Math.min(bps, 10_000), 10_000);
        pool.assets = assets - removed;
        if (removed > 0 && removed == assets) {
            pool.shares = 0;
            ++pool.generation;
        }
    }
}
