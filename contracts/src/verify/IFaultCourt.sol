// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Faults that arithmetic cannot prove, so that people must judge them.
enum AttestedFault {
    EnergyMisreported,
    Unavailability,
    UnassignedWork
}

/// @notice What the panel or governance found, and how an accusation ended. `Dismissed`: the panel reached no
/// majority. `Repeated`: right, but the same fault was upheld before.
enum Verdict {
    None,
    Upheld,
    Rejected,
    Dismissed,
    Repeated
}

/// @notice Where an accusation stands. `Open`: response, then votes. `Ruled`: open to an appeal. `Appealed`: with
/// governance. `Decided`: governance has spoken.
enum AccusationStage {
    None,
    Open,
    Ruled,
    Appealed,
    Decided,
    Closed
}

/// @param faultAt when the fault happened; its hour is what it is about. @param stageEndsAt end of the votes while
/// open, then of the appeal, then of governance's time.
/// @param ruling the panel's. @param decision governance's. @param outcome how it ended.
/// @param panelTerm the panel that judges it: the one in office when it was made. @param threshold votes that make a
/// ruling. @param voters one bit per member who voted.
/// @param bondWei held from the accuser, and as much again from whoever appeals.
/// @param slashWei most that it can cost: a share of the stake behind the node when it was made.
struct Accusation {
    uint48 nodeId;
    AttestedFault kind;
    AccusationStage stage;
    bool responded;
    uint40 faultAt;
    uint40 responseEndsAt;
    uint40 stageEndsAt;
    uint32 panelTerm;
    uint16 voters;
    address accuser;
    uint96 bondWei;
    uint96 slashWei;
    uint8 threshold;
    uint8 votesToUphold;
    uint8 votesToReject;
    Verdict ruling;
    Verdict decision;
    Verdict outcome;
}

/// @title Judges faults by evidence: accusation, response, ruling, appeal
/// @notice Anyone may accuse a node of a recent fault, against a bond. That freezes the node's stake, which changes
/// nothing else, and is undone exactly when the accusation ends. A panel that governance appoints rules; the loser may
/// appeal once, against the same bond, and governance decides. Upheld, the fault costs a share of the stake that stood
/// behind the node at the accusation, jails the node, and a misreported hour is void. Rejected, it costs the accuser
/// the bond: half to the operator, half burned. All windows are half open: what ends at `t` is over at `t`.
/// @notice A fault (node, kind, hour) can be upheld once. Several accusations of it may run side by side, so that no
/// friend of the operator shields it behind an accusation made to fail.
interface IFaultCourt {
    event Accused(
        uint256 indexed accusationId,
        uint48 indexed nodeId,
        address indexed accuser,
        AttestedFault kind,
        uint40 faultAt,
        bytes32 evidenceHash,
        string evidence,
        uint256 bondWei,
        uint256 slashWei,
        uint40 responseEndsAt,
        uint40 rulingEndsAt
    );
    event Responded(uint256 indexed accusationId, bytes32 responseHash, string response);
    event Voted(uint256 indexed accusationId, address indexed member, bool upheld);
    event Ruled(uint256 indexed accusationId, bool upheld, uint40 appealEndsAt);
    event Appealed(uint256 indexed accusationId, address indexed appellant, uint256 bondWei, uint40 decisionEndsAt);
    event Decided(uint256 indexed accusationId, bool upheld);
    event AccusationClosed(
        uint256 indexed accusationId, uint48 indexed nodeId, Verdict outcome, uint256 slashedWei, uint256 rewardWei
    );
    event PanelSet(uint32 indexed term, address[] members, uint8 threshold);

    error NotAuthorised(address caller);
    error NotOperator(address caller);
    error UnknownNode(uint48 nodeId);
    /// @notice The fault lies in the future, or too far back to be accused.
    error FaultTimeOutOfBounds(uint256 faultAt, uint256 earliest, uint256 latest);
    error AlreadyUpheld(uint256 accusationId);
    error AlreadyResponded(uint256 accusationId);
    error AlreadyVoted(uint256 accusationId, address member);
    error WrongStage(uint256 accusationId, AccusationStage stage);
    error TooEarly(uint256 accusationId, uint40 opensAt);
    error TooLate(uint256 accusationId, uint40 endedAt);
    /// @notice A panel needs a majority of its members to rule.
    error NoMajority(uint256 threshold, uint256 size);

    /// @notice Accuses a node, bonds the caller's GPUCK and freezes the node's stake. Not while the guardian has shut
    /// entry.
    /// @param faultAt Unix seconds. @param evidenceHash keccak256 of the evidence. @param evidence where to find it.
    /// @return accusationId 1, 2, 3, … in order.
    function accuse(uint48 nodeId, AttestedFault kind, uint40 faultAt, bytes32 evidenceHash, string calldata evidence)
        external
        returns (uint256 accusationId);

    /// @notice Answers, once, before the response ends; only the node's operator.
    function respond(uint256 accusationId, bytes32 responseHash, string calldata response) external;

    /// @notice Votes, once, from the response or its end until the ruling ends; only a member of the accusation's
    /// panel who is not a party to it. The vote that completes the threshold on either side is the ruling.
    function vote(uint256 accusationId, bool upheld) external;

    /// @notice Takes a ruling to governance, against the accusation's bond; only who lost by it.
    function appeal(uint256 accusationId) external;

    /// @notice Decides an appeal; only the timelock. Without a decision in time the ruling stands.
    function decide(uint256 accusationId, bool upheld) external;

    /// @notice Carries out what was found, once nothing can change it any more; anyone may call.
    function finish(uint256 accusationId) external;

    /// @notice Appoints the panel for accusations to come, at most 15, of whom a majority of `threshold` rules; only
    /// the timelock.
    function setPanel(address[] calldata members, uint8 threshold) external;

    function accusation(uint256 accusationId) external view returns (Accusation memory);

    function accusationCount() external view returns (uint256);

    /// @return accusationId the accusation by which this fault was upheld; 0 while it was not.
    function upheldBy(uint48 nodeId, AttestedFault kind, uint32 hour) external view returns (uint256 accusationId);

    /// @notice Accusations under way that could void this hour.
    function openAccusations(uint48 nodeId, uint32 hour) external view returns (uint256);

    /// @notice Whether the node's energy of this hour can no longer be disputed: the hour is too old to be accused, and
    /// no accusation of it is under way. True once, true for ever.
    function isFinal(uint48 nodeId, uint32 hour) external view returns (bool);

    /// @notice First second of a fault that can be accused now.
    function earliestFault() external view returns (uint256);

    function isOnPanel(address account) external view returns (bool);

    /// @notice How many of the panel make a ruling, and of how many.
    function panelQuorum() external view returns (uint32 term, uint8 threshold, uint8 size);
}
