// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a node's electricity comes from. Thermal power is never one class: coal, gas and oil differ by half,
/// and thermal of unknown fuel counts as the worst. Values are part of certificate ids: append only.
enum EnergySource {
    None,
    Solar,
    Wind,
    Hydro,
    Nuclear,
    Geothermal,
    Biomass,
    Gas,
    Oil,
    Coal,
    ThermalUnspecified,
    Grid
}

/// @notice Where a node stands. `Registered` has too little stake to work; `Exited` and `Tombstoned` are final.
enum NodeStatus {
    None,
    Registered,
    Active,
    Jailed,
    Exiting,
    Exited,
    Tombstoned
}

/// @notice What an operator declares about a node.
/// @param source electricity source.
/// @param zone grid zone, ISO 3166-1 numeric code of the country.
/// @param jurisdiction ISO 3166-1 alpha-2 code of the law the operator stands under, as two ASCII bytes.
/// @param nameplateWatts most power the node can draw; bounds the Wh it may claim for one hour.
/// @param commissionBps the operator's share of the stakers' fee part, in 1/10,000.
/// @param endpoint HTTP base address where operands and batches are served.
struct NodeProfile {
    EnergySource source;
    uint16 zone;
    bytes2 jurisdiction;
    uint32 nameplateWatts;
    uint16 commissionBps;
    string endpoint;
}

struct Node {
    address operator;
    NodeStatus status;
    uint64 jailedUntil;
    NodeProfile profile;
}

/// @title Nodes and where they stand
interface INodeRegistry {
    event NodeRegistered(
        uint48 indexed nodeId,
        address indexed operator,
        EnergySource source,
        uint16 zone,
        bytes2 jurisdiction,
        uint32 nameplateWatts,
        uint16 commissionBps,
        string endpoint
    );
    event NodeStatusChanged(uint48 indexed nodeId, NodeStatus from, NodeStatus to);
    event NodeJailed(uint48 indexed nodeId, uint64 until);
    event EndpointChanged(uint48 indexed nodeId, string endpoint);
    /// @param effectiveAt first second at which `bps` applies; now for a cut.
    event CommissionAnnounced(uint48 indexed nodeId, uint16 bps, uint64 effectiveAt);

    error InvalidProfile(string reason);
    error AlreadyRegistered(uint48 nodeId);
    error UnknownNode(uint48 nodeId);
    error NotOperator(address caller);
    error NotAuthorised(address caller);
    error WrongStatus(uint48 nodeId, NodeStatus status);
    error StillJailed(uint48 nodeId, uint64 until);
    error StakeTooLow(uint48 nodeId, uint256 stake, uint256 minimum);

    /// @notice Registers the caller as the operator of a new node. One node per operator address, for good: whoever
    /// exits or is tombstoned cannot register again.
    /// @return nodeId 1, 2, 3, … in order of registration.
    function register(NodeProfile calldata profile) external returns (uint48 nodeId);

    /// @notice Registered → Active once the node's active stake is at least the minimum. Anyone may call.
    function activate(uint48 nodeId) external;

    /// @notice Jailed → Active after `jailedUntil`, with at least the minimum stake; only the operator.
    function unjail(uint48 nodeId) external;

    /// @notice Registered, Active or Jailed → Exiting; only the operator. The node gets no more work and its stake may
    /// unbond.
    function exit(uint48 nodeId) external;

    /// @notice Exiting → Exited after one unbonding period; anyone may call.
    function finishExit(uint48 nodeId) external;

    /// @notice Moves the operand server; only the operator.
    function setEndpoint(uint48 nodeId, string calldata endpoint) external;

    /// @notice Changes the operator's share of the stakers' fee part; only the operator. A cut applies at once and
    /// takes back an announced rise; a rise applies after one unbonding period, so that whoever disagrees can be gone.
    function announceCommission(uint48 nodeId, uint16 bps) external;

    /// @notice Active → Jailed until now + the jail term; only a court. A jailed node's term starts anew; a node in
    /// any other status stays as it is. Never reverts for reasons the operator controls.
    function jail(uint48 nodeId) external;

    /// @notice Any status but Exited → Tombstoned, for good; only a court. Its stake may still unbond. Never reverts
    /// for reasons the operator controls.
    function tombstone(uint48 nodeId) external;

    /// @notice The node, with the commission that applies now. Reverts for an unknown one.
    function node(uint48 nodeId) external view returns (Node memory);

    /// @return nodeId 0 when the address operates none.
    function nodeOf(address operator) external view returns (uint48 nodeId);

    /// @return The zero address for an unknown node.
    function operatorOf(uint48 nodeId) external view returns (address);

    /// @return `None` for an unknown node.
    function statusOf(uint48 nodeId) external view returns (NodeStatus);

    /// @notice The commission that applies now, in 1/10,000.
    function commissionOf(uint48 nodeId) external view returns (uint16);

    /// @notice An announced rise that does not apply yet; both values are 0 when there is none.
    function pendingCommission(uint48 nodeId) external view returns (uint16 bps, uint64 effectiveAt);

    /// @notice Whether the node may take work: its status is Active and its active stake is still at least the minimum.
    function isActive(uint48 nodeId) external view returns (bool);

    /// @notice Whether anyone may stake with the node, by its status: Registered or Active. A frozen node takes none
    /// either, which the vault knows.
    function acceptsStake(uint48 nodeId) external view returns (bool);

    function nodeCount() external view returns (uint48);
}
