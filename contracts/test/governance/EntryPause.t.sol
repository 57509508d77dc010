// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {ITerms} from "../../src/governance/ITerms.sol";
import {Base} from "../Base.t.sol";

/// @title Who shuts entry, for how long, and how soon again
contract EntryPauseTest is Base {
    uint48 internal nodeId;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(10_000 ether, 0);
    }

    function test_pauseEntry_shutsForFourteenDays() public {
        vm.assertEq(c.stakeVault.pausedUntil(), 0, "open at first");
        vm.expectEmit(address(c.stakeVault));
        emit IEntryPause.EntryShut(uint64(START + 14 days));
        _pause();
        vm.assertEq(c.stakeVault.pausedUntil(), START + 14 days, "until");
        vm.warp(START + 14 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IEntryPause.EntryPaused.selector, START + 14 days));
        _stake(staker, nodeId, 1 ether);
        vm.warp(START + 14 days);
        _stake(staker, nodeId, 1 ether);
    }

    function test_pauseEntry_waitsFourteenDaysAfterTheLastPauseEnded() public {
        _pause();
        bytes memory tooSoon = abi.encodeWithSelector(IEntryPause.PausedTooRecently.selector, START + 28 days);
        vm.expectRevert(tooSoon);
        _pause();
        vm.warp(START + 28 days - 1);
        vm.expectRevert(tooSoon);
        _pause();
        vm.warp(START + 28 days);
        _pause();
        vm.assertEq(c.stakeVault.pausedUntil(), START + 42 days, "a second pause");
    }

    function test_openEntry_endsAPauseAndCountsAsItsEnd() public {
        _pause();
        vm.warp(START + 3 days);
        vm.expectEmit(address(c.stakeVault));
        emit IEntryPause.EntryOpened(address(c.guardian));
        vm.prank(council);
        c.guardian.openEntry(address(c.stakeVault));
        _stake(staker, nodeId, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IEntryPause.PausedTooRecently.selector, START + 17 days));
        _pause();
        vm.warp(START + 17 days);
        _pause();
        vm.expectEmit(address(c.stakeVault));
        emit IEntryPause.EntryOpened(address(c.gpuckTimelock));
        vm.prank(address(c.gpuckTimelock));
        c.stakeVault.openEntry();
        _stake(staker, nodeId, 1 ether);
    }

    /// @dev Opening what is open must not push the next pause back.
    function test_openEntry_changesNothingWithoutAPause() public {
        vm.prank(council);
        c.guardian.openEntry(address(c.stakeVault));
        vm.assertEq(c.stakeVault.pausedUntil(), 0, "never paused");
        _pause();
        vm.warp(START + 20 days);
        vm.prank(address(c.gpuckTimelock));
        c.stakeVault.openEntry();
        vm.assertEq(c.stakeVault.pausedUntil(), START + 14 days, "the end stays where it was");
    }

    function testFuzz_onlyTheGuardianShutsAndOnlyItAndTheTimelockOpen(address caller) public {
        vm.assume(caller != address(c.guardian));
        bytes memory denied = abi.encodeWithSelector(ITerms.NotAuthorised.selector, caller);
        vm.expectRevert(denied);
        vm.prank(caller);
        c.stakeVault.pauseEntry();
        vm.assume(caller != address(c.gpuckTimelock));
        vm.expectRevert(denied);
        vm.prank(caller);
        c.stakeVault.openEntry();
    }

    function test_timelock_cannotShut() public {
        vm.expectRevert(abi.encodeWithSelector(ITerms.NotAuthorised.selector, address(c.gpuckTimelock)));
        vm.prank(address(c.gpuckTimelock));
        c.stakeVault.pauseEntry();
    }

    /// @dev I59. The ways out of the vault, in a pause.
    function test_pause_leavesEveryWayOutOpen() public {
        uint256 shares = _stake(staker, nodeId, 10 ether);
        _pause();
        vm.startPrank(staker);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, shares / 2);
        c.stakeVault.cancelUnbond(requestId);
        uint256 held = c.stakeVault.sharesOf(nodeId, staker);
        requestId = c.stakeVault.requestUnbond(nodeId, held);
        vm.stopPrank();
        vm.warp(START + 14 days - 1);
        vm.prank(address(c.microcellCourt));
        c.stakeVault.slash(nodeId, 1, 100 ether, 0, verifier);
        vm.warp(START + 14 days);
        vm.prank(staker);
        vm.assertGt(c.stakeVault.withdraw(requestId, staker), 0, "paid");
    }

    function _pause() private {
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
    }
}
