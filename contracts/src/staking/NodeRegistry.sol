// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITerms} from "../governance/ITerms.sol";
import {Commissions} from "./Commissions.sol";
import {INodeRegistry, Node, NodeProfile, NodeStatus} from "./INodeRegistry.sol";
import {IStakeVault} from "./IStakeVault.sol";
import {NodeProfiles} from "./NodeProfiles.sol";

/// @title NodeRegistry
/// @dev The vault is told when a node opens to stake and when it shuts, so that staking need not ask here.
contract NodeRegistry is Commissions {
    IStakeVault public immutable vault;
    address public immutable microcellCourt;
    address public immutable faultCourt;

    /// @inheritdoc INodeRegistry
    uint48 public nodeCount;
    /// @inheritdoc INodeRegistry
    mapping(address operator => uint48) public nodeOf;
    /// @notice When an exiting node may finish its exit; 0 before it asked to.
    mapping(uint48 nodeId => uint64) public exitsAt;

    mapping(uint48 nodeId => Node) private _nodes;

    constructor(IStakeVault vault_, ITerms terms_, address microcellCourt_, address faultCourt_) Commissions(terms_) {
        vault = vault_;
        microcellCourt = microcellCourt_;
        faultCourt = faultCourt_;
    }

    modifier onlyOperator(uint48 nodeId) {
        if (_nodes[nodeId].operator != msg.sender) revert NotOperator(msg.sender);
        _;
    }

    modifier onlyCourt() {
        if (msg.sender != microcellCourt && msg.sender != faultCourt) revert NotAuthorised(msg.sender);
        _;
    }

    /// @inheritdoc INodeRegistry
    function register(NodeProfile calldata profile) external returns (uint48 nodeId) {
        uint48 existing = nodeOf[msg.sender];
        if (existing != 0) revert AlreadyRegistered(existing);
        NodeProfiles.requireValid(profile);
        nodeId = ++nodeCount;
        nodeOf[msg.sender] = nodeId;
        Node storage entry = _nodes[nodeId];
        entry.operator = msg.sender;
        entry.profile = profile;
        _setCommission(nodeId, profile.commissionBps);
        emit NodeRegistered(
            nodeId,
            msg.sender,
            profile.source,
            profile.zone,
            profile.jurisdiction,
            profile.nameplateWatts,
            profile.commissionBps,
            profile.endpoint
        );
        _moveTo(nodeId, NodeStatus.Registered);
    }

    /// @inheritdoc INodeRegistry
    function activate(uint48 nodeId) external {
        _requireStatus(nodeId, NodeStatus.Registered);
        _requireStake(nodeId);
        _moveTo(nodeId, NodeStatus.Active);
    }

    /// @inheritdoc INodeRegistry
    function unjail(uint48 nodeId) external onlyOperator(nodeId) {
        _requireStatus(nodeId, NodeStatus.Jailed);
        uint64 until = _nodes[nodeId].jailedUntil;
        if (block.timestamp < until) revert StillJailed(nodeId, until);
        _requireStake(nodeId);
        _moveTo(nodeId, NodeStatus.Active);
    }

    /// @inheritdoc INodeRegistry
    function exit(uint48 nodeId) external onlyOperator(nodeId) {
        NodeStatus status = _nodes[nodeId].status;
        if (status >= NodeStatus.Exiting) revert WrongStatus(nodeId, status);
        exitsAt[nodeId] = SafeCast.toUint64(block.timestamp + terms.unbondingSeconds());
        _moveTo(nodeId, NodeStatus.Exiting);
    }

    /// @inheritdoc INodeRegistry
    function finishExit(uint48 nodeId) external {
        NodeStatus status = _nodes[nodeId].status;
        if (status != NodeStatus.Exiting || block.timestamp < exitsAt[nodeId]) revert WrongStatus(nodeId, status);
        _moveTo(nodeId, NodeStatus.Exited);
    }

    /// @inheritdoc INodeRegistry
    function setEndpoint(uint48 nodeId, string calldata endpoint) external onlyOperator(nodeId) {
        NodeProfiles.requireEndpoint(endpoint);
        _nodes[nodeId].profile.endpoint = endpoint;
        emit EndpointChanged(nodeId, endpoint);
    }

    /// @inheritdoc INodeRegistry
    function announceCommission(uint48 nodeId, uint16 bps) external onlyOperator(nodeId) {
        _announce(nodeId, bps);
    }

    /// @inheritdoc INodeRegistry
    function jail(uint48 nodeId) external onlyCourt {
        NodeStatus status = _nodes[nodeId].status;
        if (status != NodeStatus.Active && status != NodeStatus.Jailed) return;
        uint64 until = SafeCast.toUint64(block.timestamp + terms.jailSeconds());
        _nodes[nodeId].jailedUntil = until;
        if (status == NodeStatus.Active) _moveTo(nodeId, NodeStatus.Jailed);
        emit NodeJailed(nodeId, until);
    }

    /// @inheritdoc INodeRegistry
    function tombstone(uint48 nodeId) external onlyCourt {
        NodeStatus status = _nodes[nodeId].status;
        if (status == NodeStatus.None || status >= NodeStatus.Exited) return;
        _moveTo(nodeId, NodeStatus.Tombstoned);
    }

    /// @inheritdoc INodeRegistry
    function node(uint48 nodeId) external view returns (Node memory entry) {
        entry = _nodes[nodeId];
        if (entry.status == NodeStatus.None) revert UnknownNode(nodeId);
        entry.profile.commissionBps = commissionOf(nodeId);
    }

    /// @inheritdoc INodeRegistry
    function operatorOf(uint48 nodeId) external view returns (address) {
        return _nodes[nodeId].operator;
    }

    /// @inheritdoc INodeRegistry
    function statusOf(uint48 nodeId) external view returns (NodeStatus) {
        return _nodes[nodeId].status;
    }

    /// @inheritdoc INodeRegistry
    function isActive(uint48 nodeId) external view returns (bool) {
        return _nodes[nodeId].status == NodeStatus.Active && vault.activeStake(nodeId) >= terms.minimumStakeWei();
    }

    /// @inheritdoc INodeRegistry
    function acceptsStake(uint48 nodeId) external view returns (bool) {
        return _isOpen(_nodes[nodeId].status);
    }

    function _moveTo(uint48 nodeId, NodeStatus to) private {
        NodeStatus from = _nodes[nodeId].status;
        _nodes[nodeId].status = to;
        emit NodeStatusChanged(nodeId, from, to);
        if (_isOpen(from) != _isOpen(to)) vault.setOpen(nodeId, _isOpen(to));
    }

    function _isOpen(NodeStatus status) private pure returns (bool) {
        return status == NodeStatus.Registered || status == NodeStatus.Active;
    }

    function _requireStatus(uint48 nodeId, NodeStatus expected) private view {
        NodeStatus status = _nodes[nodeId].status;
        if (status == NodeStatus.None) revert UnknownNode(nodeId);
        if (status != expected) revert WrongStatus(nodeId, status);
    }

    function _requireStake(uint48 nodeId) private view {
        uint256 stake = vault.activeStake(nodeId);
        uint256 minimum = terms.minimumStakeWei();
        if (stake < minimum) revert StakeTooLow(nodeId, stake, minimum);
    }
}
