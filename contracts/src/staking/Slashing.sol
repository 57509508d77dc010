// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {IStakeVault} from "./IStakeVault.sol";
import {Redelegation} from "./Redelegation.sol";
import {ActivePool, StakePools, UnbondingPool} from "./StakePool.sol";

/// @title What the courts may do to stake
abstract contract Slashing is Redelegation {
    using SafeERC20 for IGpuck;
    using SafeCast for uint256;
    using StakePools for ActivePool;
    using StakePools for UnbondingPool;

    address public immutable microcellCourt;
    address public immutable faultCourt;

    constructor(address microcellCourt_, address faultCourt_) {
        microcellCourt = microcellCourt_;
        faultCourt = faultCourt_;
    }

    modifier onlyCourt() {
        if (msg.sender != microcellCourt && msg.sender != faultCourt) revert NotAuthorised(msg.sender);
        _;
    }

    /// @inheritdoc IStakeVault
    function freeze(uint48 nodeId) external onlyCourt {
        uint16 count = ++_unbonding[nodeId].freezes;
        if (count == 1) _active[nodeId].doors |= StakePools.FROZEN;
        emit NodeFrozen(nodeId, count);
    }

    /// @inheritdoc IStakeVault
    function unfreeze(uint48 nodeId) external onlyCourt {
        if (_unbonding[nodeId].freezes == 0) revert NotFrozen(nodeId);
        uint16 count = --_unbonding[nodeId].freezes;
        if (count == 0) _active[nodeId].doors ^= StakePools.FROZEN;
        emit NodeUnfrozen(nodeId, count);
    }

    /// @inheritdoc IStakeVault
    function slash(uint48 nodeId, uint256 faultId, uint256 amountWei, uint16 finderBps, address finder)
        external
        onlyCourt
        returns (uint256 removed, uint256 burned, uint256 reward)
    {
        uint256 removedActive;
        (removed, removedActive) = _remove(nodeId, amountWei);
        if (finder != address(0)) reward = removed * Math.min(finderBps, 10_000) / 10_000;
        burned = removed - reward;
        emit Slashed(nodeId, faultId, msg.sender, removed, removedActive, burned, reward, finder);
        if (burned > 0) token.burn(burned, "slash");
        if (reward > 0) token.safeTransfer(finder, reward);
    }

    /// @return removed wei that the two pools lost. @return removedActive how many of them the active pool lost.
    function _remove(uint48 nodeId, uint256 amountWei) private returns (uint256 removed, uint256 removedActive) {
        uint256 active = _active[nodeId].assets;
        uint256 here = active + _unbonding[nodeId].assets;
        Liability memory away = _liabilities[nodeId];
        uint256 total = here + away.redelegated;
        uint256 amount = Math.min(amountWei, total);
        if (amount == 0) return (0, 0);

        // What answers elsewhere is rounded down and the active pool up; together they are `amount` to the wei.
        uint256 amountAway = away.redelegated * amount / total;
        uint256 amountHere = amount - amountAway;
        away.redelegated -= amountAway.toUint96();
        away.magnitude = (away.magnitude * (total - amount) / total).toUint64();
        _liabilities[nodeId] = away;
        if (amountHere == 0) return (0, 0);
        uint256 fromActive = Math.ceilDiv(amountHere * active, here);
        removedActive = _removeActive(nodeId, fromActive);
        removed = removedActive + _removeUnbonding(nodeId, amountHere - fromActive);
    }

    /// @dev A pool that is spent gives up its dust as well, and starts anew with no shares.
    function _removeActive(uint48 nodeId, uint256 amount) private returns (uint256 removed) {
        ActivePool memory pool = _active[nodeId];
        _record(nodeId, pool);
        removed = amount;
        uint256 left = pool.assets - amount;
        if (StakePools.isSpent(left, pool.shares)) {
            (removed, left, pool.shares) = (pool.assets, 0, 0);
            ++pool.generation;
        }
        pool.assets = left.toUint96();
        _active[nodeId].save(pool);
    }

    function _removeUnbonding(uint48 nodeId, uint256 amount) private returns (uint256 removed) {
        UnbondingPool memory pool = _unbonding[nodeId];
        removed = amount;
        uint256 left = pool.assets - amount;
        if (StakePools.isSpent(left, pool.shares)) {
            (removed, left, pool.shares) = (pool.assets, 0, 0);
            ++pool.generation;
        }
        pool.assets = left.toUint96();
        _unbonding[nodeId].save(pool);
    }
}
