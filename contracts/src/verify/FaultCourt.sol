// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EntryPause} from "../governance/EntryPause.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {FaultSentence} from "./FaultSentence.sol";
import {Accusation, AccusationStage, AttestedFault, IFaultCourt, Verdict} from "./IFaultCourt.sol";
import {Quorum, Quorums} from "./Quorum.sol";

/// @title FaultCourt
/// @dev The case: accusation, response, ruling, appeal. What it leads to is in FaultSentence.
contract FaultCourt is IFaultCourt, FaultSentence, EntryPause {
    using SafeERC20 for IGpuck;
    using Quorums for Quorum;

    Quorum private _panel;

    constructor(Links memory links, address guardian_, address timelock_, address[] memory members, uint8 threshold)
        FaultSentence(links)
        EntryPause(guardian_, timelock_)
    {
        _appoint(members, threshold);
    }

    modifier onlyTimelock() {
        if (msg.sender != timelock) revert NotAuthorised(msg.sender);
        _;
    }

    /// @inheritdoc IFaultCourt
    function accuse(uint48 nodeId, AttestedFault kind, uint40 faultAt, bytes32 evidenceHash, string calldata evidence)
        external
        whileOpen
        returns (uint256 accusationId)
    {
        _requireAccusable(nodeId, kind, faultAt);
        Accusation memory entry;
        (entry.nodeId, entry.kind, entry.faultAt) = (nodeId, kind, faultAt);
        entry.stage = AccusationStage.Open;
        (entry.panelTerm, entry.threshold) = (_panel.term, _panel.threshold);
        entry.responseEndsAt = SafeCast.toUint40(block.timestamp + terms.responseSeconds());
        entry.stageEndsAt = SafeCast.toUint40(entry.responseEndsAt + terms.rulingSeconds());
        entry.accuser = msg.sender;
        entry.bondWei = SafeCast.toUint96(terms.challengerBondWei());
        entry.slashWei = SafeCast.toUint96(vault.stakeBehind(nodeId) * terms.shares().attestedSlashBps / 10_000);
        accusationId = _open(entry);
        _announce(accusationId, entry, evidenceHash, evidence);
        token.safeTransferFrom(msg.sender, address(this), entry.bondWei);
    }

    /// @inheritdoc IFaultCourt
    function respond(uint256 accusationId, bytes32 responseHash, string calldata response) external {
        Accusation storage entry = _accusations[accusationId];
        if (msg.sender != _operatorOf(entry.nodeId)) revert NotOperator(msg.sender);
        _requireUnder(accusationId, AccusationStage.Open, entry.responseEndsAt);
        if (entry.responded) revert AlreadyResponded(accusationId);
        entry.responded = true;
        emit Responded(accusationId, responseHash, response);
    }

    /// @inheritdoc IFaultCourt
    function vote(uint256 accusationId, bool upheld) external {
        Accusation storage entry = _accusations[accusationId];
        uint16 bit = _panel.bits[entry.panelTerm][msg.sender];
        if (bit == 0 || msg.sender == entry.accuser || msg.sender == _operatorOf(entry.nodeId)) {
            revert NotAuthorised(msg.sender);
        }
        _requireUnder(accusationId, AccusationStage.Open, entry.stageEndsAt);
        if (!entry.responded && block.timestamp < entry.responseEndsAt) {
            revert TooEarly(accusationId, entry.responseEndsAt);
        }
        if (entry.voters & bit != 0) revert AlreadyVoted(accusationId, msg.sender);
        entry.voters |= bit;
        emit Voted(accusationId, msg.sender, upheld);
        uint8 votes = upheld ? ++entry.votesToUphold : ++entry.votesToReject;
        if (votes == entry.threshold) _rule(accusationId, upheld);
    }

    /// @inheritdoc IFaultCourt
    function appeal(uint256 accusationId) external {
        Accusation storage entry = _accusations[accusationId];
        (address loser,) = _partiesTo(entry.ruling, entry.accuser, _operatorOf(entry.nodeId));
        if (msg.sender != loser) revert NotAuthorised(msg.sender);
        _requireUnder(accusationId, AccusationStage.Ruled, entry.stageEndsAt);
        entry.stage = AccusationStage.Appealed;
        entry.stageEndsAt = SafeCast.toUint40(block.timestamp + terms.appealVoteSeconds());
        emit Appealed(accusationId, msg.sender, entry.bondWei, entry.stageEndsAt);
        token.safeTransferFrom(msg.sender, address(this), entry.bondWei);
    }

    /// @inheritdoc IFaultCourt
    function decide(uint256 accusationId, bool upheld) external onlyTimelock {
        Accusation storage entry = _accusations[accusationId];
        _requireUnder(accusationId, AccusationStage.Appealed, entry.stageEndsAt);
        entry.stage = AccusationStage.Decided;
        entry.decision = upheld ? Verdict.Upheld : Verdict.Rejected;
        emit Decided(accusationId, upheld);
    }

    /// @inheritdoc IFaultCourt
    function setPanel(address[] calldata members, uint8 threshold) external onlyTimelock {
        _appoint(members, threshold);
    }

    /// @inheritdoc IFaultCourt
    function isOnPanel(address account) external view returns (bool) {
        return _panel.bitOf(account) != 0;
    }

    /// @inheritdoc IFaultCourt
    function panelQuorum() external view returns (uint32 term, uint8 threshold, uint8 size) {
        return (_panel.term, _panel.threshold, _panel.size);
    }

    function _rule(uint256 accusationId, bool upheld) private {
        Accusation storage entry = _accusations[accusationId];
        entry.stage = AccusationStage.Ruled;
        entry.ruling = upheld ? Verdict.Upheld : Verdict.Rejected;
        entry.stageEndsAt = SafeCast.toUint40(block.timestamp + terms.appealSeconds());
        emit Ruled(accusationId, upheld, entry.stageEndsAt);
    }

    /// @dev Two sides cannot both reach a majority, so the order of the votes does not matter.
    function _appoint(address[] memory members, uint8 threshold) private {
        if (2 * uint256(threshold) <= members.length) revert NoMajority(threshold, members.length);
        emit PanelSet(_panel.appoint(members, threshold), members, threshold);
    }

    /// @dev A function of its own because the event takes more values than the stack holds.
    function _announce(uint256 accusationId, Accusation memory entry, bytes32 evidenceHash, string memory evidence)
        private
    {
        emit Accused(
            accusationId,
            entry.nodeId,
            entry.accuser,
            entry.kind,
            entry.faultAt,
            evidenceHash,
            evidence,
            entry.bondWei,
            entry.slashWei,
            entry.responseEndsAt,
            entry.stageEndsAt
        );
    }

    function _requireUnder(uint256 accusationId, AccusationStage stage, uint40 endsAt) private view {
        AccusationStage actual = _accusations[accusationId].stage;
        if (actual != stage) revert WrongStage(accusationId, actual);
        if (block.timestamp >= endsAt) revert TooLate(accusationId, endsAt);
    }
}
