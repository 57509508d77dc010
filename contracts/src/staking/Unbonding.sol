// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITerms} from "../governance/ITerms.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {ActiveStake} from "./ActiveStake.sol";
import {IStakeVault} from "./IStakeVault.sol";
import {StakePools, UnbondingPool} from "./StakePool.sol";

/// @title Unbonding pools and the requests that own them
abstract contract Unbonding is ActiveStake {
    using SafeERC20 for IGpuck;
    using SafeCast for uint256;
    using StakePools for UnbondingPool;

    /// @notice What a request id leads to, one slot.
    struct Claim {
        uint128 shares;
        uint16 generation;
        bool open;
    }

    ITerms public immutable terms;

    mapping(uint48 nodeId => UnbondingPool) internal _unbonding;
    mapping(uint256 requestId => Claim) private _claims;

    constructor(ITerms terms_) {
        terms = terms_;
    }

    /// @inheritdoc IStakeVault
    function requestUnbond(uint48 nodeId, uint256 shares) external returns (uint256 requestId) {
        if (shares == 0) revert ZeroAmount();
        uint256 assets = _leave(nodeId, msg.sender, shares);
        uint48 maturesAt = (block.timestamp + terms.unbondingSeconds()).toUint48();
        requestId = uint256(uint160(msg.sender)) << 96 | uint256(nodeId) << 48 | maturesAt;

        UnbondingPool memory pool = _unbonding[nodeId];
        uint256 claimed = StakePools.toShares(assets, pool.assets, pool.shares);
        pool.assets = (pool.assets + assets).toUint96();
        pool.shares = (pool.shares + claimed).toUint128();
        _unbonding[nodeId].save(pool);
        Claim storage claim = _claims[requestId];
        if (claim.open && claim.generation == pool.generation) claimed += claim.shares;
        _save(claim, Claim(claimed.toUint128(), pool.generation, true));
        emit UnbondRequested(requestId, nodeId, msg.sender, assets, shares, maturesAt);
    }

    /// @inheritdoc IStakeVault
    function cancelUnbond(uint256 requestId) external returns (uint256 shares) {
        uint48 nodeId = _requireOwned(requestId);
        uint256 assets = _take(requestId, nodeId);
        shares = _join(nodeId, msg.sender, assets, false);
        emit UnbondCancelled(requestId, nodeId, msg.sender, assets, shares);
    }

    /// @inheritdoc IStakeVault
    function withdraw(uint256 requestId, address to) external returns (uint256 assets) {
        uint48 nodeId = _requireOwned(requestId);
        uint64 maturesAt = uint48(requestId);
        if (block.timestamp < maturesAt) revert NotMatured(requestId, maturesAt);
        if (_unbonding[nodeId].freezes > 0) revert FrozenStake(nodeId);
        assets = _take(requestId, nodeId);
        emit Withdrawn(requestId, nodeId, msg.sender, to, assets);
        token.safeTransfer(to, assets);
    }

    /// @inheritdoc IStakeVault
    function unbondingStake(uint48 nodeId) external view returns (uint256) {
        return _unbonding[nodeId].assets;
    }

    /// @inheritdoc IStakeVault
    function stakeBehind(uint48 nodeId) external view returns (uint256) {
        return uint256(_active[nodeId].assets) + _unbonding[nodeId].assets;
    }

    /// @inheritdoc IStakeVault
    function request(uint256 requestId) external view returns (UnbondRequest memory entry) {
        if (!_claims[requestId].open) return entry;
        uint48 nodeId = _nodeOf(requestId);
        return UnbondRequest(_ownerOf(requestId), nodeId, uint48(requestId), _claimedShares(requestId, nodeId));
    }

    /// @inheritdoc IStakeVault
    function requestAssets(uint256 requestId) external view returns (uint256) {
        UnbondingPool storage pool = _unbonding[_nodeOf(requestId)];
        return StakePools.toAssets(_claimedShares(requestId, _nodeOf(requestId)), pool.assets, pool.shares);
    }

    /// @inheritdoc IStakeVault
    function isFrozen(uint48 nodeId) external view returns (bool) {
        return _unbonding[nodeId].freezes > 0;
    }

    /// @dev Closes a request and takes what it is worth out of the pool: nothing, once the pool was slashed to nothing.
    function _take(uint256 requestId, uint48 nodeId) private returns (uint256 assets) {
        uint256 shares = _claimedShares(requestId, nodeId);
        delete _claims[requestId];
        if (shares == 0) return 0;
        UnbondingPool memory pool = _unbonding[nodeId];
        assets = StakePools.toAssets(shares, pool.assets, pool.shares);
        pool.assets = (pool.assets - assets).toUint96();
        pool.shares = (pool.shares - shares).toUint128();
        _unbonding[nodeId].save(pool);
    }

    function _save(Claim storage slot, Claim memory claim) private {
        uint256 word = uint256(claim.shares) | uint256(claim.generation) << 128 | uint256(claim.open ? 1 : 0) << 144;
        assembly ("memory-safe") {
            sstore(slot.slot, word)
        }
    }

    function _requireOwned(uint256 requestId) private view returns (uint48) {
        if (_ownerOf(requestId) != msg.sender) revert NotAuthorised(msg.sender);
        if (!_claims[requestId].open) revert UnknownRequest(requestId);
        return _nodeOf(requestId);
    }

    function _claimedShares(uint256 requestId, uint48 nodeId) private view returns (uint256) {
        Claim memory claim = _claims[requestId];
        return claim.open && claim.generation == _unbonding[nodeId].generation ? claim.shares : 0;
    }

    function _ownerOf(uint256 requestId) private pure returns (address) {
        return address(uint160(requestId >> 96));
    }

    /// @dev Cuts off the owner on purpose.
    function _nodeOf(uint256 requestId) private pure returns (uint48) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint48(requestId >> 48);
    }
}
