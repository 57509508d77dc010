// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Durations} from "../../src/governance/ITerms.sol";
import {NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {AttestedFault, IFaultCourt, Verdict} from "../../src/verify/IFaultCourt.sol";
import {CourtFixture} from "./CourtFixture.sol";

/// @title What an accusation holds, what it leaves alone, and how several of them go together
contract FreezeTest is CourtFixture {
    /// @dev Every slot of the vault and the registry that the case wrote holds what it held before.
    function test_restoration_isExactToTheByte() public {
        for (uint256 path = 0; path < 4; ++path) {
            uint256 snapshot = vm.snapshotState();
            vm.record();
            _playWithoutFault(path);
            (, bytes32[] memory vault) = vm.accesses(address(c.stakeVault));
            (, bytes32[] memory registry) = vm.accesses(address(c.nodeRegistry));
            bytes32[] memory vaultAfter = _words(address(c.stakeVault), vault);
            bytes32[] memory registryAfter = _words(address(c.nodeRegistry), registry);
            vm.assertGt(vault.length, 0, "the freeze was written");
            vm.revertToState(snapshot);
            vm.assertEq(abi.encode(vaultAfter), abi.encode(_words(address(c.stakeVault), vault)), "vault");
            vm.assertEq(abi.encode(registryAfter), abi.encode(_words(address(c.nodeRegistry), registry)), "registry");
        }
    }

    function test_freeze_blocksOnlyWithdrawals() public {
        uint256 shares = c.stakeVault.sharesOf(nodeId, operator);
        vm.warp(START + 14 days - 1);
        uint256 id = _accuse();
        vm.warp(START + 14 days);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.FrozenStake.selector, nodeId));
        vm.prank(staker);
        c.stakeVault.withdraw(requestId, staker);
        vm.prank(operator);
        uint256 later = c.stakeVault.requestUnbond(nodeId, shares / 4);
        vm.assertTrue(c.nodeRegistry.isActive(nodeId), "and the node goes on working");
        _finish(id);
        vm.prank(staker);
        vm.assertEq(c.stakeVault.withdraw(requestId, staker), 10_000 ether, "all of it");
        vm.prank(operator);
        c.stakeVault.cancelUnbond(later);
        vm.assertEq(c.stakeVault.sharesOf(nodeId, operator), shares, "the operator's choice was free all along");
    }

    function test_freeze_letsNobodyEscapeThroughUnbonding() public {
        uint256 id = _accuse();
        uint256 shares = c.stakeVault.sharesOf(nodeId, operator);
        vm.prank(operator);
        uint256 exit = c.stakeVault.requestUnbond(nodeId, shares);
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        _rule(id, true);
        _appeal(operator, id);
        vm.warp(block.timestamp + DECISION - 1);
        _decide(id, true);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.FrozenStake.selector, nodeId));
        vm.prank(staker);
        c.stakeVault.withdraw(requestId, staker);
        c.faultCourt.finish(id);
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), BEHIND - SLASH, "slashed on its way out");
        vm.warp(START + 40 days);
        vm.prank(staker);
        vm.assertEq(c.stakeVault.withdraw(requestId, staker), 9_500 ether, "what is left of it");
        vm.prank(operator);
        vm.assertEq(c.stakeVault.withdraw(exit, operator), 19_000 ether, "and of the operator's");
        vm.assertTrue(c.nodeRegistry.statusOf(nodeId) == NodeStatus.Exiting, "exiting stays exiting");
    }

    function test_freeze_lastsUntilTheLastAccusationEnds() public {
        uint256 first = _accuse();
        uint256 second = _accuse(requester, AttestedFault.Unavailability, block.timestamp);
        vm.warp(block.timestamp + 1 days);
        uint256 third = _accuse(otherStaker, AttestedFault.EnergyMisreported, block.timestamp);
        c.faultCourt.accusation(third);
        _finish(first);
        _finish(second);
        vm.assertTrue(c.stakeVault.isFrozen(nodeId), "one is left");
        _finish(third);
        vm.assertFalse(c.stakeVault.isFrozen(nodeId), "none is left");
    }

    /// @dev A friend accuses first, with evidence that convinces nobody. It changes nothing for the others.
    function test_friendlyAccuser_shieldsNothing() public {
        uint256 faultAt = block.timestamp - AGE;
        uint256 friendly = _accuse(requester, AttestedFault.EnergyMisreported, faultAt);
        uint256 honest = _accuse(accuser, AttestedFault.EnergyMisreported, faultAt);
        vm.warp(block.timestamp + RESPONSE);
        for (uint256 member = 0; member < 2; ++member) {
            _vote(member, friendly, false);
            _vote(member, honest, true);
        }
        vm.assertTrue(_finish(friendly) == Verdict.Rejected, "the friend lost the bond");
        vm.assertTrue(_finish(honest) == Verdict.Upheld, "and the fault is judged all the same");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), BEHIND - SLASH, "slashed");
    }

    function test_oneFault_isPunishedOnceAndEveryHonestBondReturns() public {
        uint256 first = _accuse();
        uint256 second = _accuse(requester, AttestedFault.EnergyMisreported, block.timestamp);
        vm.warp(block.timestamp + RESPONSE);
        for (uint256 member = 0; member < 2; ++member) {
            _vote(member, first, true);
            _vote(member, second, true);
        }
        _appeal(operator, second);
        vm.assertTrue(_finish(first) == Verdict.Upheld, "the first to end");
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.AlreadyUpheld.selector, first));
        this.accuseAt(START + 10 days);
        _decide(second, true);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.AccusationClosed(second, nodeId, Verdict.Repeated, 0, 0);
        c.faultCourt.finish(second);
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), BEHIND - SLASH, "slashed once");
        vm.assertEq(c.gpuck.balanceOf(requester), PURSE + BOND, "bond back, and the lost appeal's");
        vm.assertFalse(c.stakeVault.isFrozen(nodeId), "free");
    }

    function test_oneFault_isOneHour() public {
        vm.warp(START + 10 days + 1 hours);
        uint256 first = _accuse(accuser, AttestedFault.Unavailability, START + 10 days);
        _rule(first, true);
        _finish(first);
        vm.expectRevert(abi.encodeWithSelector(IFaultCourt.AlreadyUpheld.selector, first));
        this.accuse(AttestedFault.Unavailability, START + 10 days + 1 hours - 1);
        this.accuse(AttestedFault.Unavailability, START + 10 days + 1 hours);
        this.accuse(AttestedFault.UnassignedWork, START + 10 days);
    }

    function test_oneFault_canBeAccusedAgainUnlessItWasUpheld() public {
        uint256 faultAt = block.timestamp;
        _finish(_accuse());
        uint256 id = _accuse(accuser, AttestedFault.EnergyMisreported, faultAt);
        _rule(id, true);
        vm.assertTrue(_finish(id) == Verdict.Upheld, "at the second attempt");
    }

    function test_isFinal_whenTheHourIsTooOldToAccuse() public {
        uint32 hour = uint32((START + 10 days) / 1 hours);
        vm.warp(START + 10 days + 1 hours + AGE - 1);
        vm.assertFalse(c.faultCourt.isFinal(nodeId, hour), "its last second can still be accused");
        this.accuse(AttestedFault.EnergyMisreported, START + 10 days + 1 hours - 1);
        vm.warp(START + 10 days + 1 hours + AGE);
        vm.assertFalse(c.faultCourt.isFinal(nodeId, hour), "it is accused");
        vm.assertEq(c.faultCourt.openAccusations(nodeId, hour), 1, "once");
        vm.assertTrue(c.faultCourt.isFinal(nodeId, hour - 1), "the hour before is not");
        vm.assertTrue(c.faultCourt.isFinal(nodeId + 1, hour), "another node is not");
        vm.assertFalse(c.faultCourt.isFinal(nodeId, hour + 1), "the hour after is too young");
        _finish(1);
        vm.assertTrue(c.faultCourt.isFinal(nodeId, hour), "it is not accused any more");
    }

    /// @dev Pools took certificates on the word that their hour is final: no later term may take that back.
    function test_isFinal_staysSoWhenEvidenceMayBeOlder() public {
        vm.warp(START + 20 days);
        uint32 last = uint32((START + 20 days - AGE) / 1 hours - 1);
        vm.assertTrue(c.faultCourt.isFinal(nodeId, last), "final");
        vm.assertFalse(c.faultCourt.isFinal(nodeId, last + 1), "not yet");
        _setEvidenceAge(7 days);
        vm.assertEq(c.terms.evidenceFloor(), START + 20 days - AGE, "floor");
        vm.assertTrue(c.faultCourt.isFinal(nodeId, last), "still final");
        vm.assertFalse(c.faultCourt.isFinal(nodeId, last + 1), "still not");
        uint256 floor = START + 20 days - AGE;
        vm.expectRevert(
            abi.encodeWithSelector(IFaultCourt.FaultTimeOutOfBounds.selector, floor - 1, floor, block.timestamp)
        );
        this.accuseAt(floor - 1);
        this.accuseAt(floor);
        vm.warp(START + 22 days);
        vm.assertFalse(c.faultCourt.isFinal(nodeId, last + 1), "accused, and young enough again");
        vm.assertEq(c.faultCourt.earliestFault(), floor, "until the longer age has passed the floor");
        vm.warp(START + 22 days + 1);
        vm.assertEq(c.faultCourt.earliestFault(), floor + 1, "from then on the age alone");
        _setEvidenceAge(1 days);
        vm.assertEq(c.faultCourt.earliestFault(), START + 21 days + 1, "a shorter age holds at once");
        _setEvidenceAge(7 days);
        vm.assertEq(c.faultCourt.earliestFault(), START + 21 days + 1, "and is not taken back");
    }

    /// @dev Calls of their own, so that a revert can be expected.
    function accuse(AttestedFault kind, uint256 faultAt) external {
        _accuse(accuser, kind, faultAt);
    }

    function accuseAt(uint256 faultAt) external {
        _accuse(accuser, AttestedFault.EnergyMisreported, faultAt);
    }

    /// @dev The ways in which a case ends without a fault.
    function _playWithoutFault(uint256 path) private {
        uint256 id = _accuse();
        if (path == 1) _rule(id, false);
        if (path > 1) _rule(id, path == 2);
        if (path == 2) {
            _appeal(operator, id);
            _decide(id, false);
        }
        if (path == 3) _appeal(accuser, id);
        _finish(id);
    }

    function _words(address account, bytes32[] memory slots) private view returns (bytes32[] memory words) {
        words = new bytes32[](slots.length);
        for (uint256 i = 0; i < slots.length; ++i) {
            words[i] = vm.load(account, slots[i]);
        }
    }

    function _setEvidenceAge(uint32 age) private {
        Durations memory durations = c.terms.durations();
        durations.evidenceAge = age;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setDurations(durations);
    }
}
