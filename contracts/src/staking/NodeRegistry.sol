// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EnergySource, INodeRegistry, Node, NodeProfile, NodeStatus} from "./INodeRegistry.sol";
import {IStakeVault} from "./IStakeVault.sol";

/// @title NodeRegistry
contract NodeRegistry is INodeRegistry {
    IStakeVault public immutable vault;
    address public immutable court;
    /// @inheritdoc INodeRegistry
    uint256 public immutable minimumStake;
    /// @notice How long a proven fault keeps a node out of work.
    uint256 public immutable jailSeconds;

    /// @inheritdoc INodeRegistry
    uint48 public nodeCount;
    /// @inheritdoc INodeRegistry
    mapping(address operator => uint48) public nodeOf;
    /// @notice When an exiting node may finish its exit; 0 before it asked to.
    mapping(uint48 nodeId => uint64) public exitsAt;

    mapping(uint48 nodeId => Node) private _nodes;

    constructor(IStakeVault vault_, address court_, uint256 minimumStake_, uint256 jailSeconds_) {
        vault = vault_;
        court = court_;
        minimumStake = minimumStake_;
        jailSeconds = jailSeconds_;
    }

    modifier onlyOperator(uint48 nodeId) {
        if (_nodes[nodeId].operator != msg.sender) revert NotOperator(msg.sender);
        _;
    }

    /// @inheritdoc INodeRegistry
    function register(NodeProfile calldata profile) external returns (uint48 nodeId) {
        uint48 existing = nodeOf[msg.sender];
        if (existing != 0) revert AlreadyRegistered(existing);
        _requireValid(profile);
        nodeId = ++nodeCount;
        nodeOf[msg.sender] = nodeId;
        Node storage entry = _nodes[nodeId];
        entry.operator = msg.sender;
        entry.profile = profile;
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
        if (status == NodeStatus.Exiting || status == NodeStatus.Exited) revert WrongStatus(nodeId, status);
        exitsAt[nodeId] = SafeCast.toUint64(block.timestamp + vault.unbondingSeconds());
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
        _requireEndpoint(endpoint);
        _nodes[nodeId].profile.endpoint = endpoint;
        emit EndpointChanged(nodeId, endpoint);
    }

    /// @inheritdoc INodeRegistry
    function jail(uint48 nodeId) external {
        if (msg.sender != court) revert NotAuthorised(msg.sender);
        NodeStatus status = _nodes[nodeId].status;
        if (status != NodeStatus.Active && status != NodeStatus.Jailed) return;
        uint64 until = SafeCast.toUint64(block.timestamp + jailSeconds);
        _nodes[nodeId].jailedUntil = until;
        if (status == NodeStatus.Active) _moveTo(nodeId, NodeStatus.Jailed);
        emit NodeJailed(nodeId, until);
    }

    /// @inheritdoc INodeRegistry
    function node(uint48 nodeId) external view returns (Node memory) {
        if (_nodes[nodeId].status == NodeStatus.None) revert UnknownNode(nodeId);
        return _nodes[nodeId];
    }

    /// @inheritdoc INodeRegistry
    function isActive(uint48 nodeId) external view returns (bool) {
        return _nodes[nodeId].status == NodeStatus.Active && vault.activeStake(nodeId) >= minimumStake;
    }

    function _moveTo(uint48 nodeId, NodeStatus to) private {
        emit NodeStatusChanged(nodeId, _nodes[nodeId].status, to);
        _nodes[nodeId].status = to;
    }

    function _requireStatus(uint48 nodeId, NodeStatus expected) private view {
        NodeStatus status = _nodes[nodeId].status;
        if (status == NodeStatus.None) revert UnknownNode(nodeId);
        if (status != expected) revert WrongStatus(nodeId, status);
    }

    function _requireStake(uint48 nodeId) private view {
        uint256 stake = vault.activeStake(nodeId);
        if (stake < minimumStake) revert StakeTooLow(nodeId, stake, minimumStake);
    }

    function _requireValid(NodeProfile calldata profile) private pure {
        if (profile.source == EnergySource.None) revert InvalidProfile("no energy source");
        if (profile.zone == 0 || profile.zone > 999) revert InvalidProfile("zone is not an ISO 3166-1 numeric code");
        if (!_isUpper(profile.jurisdiction[0]) || !_isUpper(profile.jurisdiction[1])) {
            revert InvalidProfile("jurisdiction is not an ISO 3166-1 alpha-2 code");
        }
        if (profile.nameplateWatts == 0) revert InvalidProfile("no nameplate power");
        if (profile.commissionBps > 10_000) revert InvalidProfile("commission over 10,000 bps");
        _requireEndpoint(profile.endpoint);
    }

    function _requireEndpoint(string calldata endpoint) private pure {
        uint256 length = bytes(endpoint).length;
        if (length == 0 || length > 256) revert InvalidProfile("endpoint is not 1 to 256 bytes");
    }

    function _isUpper(bytes1 letter) private pure returns (bool) {
        return letter >= "A" && letter <= "Z";
    }
}
