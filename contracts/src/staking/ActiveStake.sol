// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {History, Moment} from "./History.sol";
import {Holding, Holdings} from "./Holding.sol";
import {INodeRegistry, NodeStatus} from "./INodeRegistry.sol";
import {IStakeVault} from "./IStakeVault.sol";
import {ActivePool, StakePools} from "./StakePool.sol";

/// @title Active pools, who holds them, and what both were
/// @dev A stake writes four slots: the pool, the holding, and the past of each. That is what votes at a past timepoint
/// cost; the present values carry the length of their history, so that it has no slot of its own.
abstract contract ActiveStake is IStakeVault {
    using SafeCast for uint256;
    using History for mapping(uint256 => Moment);
    using History for Moment;
    using Holdings for Holding;
    using StakePools for ActivePool;

    IGpuck public immutable token;
    INodeRegistry public immutable registry;

    mapping(uint48 nodeId => ActivePool) internal _active;
    /// @dev What the pool was *until* each moment.
    mapping(uint48 nodeId => mapping(uint256 index => Moment)) private _poolHistory;
    mapping(uint48 nodeId => mapping(address account => Holding)) private _holdings;
    /// @dev What the holding was *from* each moment on.
    mapping(uint48 nodeId => mapping(address account => mapping(uint256 index => Moment))) private _holdingHistory;
    mapping(uint48 nodeId => mapping(address account => mapping(uint8 generation => uint256))) private _locked;

    constructor(IGpuck token_, INodeRegistry registry_) {
        token = token_;
        registry = registry_;
    }

    /// @inheritdoc IStakeVault
    function activeStake(uint48 nodeId) external view returns (uint256) {
        return _active[nodeId].assets;
    }

    /// @inheritdoc IStakeVault
    function totalShares(uint48 nodeId) external view returns (uint256) {
        return _active[nodeId].shares;
    }

    /// @inheritdoc IStakeVault
    function toAssets(uint48 nodeId, uint256 shares) external view returns (uint256) {
        ActivePool storage pool = _active[nodeId];
        return StakePools.toAssets(shares, pool.assets, pool.shares);
    }

    /// @inheritdoc IStakeVault
    function sharesOf(uint48 nodeId, address account) external view returns (uint256) {
        return _holding(nodeId, account, _active[nodeId].generation).shares;
    }

    /// @inheritdoc IStakeVault
    function lockedShares(uint48 nodeId, address account) external view returns (uint256) {
        return _locked[nodeId][account][_active[nodeId].generation];
    }

    /// @inheritdoc IStakeVault
    function pastPool(uint48 nodeId, uint256 timestamp) external view returns (uint256 assets, uint256 shares) {
        Moment memory moment = _poolAt(nodeId, timestamp);
        return (moment.assets, moment.shares);
    }

    /// @inheritdoc IStakeVault
    function pastSharesOf(uint48 nodeId, address account, uint256 timestamp) external view returns (uint256) {
        Moment memory pool = _poolAt(nodeId, timestamp);
        Holding memory holding = _holdings[nodeId][account];
        Moment memory moment = Moment(holding.changedAt, 0, holding.shares, holding.generation);
        if (timestamp < holding.changedAt) {
            mapping(uint256 => Moment) storage moments = _holdingHistory[nodeId][account];
            uint256 index = moments.firstAfter(holding.changes, timestamp);
            if (index == 0) return 0;
            moment = moments[index - 1];
        }
        return moment.generation == pool.generation ? moment.shares : 0;
    }

    /// @dev Puts `assets` into the pool for `account`. The tokens are the caller's to move.
    function _join(uint48 nodeId, address account, uint256 assets, bool locked) internal returns (uint256 shares) {
        ActivePool memory pool = _active[nodeId];
        _requireOpen(nodeId, pool, account);
        shares = StakePools.toShares(assets, pool.assets, pool.shares);
        _record(nodeId, pool);
        pool.assets = (pool.assets + assets).toUint96();
        pool.shares = (pool.shares + shares).toUint112();
        _active[nodeId].save(pool);

        Holding memory holding = _holding(nodeId, account, pool.generation);
        if (locked) {
            holding.locked = true;
            _locked[nodeId][account][pool.generation] += shares;
        }
        _hold(nodeId, account, holding, holding.shares + shares);
    }

    /// @dev Takes free shares of `account` out of the pool.
    function _leave(uint48 nodeId, address account, uint256 shares) internal returns (uint256 assets) {
        ActivePool memory pool = _active[nodeId];
        Holding memory holding = _holding(nodeId, account, pool.generation);
        uint256 free = holding.shares;
        if (holding.locked) free -= _locked[nodeId][account][pool.generation];
        if (shares > free) revert TooFewShares(free, shares);
        assets = _redeem(nodeId, pool, shares);
        _hold(nodeId, account, holding, holding.shares - shares);
    }

    /// @dev Takes locked shares of `account` out of the pool and frees `released` more.
    function _unlock(uint48 nodeId, address account, uint256 taken, uint256 released)
        internal
        returns (uint256 assets)
    {
        ActivePool memory pool = _active[nodeId];
        Holding memory holding = _holding(nodeId, account, pool.generation);
        uint256 left = _locked[nodeId][account][pool.generation] - taken - released;
        _locked[nodeId][account][pool.generation] = left;
        holding.locked = left > 0;
        if (taken > 0) assets = _redeem(nodeId, pool, taken);
        _hold(nodeId, account, holding, holding.shares - taken);
    }

    /// @dev Writes the pool as it was until now into its history, before it changes. Within one second only the last
    /// value counts, which the next change records.
    function _record(uint48 nodeId, ActivePool memory pool) internal {
        mapping(uint256 => Moment) storage moments = _poolHistory[nodeId];
        uint256 length = pool.changes;
        uint40 present = block.timestamp.toUint40();
        if (length > 0 && moments[length - 1].time == present) return;
        moments[length].save(Moment(present, pool.assets, pool.shares, pool.generation));
        pool.changes = (length + 1).toUint32();
    }

    function _redeem(uint48 nodeId, ActivePool memory pool, uint256 shares) private returns (uint256 assets) {
        assets = StakePools.toAssets(shares, pool.assets, pool.shares);
        _record(nodeId, pool);
        pool.assets = (pool.assets - assets).toUint96();
        pool.shares = (pool.shares - shares).toUint112();
        _active[nodeId].save(pool);
    }

    /// @param holding as `_holding` gave it. What is recorded is what storage holds: shares of a generation that has
    /// ended counted until then.
    function _hold(uint48 nodeId, address account, Holding memory holding, uint256 shares) private {
        uint40 present = block.timestamp.toUint40();
        Holding storage former = _holdings[nodeId][account];
        if (holding.changedAt != 0 && holding.changedAt != present) {
            _holdingHistory[nodeId][account][holding.changes].save(
                Moment(holding.changedAt, 0, former.shares, former.generation)
            );
            ++holding.changes;
        }
        holding.changedAt = present;
        holding.shares = shares.toUint112();
        former.save(holding);
    }

    function _holding(uint48 nodeId, address account, uint8 generation) private view returns (Holding memory holding) {
        holding = _holdings[nodeId][account];
        if (holding.generation != generation) {
            (holding.shares, holding.locked, holding.generation) = (0, false, generation);
        }
    }

    function _requireOpen(uint48 nodeId, ActivePool memory pool, address account) private view {
        if (pool.generation == StakePools.LAST_GENERATION) revert NodeNotStakeable(nodeId);
        if (pool.doors == StakePools.OPEN) return;
        bool topUp =
            pool.doors == 0 && registry.statusOf(nodeId) == NodeStatus.Jailed && registry.operatorOf(nodeId) == account;
        if (!topUp) revert NodeNotStakeable(nodeId);
    }

    function _poolAt(uint48 nodeId, uint256 timestamp) private view returns (Moment memory) {
        if (timestamp >= block.timestamp) revert NotPast(timestamp);
        ActivePool storage pool = _active[nodeId];
        uint256 length = pool.changes;
        uint256 index = _poolHistory[nodeId].firstAfter(length, timestamp);
        if (index < length) return _poolHistory[nodeId][index];
        return Moment(0, pool.assets, pool.shares, pool.generation);
    }
}
