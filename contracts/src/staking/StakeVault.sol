// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {INodeRegistry, NodeStatus} from "./INodeRegistry.sol";
import {IStakeVault} from "./IStakeVault.sol";
import {StakePool, StakePools} from "./StakePool.sol";

/// @title StakeVault
/// @dev GPUCK moves exact amounts and calls no one back, so no lock against reentrancy is needed.
contract StakeVault is IStakeVault {
    using SafeERC20 for IGpuck;
    using StakePools for StakePool;

    IGpuck public immutable token;
    INodeRegistry public immutable registry;
    address public immutable market;
    address public immutable court;
    /// @inheritdoc IStakeVault
    uint256 public immutable unbondingSeconds;

    /// @inheritdoc IStakeVault
    uint256 public totalStaked;
    /// @notice Unbond requests so far; ids run from 1.
    uint256 public requestCount;

    mapping(uint48 nodeId => StakePool) private _active;
    mapping(uint48 nodeId => StakePool) private _unbonding;
    mapping(uint48 nodeId => mapping(uint256 generation => mapping(address account => uint256))) private _shares;
    mapping(uint256 requestId => UnbondRequest) private _requests;
    mapping(uint256 requestId => uint256 generation) private _requestGeneration;

    constructor(IGpuck token_, INodeRegistry registry_, address market_, address court_, uint256 unbondingSeconds_) {
        token = token_;
        registry = registry_;
        market = market_;
        court = court_;
        unbondingSeconds = unbondingSeconds_;
    }

    /// @inheritdoc IStakeVault
    function stake(uint48 nodeId, uint256 assets, uint256 minimumShares) external returns (uint256 shares) {
        return _stake(nodeId, assets, minimumShares);
    }

    /// @inheritdoc IStakeVault
    function stakeWithPermit(
        uint48 nodeId,
        uint256 assets,
        uint256 minimumShares,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 shares) {
        // Anyone may send the permit first; what counts is the allowance it leaves.
        try IERC20Permit(address(token)).permit(msg.sender, address(this), assets, deadline, v, r, s) {} catch {}
        return _stake(nodeId, assets, minimumShares);
    }

    /// @inheritdoc IStakeVault
    function requestUnbond(uint48 nodeId, uint256 shares) external returns (uint256 requestId) {
        if (shares == 0) revert ZeroAmount();
        StakePool storage active = _active[nodeId];
        mapping(address => uint256) storage held = _shares[nodeId][active.generation];
        if (held[msg.sender] < shares) revert TooFewShares(held[msg.sender], shares);
        held[msg.sender] -= shares;
        uint256 assets = active.redeem(shares);

        StakePool storage unbonding = _unbonding[nodeId];
        uint64 maturesAt = SafeCast.toUint64(block.timestamp + unbondingSeconds);
        requestId = ++requestCount;
        _requests[requestId] = UnbondRequest(msg.sender, nodeId, maturesAt, unbonding.deposit(assets));
        _requestGeneration[requestId] = unbonding.generation;
        emit UnbondRequested(requestId, nodeId, msg.sender, assets, shares, maturesAt);
    }

    /// @inheritdoc IStakeVault
    function withdraw(uint256 requestId, address to) external returns (uint256 assets) {
        UnbondRequest memory entry = _requests[requestId];
        if (entry.owner == address(0)) revert UnknownRequest(requestId);
        if (entry.owner != msg.sender) revert NotAuthorised(msg.sender);
        if (block.timestamp < entry.maturesAt) revert NotMatured(requestId, entry.maturesAt);
        delete _requests[requestId];
        StakePool storage unbonding = _unbonding[entry.nodeId];
        if (_requestGeneration[requestId] == unbonding.generation) assets = unbonding.redeem(entry.shares);
        totalStaked -= assets;
        emit Withdrawn(requestId, entry.nodeId, msg.sender, to, assets);
        token.safeTransfer(to, assets);
    }

    /// @inheritdoc IStakeVault
    function addReward(uint48 nodeId, uint256 assets) external returns (bool accepted) {
        if (msg.sender != market) revert NotAuthorised(msg.sender);
        StakePool storage active = _active[nodeId];
        if (active.shares == 0) return false;
        active.assets += assets;
        totalStaked += assets;
        emit RewardAdded(nodeId, assets);
        token.safeTransferFrom(msg.sender, address(this), assets);
        return true;
    }

    /// @inheritdoc IStakeVault
    function slash(uint48 nodeId, uint256 faultId, uint16 bps, uint16 finderBps, address finder)
        external
        returns (uint256 removed, uint256 burned, uint256 reward)
    {
        if (msg.sender != court) revert NotAuthorised(msg.sender);
        removed = _active[nodeId].slash(bps) + _unbonding[nodeId].slash(bps);
        reward = removed * finderBps / 10_000;
        burned = removed - reward;
        totalStaked -= removed;
        emit Slashed(nodeId, faultId, removed, burned, reward, finder);
        token.burn(burned, "slash");
        token.safeTransfer(finder, reward);
    }

    /// @inheritdoc IStakeVault
    function activeStake(uint48 nodeId) external view returns (uint256) {
        return _active[nodeId].assets;
    }

    /// @inheritdoc IStakeVault
    function unbondingStake(uint48 nodeId) external view returns (uint256) {
        return _unbonding[nodeId].assets;
    }

    /// @inheritdoc IStakeVault
    function sharesOf(uint48 nodeId, address account) external view returns (uint256) {
        return _shares[nodeId][_active[nodeId].generation][account];
    }

    /// @notice All shares of the node's active pool.
    function totalShares(uint48 nodeId) external view returns (uint256) {
        return _active[nodeId].shares;
    }

    /// @inheritdoc IStakeVault
    function toAssets(uint48 nodeId, uint256 shares) external view returns (uint256) {
        return _active[nodeId].toAssets(shares);
    }

    /// @inheritdoc IStakeVault
    function request(uint256 requestId) external view returns (UnbondRequest memory) {
        return _requests[requestId];
    }

    /// @notice Wei that `withdraw` would pay for the request at the present price.
    function requestAssets(uint256 requestId) external view returns (uint256) {
        UnbondRequest memory entry = _requests[requestId];
        StakePool storage unbonding = _unbonding[entry.nodeId];
        return _requestGeneration[requestId] == unbonding.generation ? unbonding.toAssets(entry.shares) : 0;
    }

    function _stake(uint48 nodeId, uint256 assets, uint256 minimumShares) private returns (uint256 shares) {
        if (assets == 0) revert ZeroAmount();
        NodeStatus status = registry.node(nodeId).status;
        if (status == NodeStatus.Exiting || status == NodeStatus.Exited) revert NodeNotStakeable(nodeId);
        StakePool storage active = _active[nodeId];
        shares = active.deposit(assets);
        if (shares == 0 || shares < minimumShares) revert TooFewShares(shares, minimumShares);
        _shares[nodeId][active.generation][msg.sender] += shares;
        totalStaked += assets;
        emit Staked(nodeId, msg.sender, assets, shares);
        token.safeTransferFrom(msg.sender, address(this), assets);
    }
}
