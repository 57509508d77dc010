// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {INodeRegistry} from "../staking/INodeRegistry.sol";
import {StakedVotes} from "../staking/StakedVotes.sol";
import {StakedCounting} from "./StakedCounting.sol";
import {TermBounds} from "./TermBounds.sol";

/// @notice When votes start, how long they last, and what they need.
/// @param quorumPercent share of the supply that must vote for or abstain.
/// @param proposalThreshold wei of votes that a proposer holds.
struct VotingRules {
    uint48 delaySeconds;
    uint32 periodSeconds;
    uint48 lateQuorumSeconds;
    uint256 quorumPercent;
    uint256 proposalThreshold;
}

/// @title Votes of GPUCK holders and stakers over the treasury, the terms and whatever else the timelock decides
/// @notice OpenZeppelin's Governor with `StakedCounting`: for, against, abstain; a vote that reaches its quorum late
/// runs on; what passes waits in the timelock; the guardian may cancel until it is executed. Its own rules stay within
/// hard bounds, and its timelock is the one it was deployed with: every other contract obeys that one alone.
contract GpuckGovernor is
    Governor,
    GovernorSettings,
    StakedCounting,
    GovernorVotesQuorumFraction,
    GovernorPreventLateQuorum,
    GovernorTimelockControl,
    GovernorProposalGuardian
{
    /// @notice The contracts the governor works with.
    struct Links {
        IVotes token;
        TimelockController timelock;
        StakedVotes stakedVotes;
        INodeRegistry registry;
        address guardian;
    }

    /// @notice The timelock cannot be exchanged: the core would not follow.
    error TimelockFixed();

    constructor(Links memory links, VotingRules memory rules)
        Governor("Gplusck Governor")
        GovernorSettings(rules.delaySeconds, rules.periodSeconds, rules.proposalThreshold)
        GovernorVotes(links.token)
        StakedCounting(links.stakedVotes, links.registry)
        GovernorVotesQuorumFraction(rules.quorumPercent)
        GovernorPreventLateQuorum(rules.lateQuorumSeconds)
        GovernorTimelockControl(links.timelock)
    {
        _setProposalGuardian(links.guardian);
    }

    /// @notice Always reverts.
    function updateTimelock(TimelockController) public pure override {
        revert TimelockFixed();
    }

    /// @inheritdoc Governor
    function state(uint256 proposalId) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(proposalId);
    }

    /// @inheritdoc Governor
    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @inheritdoc Governor
    function proposalDeadline(uint256 proposalId)
        public
        view
        override(Governor, GovernorPreventLateQuorum)
        returns (uint256)
    {
        return super.proposalDeadline(proposalId);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }

    function _validateCancel(uint256 proposalId, address caller)
        internal
        view
        override(Governor, GovernorProposalGuardian)
        returns (bool)
    {
        return super._validateCancel(proposalId, caller);
    }

    function _getVotes(address account, uint256 timepoint, bytes memory params)
        internal
        view
        override(Governor, GovernorVotes, StakedCounting)
        returns (uint256)
    {
        return super._getVotes(account, timepoint, params);
    }

    function _setVotingDelay(uint48 delaySeconds) internal override {
        TermBounds.requireWithin("votingDelay", delaySeconds, TermBounds.floor(1 hours), 14 days);
        super._setVotingDelay(delaySeconds);
    }

    function _setVotingPeriod(uint32 periodSeconds) internal override {
        TermBounds.requireWithin("votingPeriod", periodSeconds, TermBounds.floor(1 days), 30 days);
        super._setVotingPeriod(periodSeconds);
    }

    function _setProposalThreshold(uint256 votes) internal override {
        TermBounds.requireWithin("proposalThreshold", votes, 1 ether, 10_000_000 ether);
        super._setProposalThreshold(votes);
    }

    function _updateQuorumNumerator(uint256 percent) internal override {
        TermBounds.requireWithin("quorumPercent", percent, 2, 30);
        super._updateQuorumNumerator(percent);
    }
}
