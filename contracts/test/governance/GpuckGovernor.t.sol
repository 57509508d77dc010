// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {vm} from "../../script/Vm.sol";
import {GpuckGovernor, VotingRules} from "../../src/governance/GpuckGovernor.sol";
import {GpuckTimelock} from "../../src/governance/GpuckTimelock.sol";
import {ITerms, Shares} from "../../src/governance/ITerms.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {VotingFixture} from "./VotingFixture.sol";

/// @title From a proposal to its effect, and everything in between that stops it
contract GpuckGovernorTest is VotingFixture {
    function test_proposal_runsFromVoteToTimelockToEffect() public {
        Proposal memory p = _newFactors(holder);
        vm.warp(c.gpuckGovernor.proposalSnapshot(p.id));
        _assertState(p.id, IGovernor.ProposalState.Pending);
        vm.warp(START + 1 + 1 days + 1);
        _vote(holder, p.id, FOR);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _queue(p);
        vm.warp(c.gpuckGovernor.proposalDeadline(p.id) + 1);
        _queue(p);
        uint256 eta = c.gpuckGovernor.proposalEta(p.id);
        vm.assertEq(eta, block.timestamp + 2 days, "the timelock's delay");
        vm.warp(eta - 1);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        _execute(p);
        vm.warp(eta);
        vm.prank(stranger);
        _execute(p);
        vm.assertEq(c.emissionFactors.gramsPerKwh(2, EnergySource.Coal), 900, "in force");
        _assertState(p.id, IGovernor.ProposalState.Executed);
    }

    function test_proposal_setsTerms() public {
        uint256 before = c.terms.shares().swapBps;
        _enact(_propose(holder, address(c.terms), abi.encodeCall(ITerms.setShares, (_shares(before + 1)))));
        vm.assertEq(c.terms.shares().swapBps, before + 1, "in force");
    }

    function test_proposal_cannotPassABound() public {
        Proposal memory p = _propose(holder, address(c.terms), abi.encodeCall(ITerms.setShares, (_shares(301))));
        _enactable(p);
        vm.expectRevert(abi.encodeWithSelector(ITerms.TermOutOfBounds.selector, "swapBps", 301, 0, 300));
        _execute(p);
    }

    /// @dev 4 % of 600 million are 24: one wei less, abstentions and all, is no quorum.
    function test_quorum_isForAndAbstain() public {
        vm.prank(holder);
        _gpuck(verifier, 7_000_000 ether);
        vm.startPrank(verifier);
        _gpuck(stranger, 1);
        c.gpuck.delegate(verifier);
        vm.stopPrank();
        vm.warp(block.timestamp + 1);
        Proposal memory p = _openProposal();
        _vote(verifier, p.id, ABSTAIN);
        _vote(staker, p.id, FOR);
        vm.warp(c.gpuckGovernor.proposalDeadline(p.id));
        _assertState(p.id, IGovernor.ProposalState.Active);
        vm.warp(c.gpuckGovernor.proposalDeadline(p.id) + 1);
        vm.assertEq(c.gpuckGovernor.quorum(START), 24_000_000 ether, "quorum");
        _assertVotes(p.id, 0, 7_000_000 ether, 17_000_000 ether - 1);
        _assertState(p.id, IGovernor.ProposalState.Defeated);
    }

    function test_tie_isADefeat() public {
        Proposal memory p = _openProposal();
        _vote(holder, p.id, ABSTAIN);
        _voteWith(staker, p.id, FOR, new uint48[](0));
        vm.assertEq(_vote(otherStaker, p.id, AGAINST), 11_000_000 ether, "7 + 4 million");
        vm.warp(c.gpuckGovernor.proposalDeadline(p.id) + 1);
        _assertState(p.id, IGovernor.ProposalState.Defeated);
        p = _propose(holder, address(c.gpuck), abi.encodeCall(c.gpuck.delegate, (address(1))));
        vm.warp(c.gpuckGovernor.proposalSnapshot(p.id) + 1);
        _vote(holder, p.id, ABSTAIN);
        vm.warp(c.gpuckGovernor.proposalDeadline(p.id) + 1);
        _assertState(p.id, IGovernor.ProposalState.Defeated);
    }

    function test_threshold_countsWalletAndOwnNode() public {
        vm.prank(verifier);
        _gpuck(holder, 9_900_000 ether);
        uint48 node = _register(verifier, EnergySource.Hydro, 0);
        _stake(verifier, node, 100_000 ether - 1);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorInsufficientProposerVotes.selector, verifier, 100_000 ether - 1, 100_000 ether
            )
        );
        _newFactors(verifier);
        vm.prank(verifier);
        c.gpuck.delegate(verifier);
        vm.warp(block.timestamp + 1);
        vm.assertEq(c.gpuckGovernor.getVotes(verifier, block.timestamp - 1), 100_000 ether, "with the wallet's wei");
        _newFactors(verifier);
    }

    function test_vote_thatReachesQuorumLateRunsOn() public {
        Proposal memory p = _openProposal();
        uint256 deadline = c.gpuckGovernor.proposalDeadline(p.id);
        vm.warp(deadline - 1);
        _vote(holder, p.id, FOR);
        vm.assertEq(c.gpuckGovernor.proposalDeadline(p.id), deadline - 1 + 2 days, "two more days");
        vm.warp(deadline + 1 days);
        _vote(staker, p.id, AGAINST);
        vm.assertEq(c.gpuckGovernor.proposalDeadline(p.id), deadline - 1 + 2 days, "once");
    }

    function test_vote_thatReachesQuorumEarlyEndsInTime() public {
        Proposal memory p = _openProposal();
        uint256 deadline = c.gpuckGovernor.proposalDeadline(p.id);
        vm.warp(deadline - 2 days);
        _vote(holder, p.id, FOR);
        vm.assertEq(c.gpuckGovernor.proposalDeadline(p.id), deadline, "as planned");
    }

    function test_cancel_byTheGuardianInEveryStateBeforeTheEffect() public {
        for (uint256 stage = 0; stage < 4; ++stage) {
            Proposal memory p = _propose(holder, address(c.gpuck), abi.encodeCall(c.gpuck.approve, (holder, stage)));
            if (stage > 0) vm.warp(c.gpuckGovernor.proposalSnapshot(p.id) + 1);
            if (stage > 0) _vote(holder, p.id, FOR);
            if (stage > 1) vm.warp(c.gpuckGovernor.proposalDeadline(p.id) + 1);
            if (stage > 2) _queue(p);
            vm.expectEmit(address(c.gpuckGovernor));
            emit IGovernor.ProposalCanceled(p.id);
            _cancelAs(council, p);
            _assertState(p.id, IGovernor.ProposalState.Canceled);
            if (stage < 3) continue;
            vm.warp(block.timestamp + 3 days);
            vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
            _execute(p);
        }
    }

    function test_cancel_isTooLateAfterTheEffect() public {
        Proposal memory p = _openProposal();
        _enact(p);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _cancelAs(council, p);
    }

    function test_cancel_byTheProposerOnlyBeforeTheVote() public {
        Proposal memory p = _newFactors(staker);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, p.id, holder));
        vm.prank(holder);
        c.gpuckGovernor.cancel(p.targets, p.values, p.calls, keccak256(bytes(p.description)));
        vm.warp(c.gpuckGovernor.proposalSnapshot(p.id) + 1);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, p.id, staker));
        vm.prank(staker);
        c.gpuckGovernor.cancel(p.targets, p.values, p.calls, keccak256(bytes(p.description)));
        p = _propose(staker, address(c.gpuck), "");
        vm.prank(staker);
        c.gpuckGovernor.cancel(p.targets, p.values, p.calls, keccak256(bytes(p.description)));
        _assertState(p.id, IGovernor.ProposalState.Canceled);
    }

    function test_rules_boundsOnBothSides() public {
        _check(0, "votingDelay", 1, 14 days);
        _check(1, "votingPeriod", 1, 30 days);
        _check(3, "quorumPercent", 2, 30);
        _check(4, "proposalThreshold", 1 ether, 10_000_000 ether);
        vm.chainId(1);
        _check(0, "votingDelay", 1 hours, 14 days);
        _check(1, "votingPeriod", 1 days, 30 days);
    }

    function test_rules_changeByProposalWithinTheBounds() public {
        address governor = address(c.gpuckGovernor);
        _enact(_propose(holder, governor, abi.encodeCall(c.gpuckGovernor.setVotingDelay, (2 days))));
        vm.assertEq(c.gpuckGovernor.votingDelay(), 2 days, "delay");
        Proposal memory p = _propose(holder, governor, abi.encodeCall(c.gpuckGovernor.updateQuorumNumerator, (31)));
        _enactable(p);
        vm.expectRevert(abi.encodeWithSelector(ITerms.TermOutOfBounds.selector, "quorumPercent", 31, 2, 30));
        _execute(p);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, holder));
        vm.prank(holder);
        c.gpuckGovernor.setVotingDelay(1 days);
    }

    function test_timelock_ofTheGovernorIsFixed() public {
        vm.expectRevert(abi.encodeWithSelector(GpuckGovernor.TimelockFixed.selector));
        vm.prank(address(c.gpuckTimelock));
        c.gpuckGovernor.updateTimelock(TimelockController(payable(stranger)));
    }

    function test_timelock_hasNoAdmin() public view {
        GpuckTimelock timelock = c.gpuckTimelock;
        bytes32 admin = timelock.DEFAULT_ADMIN_ROLE();
        vm.assertFalse(timelock.hasRole(admin, deployer), "deployer");
        vm.assertTrue(timelock.hasRole(admin, address(timelock)), "only itself");
        bytes32[2] memory roles = [timelock.PROPOSER_ROLE(), timelock.CANCELLER_ROLE()];
        for (uint256 i = 0; i < roles.length; ++i) {
            vm.assertTrue(timelock.hasRole(roles[i], address(c.gpuckGovernor)), "the governor");
            vm.assertFalse(timelock.hasRole(roles[i], address(c.guardian)), "not the guardian");
            vm.assertFalse(timelock.hasRole(roles[i], deployer), "not the deployer");
        }
        vm.assertTrue(timelock.hasRole(timelock.EXECUTOR_ROLE(), address(0)), "anyone executes");
    }

    function test_timelock_boundsItsDelay() public {
        vm.chainId(1);
        _expectDelayOutOfBounds(1 days - 1);
        _expectDelayOutOfBounds(30 days + 1);
        vm.startPrank(address(c.gpuckTimelock));
        c.gpuckTimelock.updateDelay(30 days);
        c.gpuckTimelock.updateDelay(1 days);
        vm.stopPrank();
        vm.assertEq(c.gpuckTimelock.getMinDelay(), 1 days, "the least");
        vm.expectRevert(abi.encodeWithSelector(GpuckTimelock.DelayOutOfBounds.selector, 0, 1 days, 30 days));
        new GpuckTimelock(0, holder);
        vm.expectRevert(abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, holder));
        vm.prank(holder);
        c.gpuckTimelock.updateDelay(1 days);
    }

    function _expectDelayOutOfBounds(uint256 delay) private {
        vm.expectRevert(abi.encodeWithSelector(GpuckTimelock.DelayOutOfBounds.selector, delay, 1 days, 30 days));
        vm.prank(address(c.gpuckTimelock));
        c.gpuckTimelock.updateDelay(delay);
    }

    /// @dev A struct of numbers is, in memory, a word for each: `index` picks the field.
    function _check(uint256 index, string memory name, uint256 minimum, uint256 maximum) private {
        uint256[4] memory values = [minimum, maximum, minimum - 1, maximum + 1];
        for (uint256 i = 0; i < values.length; ++i) {
            VotingRules memory rules = _parameters().voting;
            rules.lateQuorumSeconds = 0;
            uint256 value = values[i];
            assembly ("memory-safe") {
                mstore(add(rules, mul(32, index)), value)
            }
            if (i > 1) {
                vm.expectRevert(abi.encodeWithSelector(ITerms.TermOutOfBounds.selector, name, value, minimum, maximum));
            }
            new GpuckGovernor(
                GpuckGovernor.Links(c.gpuck, c.gpuckTimelock, c.stakedVotes, c.nodeRegistry, address(c.guardian)), rules
            );
        }
    }

    function _shares(uint256 swapBps) private view returns (Shares memory s) {
        s = c.terms.shares();
        s.swapBps = uint16(swapBps);
    }

    function _cancelAs(address caller, Proposal memory p) private {
        vm.prank(caller);
        c.guardian.cancel(p.targets, p.values, p.calls, keccak256(bytes(p.description)));
    }

    function _newFactors(address proposer) private returns (Proposal memory) {
        uint32[] memory set = new uint32[](12);
        for (uint256 i = 1; i < 12; ++i) {
            set[i] = 900;
        }
        return
            _propose(proposer, address(c.emissionFactors), abi.encodeCall(c.emissionFactors.add, ("UNECE 2022", set)));
    }
}
