// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Durations} from "../../src/governance/ITerms.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Accusation, AccusationStage, AttestedFault, IFaultCourt, Verdict} from "../../src/verify/IFaultCourt.sol";
import {Quorums} from "../../src/verify/Quorum.sol";
import {CourtFixture} from "./CourtFixture.sol";

/// @title Accusing, responding and voting
contract AccusationsTest is CourtFixture {
    function test_accuse_freezesBondsAndSaysEverything() public {
        uint40 present = uint40(block.timestamp);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.Accused(
            1,
            nodeId,
            accuser,
            AttestedFault.UnassignedWork,
            present - 7,
            keccak256("evidence"),
            "ipfs://evidence",
            BOND,
            SLASH,
            present + 2 days,
            present + 4 days
        );
        uint256 id = _accuse(accuser, AttestedFault.UnassignedWork, present - 7);
        vm.assertEq(id, 1, "id");
        vm.assertEq(c.faultCourt.accusationCount(), 1, "count");
        vm.assertTrue(c.stakeVault.isFrozen(nodeId), "frozen");
        vm.assertEq(c.gpuck.balanceOf(accuser), PURSE - BOND, "bond paid");
        vm.assertEq(c.gpuck.balanceOf(address(c.faultCourt)), BOND, "bond held");
        Accusation memory entry = c.faultCourt.accusation(id);
        vm.assertEq(entry.nodeId, nodeId, "node");
        vm.assertTrue(entry.kind == AttestedFault.UnassignedWork && entry.stage == AccusationStage.Open, "open");
        vm.assertEq(entry.faultAt, present - 7, "faultAt");
        vm.assertEq(entry.accuser, accuser, "accuser");
        vm.assertEq(entry.bondWei, BOND, "bond");
        vm.assertEq(entry.slashWei, SLASH, "at risk");
        vm.assertEq(_accuse(requester, AttestedFault.Unavailability, present), 2, "the next id");
    }

    function test_accuse_takesFaultsFromTheEvidenceAgeToNow() public {
        uint256 present = block.timestamp;
        _expectOutOfBounds(present - AGE - 1, present - AGE);
        this.accuse(present - AGE - 1);
        _expectOutOfBounds(present + 1, present - AGE);
        this.accuse(present + 1);
        this.accuse(present - AGE);
        this.accuse(present);
        vm.assertEq(c.faultCourt.accusationCount(), 2, "both ends");
    }

    function test_accuse_revertsForAnUnknownNode() public {
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.UnknownNode.selector, nodeId + 1));
        vm.prank(accuser);
        c.faultCourt.accuse(nodeId + 1, AttestedFault.Unavailability, uint40(block.timestamp), 0, "");
    }

    function test_accuse_worksOnANodeWithoutStake() public {
        nodeId = _register(requester, EnergySource.Wind, 0);
        uint256 id = _accuse();
        vm.assertEq(c.faultCourt.accusation(id).slashWei, 0, "nothing at risk");
        _rule(id, true);
        vm.assertTrue(_finish(id) == Verdict.Upheld, "upheld");
        vm.assertEq(c.gpuck.balanceOf(accuser), PURSE, "bond back, no reward");
    }

    function test_accuse_waitsWhileEntryIsShut() public {
        vm.prank(council);
        c.guardian.pauseEntry(address(c.faultCourt));
        vm.expectRevert(abi.encodeWithSelector(IEntryPause.EntryPaused.selector, block.timestamp + 14 days));
        this.accuse(block.timestamp);
        vm.warp(block.timestamp + 14 days);
        this.accuse(block.timestamp);
    }

    function test_pause_stopsNoCaseUnderWay() public {
        uint256 id = _accuse();
        vm.prank(council);
        c.guardian.pauseEntry(address(c.faultCourt));
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
        _respond(id);
        _rule(id, true);
        _appeal(operator, id);
        _decide(id, true);
        c.faultCourt.finish(id);
        _assertVerdict(id, Verdict.Upheld, "carried out");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), BEHIND - SLASH, "slashed");
    }

    function test_respond_opensTheVoteAtOnce() public {
        uint256 id = _accuse();
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.Responded(id, keccak256("response"), "it was not so");
        _respond(id);
        vm.assertTrue(c.faultCourt.accusation(id).responded, "responded");
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.Voted(id, _panel()[2], false);
        _vote(2, id, false);
        vm.assertEq(c.faultCourt.accusation(id).votesToReject, 1, "counted");
    }

    function test_vote_completesTheRulingAtTheThreshold() public {
        uint256 id = _accuse();
        vm.warp(block.timestamp + RESPONSE);
        _vote(1, id, true);
        _vote(2, id, false);
        vm.assertTrue(c.faultCourt.accusation(id).stage == AccusationStage.Open, "one each");
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.Voted(id, _panel()[0], true);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.Ruled(id, true, uint40(block.timestamp + APPEAL));
        _vote(0, id, true);
        Accusation memory entry = c.faultCourt.accusation(id);
        vm.assertTrue(entry.stage == AccusationStage.Ruled && entry.ruling == Verdict.Upheld, "ruled");
        vm.assertEq(entry.votesToUphold, 2, "for");
        vm.assertEq(entry.votesToReject, 1, "against");
        vm.assertEq(entry.stageEndsAt, block.timestamp + APPEAL, "appeal");
    }

    function test_vote_countsEachMemberOnce() public {
        uint256 id = _accuse();
        _respond(id);
        _vote(1, id, true);
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.AlreadyVoted.selector, id, _panel()[1]));
        this.vote(1, id, false);
    }

    /// @dev Nobody judges their own cause, on either side.
    function test_vote_isNotForParties() public {
        address[] memory members = new address[](3);
        (members[0], members[1], members[2]) = (accuser, operator, stranger);
        vm.prank(address(c.gpuckTimelock));
        c.faultCourt.setPanel(members, 2);
        uint256 id = _accuse();
        _respond(id);
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IFaultCourt.NotAuthorised.selector, members[i]));
            vm.prank(members[i]);
            c.faultCourt.vote(id, true);
        }
        vm.prank(stranger);
        c.faultCourt.vote(id, true);
    }

    function test_setPanel_leavesOpenCasesToTheFormerPanel() public {
        uint256 id = _accuse();
        address[] memory members = new address[](2);
        (members[0], members[1]) = (requester, stranger);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.PanelSet(2, members, 2);
        vm.prank(address(c.gpuckTimelock));
        c.faultCourt.setPanel(members, 2);
        (uint32 term, uint8 threshold, uint8 size) = c.faultCourt.panelQuorum();
        vm.assertTrue(term == 2 && threshold == 2 && size == 2, "quorum");
        vm.assertFalse(c.faultCourt.isOnPanel(_panel()[0]), "out");
        vm.assertTrue(c.faultCourt.isOnPanel(stranger), "in");
        _respond(id);
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.NotAuthorised.selector, stranger));
        vm.prank(stranger);
        c.faultCourt.vote(id, true);
        _vote(0, id, false);
        _vote(1, id, false);
        uint256 next = _accuse();
        vm.warp(block.timestamp + RESPONSE);
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.NotAuthorised.selector, _panel()[0]));
        this.vote(0, next, true);
        vm.prank(stranger);
        c.faultCourt.vote(next, true);
    }

    function test_setPanel_revertsWhenItMust() public {
        address[] memory members = _panel();
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.NotAuthorised.selector, stranger));
        vm.prank(stranger);
        c.faultCourt.setPanel(members, 0);
        vm.startPrank(address(c.gpuckTimelock));
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.NoMajority.selector, 1, 3));
        c.faultCourt.setPanel(members, 1);
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.NoMajority.selector, 2, 4));
        c.faultCourt.setPanel(new address[](4), 2);
        vm.expectRevert(abi.encodeWithSelector(Quorums.QuorumOutOfBounds.selector, 4, 3));
        c.faultCourt.setPanel(members, 4);
        vm.expectRevert(abi.encodeWithSelector(Quorums.QuorumOutOfBounds.selector, 1, 1));
        c.faultCourt.setPanel(new address[](1), 1);
        vm.expectRevert(abi.encodeWithSelector(Quorums.QuorumOutOfBounds.selector, 9, 16));
        c.faultCourt.setPanel(new address[](16), 9);
        vm.stopPrank();
    }

    function test_terms_bindACaseAsTheyWereWhenItBegan() public {
        uint256 id = _accuse();
        Durations memory durations = c.terms.durations();
        (durations.response, durations.ruling, durations.evidenceAge) = (1 days, 1 days, 1 days);
        vm.prank(address(c.gpuckTimelock));
        c.terms.setDurations(durations);
        Accusation memory entry = c.faultCourt.accusation(id);
        vm.assertEq(entry.responseEndsAt, block.timestamp + RESPONSE, "response");
        vm.assertEq(entry.stageEndsAt, block.timestamp + RESPONSE + RULING, "ruling");
        vm.assertEq(c.faultCourt.accusation(_accuse()).responseEndsAt, block.timestamp + 1 days, "the next case");
    }

    /// @dev Calls of their own, so that a revert can be expected.
    function accuse(uint256 faultAt) external {
        _accuse(accuser, AttestedFault.EnergyMisreported, faultAt);
    }

    function vote(uint256 member, uint256 id, bool upheld) external {
        _vote(member, id, upheld);
    }

    function _expectOutOfBounds(uint256 faultAt, uint256 earliest) private {
        vm.expectRevert(
            abi.encodeWithSelector(IFaultCourt.FaultTimeOutOfBounds.selector, faultAt, earliest, block.timestamp)
        );
    }
}
