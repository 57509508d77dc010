// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICarbonCertificate} from "../carbon/ICarbonCertificate.sol";
import {ITerms} from "../governance/ITerms.sol";
import {INodeRegistry} from "../staking/INodeRegistry.sol";
import {IStakeVault} from "../staking/IStakeVault.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {Accusation, AccusationStage, AttestedFault, IFaultCourt, Verdict} from "./IFaultCourt.sol";

/// @title What an accusation does while it runs and when it ends
/// @dev Books are closed before any call leaves, and none of these calls reaches foreign code. Nothing here can fail
/// for reasons under the operator's control, and the guardian's pause does not touch it.
abstract contract FaultSentence is IFaultCourt {
    using SafeERC20 for IGpuck;

    /// @notice The contracts that a verdict acts on.
    struct Links {
        IGpuck token;
        INodeRegistry registry;
        IStakeVault vault;
        ICarbonCertificate certificate;
        ITerms terms;
    }

    IGpuck public immutable token;
    INodeRegistry public immutable registry;
    IStakeVault public immutable vault;
    ICarbonCertificate public immutable certificate;
    ITerms public immutable terms;

    /// @inheritdoc IFaultCourt
    uint256 public accusationCount;
    /// @inheritdoc IFaultCourt
    mapping(uint48 nodeId => mapping(AttestedFault kind => mapping(uint32 hour => uint256))) public upheldBy;
    /// @inheritdoc IFaultCourt
    mapping(uint48 nodeId => mapping(uint32 hour => uint256)) public openAccusations;

    mapping(uint256 accusationId => Accusation) internal _accusations;

    constructor(Links memory links) {
        token = links.token;
        registry = links.registry;
        vault = links.vault;
        certificate = links.certificate;
        terms = links.terms;
    }

    /// @inheritdoc IFaultCourt
    function finish(uint256 accusationId) external {
        Accusation memory entry = _accusations[accusationId];
        Verdict verdict = _verdictOn(accusationId, entry);
        uint32 hour = _hourOf(entry.faultAt);
        if (verdict == Verdict.Upheld && upheldBy[entry.nodeId][entry.kind][hour] != 0) verdict = Verdict.Repeated;
        _accusations[accusationId].stage = AccusationStage.Closed;
        _accusations[accusationId].outcome = verdict;
        if (entry.kind == AttestedFault.EnergyMisreported) --openAccusations[entry.nodeId][hour];
        vault.unfreeze(entry.nodeId);
        (uint256 slashed, uint256 reward) = (0, 0);
        if (verdict == Verdict.Upheld) {
            upheldBy[entry.nodeId][entry.kind][hour] = accusationId;
            (slashed, reward) = _punish(accusationId, entry, hour);
        }
        emit AccusationClosed(accusationId, entry.nodeId, verdict, slashed, reward);
        _payBonds(entry, verdict);
    }

    /// @inheritdoc IFaultCourt
    function accusation(uint256 accusationId) external view returns (Accusation memory) {
        return _accusations[accusationId];
    }

    /// @inheritdoc IFaultCourt
    function isFinal(uint48 nodeId, uint32 hour) external view returns (bool) {
        return (uint256(hour) + 1) * 1 hours <= earliestFault() && openAccusations[nodeId][hour] == 0;
    }

    /// @inheritdoc IFaultCourt
    function earliestFault() public view returns (uint256) {
        return Math.max(block.timestamp - terms.evidenceAgeSeconds(), terms.evidenceFloor());
    }

    function _open(Accusation memory entry) internal returns (uint256 accusationId) {
        accusationId = ++accusationCount;
        _accusations[accusationId] = entry;
        if (entry.kind == AttestedFault.EnergyMisreported) ++openAccusations[entry.nodeId][_hourOf(entry.faultAt)];
        vault.freeze(entry.nodeId);
    }

    function _requireAccusable(uint48 nodeId, AttestedFault kind, uint40 faultAt) internal view {
        if (_operatorOf(nodeId) == address(0)) revert UnknownNode(nodeId);
        uint256 earliest = earliestFault();
        if (faultAt < earliest || faultAt > block.timestamp) {
            revert FaultTimeOutOfBounds(faultAt, earliest, block.timestamp);
        }
        uint256 before = upheldBy[nodeId][kind][_hourOf(faultAt)];
        if (before != 0) revert AlreadyUpheld(before);
    }

    /// @return operator the zero address for an unknown node.
    function _operatorOf(uint48 nodeId) internal view returns (address operator) {
        return registry.operatorOf(nodeId);
    }

    /// @notice Who lost by a ruling and who won; nobody while there is none.
    function _partiesTo(Verdict ruling, address accuser, address operator)
        internal
        pure
        returns (address loser, address winner)
    {
        if (ruling == Verdict.Upheld) return (operator, accuser);
        if (ruling == Verdict.Rejected) return (accuser, operator);
    }

    function _punish(uint256 accusationId, Accusation memory entry, uint32 hour)
        private
        returns (uint256 slashed, uint256 reward)
    {
        uint16 finderBps = terms.shares().finderBps;
        (slashed,, reward) = vault.slash(entry.nodeId, accusationId, entry.slashWei, finderBps, entry.accuser);
        registry.jail(entry.nodeId);
        if (entry.kind == AttestedFault.EnergyMisreported) certificate.voidHour(entry.nodeId, hour);
    }

    function _payBonds(Accusation memory entry, Verdict verdict) private {
        address operator = _operatorOf(entry.nodeId);
        uint256 bondWei = entry.bondWei;
        if (entry.stage == AccusationStage.Appealed || entry.stage == AccusationStage.Decided) {
            (address appellant, address other) = _partiesTo(entry.ruling, entry.accuser, operator);
            bool won = entry.decision != Verdict.None && entry.decision != entry.ruling;
            token.safeTransfer(won ? appellant : other, bondWei);
        }
        if (verdict == Verdict.Rejected) {
            token.safeTransfer(operator, bondWei / 2);
            token.burn(bondWei - bondWei / 2, "accusation");
        } else {
            token.safeTransfer(entry.accuser, bondWei);
        }
    }

    /// @dev Reverts while something can still change the verdict.
    function _verdictOn(uint256 accusationId, Accusation memory entry) private view returns (Verdict) {
        AccusationStage stage = entry.stage;
        if (stage == AccusationStage.Decided) return entry.decision;
        if (stage == AccusationStage.None || stage == AccusationStage.Closed) revert WrongStage(accusationId, stage);
        if (block.timestamp < entry.stageEndsAt) revert TooEarly(accusationId, entry.stageEndsAt);
        return stage == AccusationStage.Open ? Verdict.Dismissed : entry.ruling;
    }

    /// @dev Fits: a time of 40 bits in hours.
    function _hourOf(uint40 faultAt) private pure returns (uint32) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint32(faultAt / 1 hours);
    }
}
