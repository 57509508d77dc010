// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {Durations} from "../../src/governance/ITerms.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {ComputeMarketScene} from "./ComputeMarketScene.sol";

/// @title Jobs and commits
contract ComputeMarketTest is ComputeMarketScene {
    // --- jobs --------------------------------------------------------------------------------------------------------

    function testFuzz_postJob_escrowsTheWholeFee(uint32 cells, uint128 feePerCell) public {
        cells = uint32(bound(cells, 1, type(uint32).max));
        feePerCell = uint128(bound(feePerCell, 1, 10_000_000 ether / cells));
        uint256 purse = c.gpuck.balanceOf(requester);
        uint256 jobId = _postJob(cells, feePerCell);
        vm.assertEq(c.computeMarket.escrowed(), uint256(cells) * feePerCell, "escrow");
        vm.assertEq(c.gpuck.balanceOf(requester), purse - uint256(cells) * feePerCell, "paid");
        vm.assertEq(c.computeMarket.job(jobId).requester, requester, "requester");
    }

    function test_postJob_revertsWhenItMakesNoSense() public {
        uint64 inAnHour = uint64(START + 1 hours);
        _expectInvalidJob(0, 1, inAnHour, "no cells");
        _expectInvalidJob(1, 0, inAnHour, "no fee");
        _expectInvalidJob(1, 1, uint64(START), "deadline passed");
        _expectInvalidJob(1, 1, uint64(START + 365 days + 1), "deadline over a year away");
    }

    function testFuzz_closeJob_refundsWhatNobodyCommitted(uint32 committed) public {
        committed = uint32(bound(committed, 0, 10));
        uint256 jobId = _postJob(10, 3 ether);
        if (committed > 0) _commit(jobId, "root", committed, 0);
        uint256 purse = c.gpuck.balanceOf(requester);
        vm.startPrank(requester);
        if (committed < 10) {
            vm.expectRevert(abi.encodeWithSelector(IComputeMarket.InvalidJob.selector, "still open to commits"));
            c.computeMarket.closeJob(jobId);
            vm.warp(START + 30 days);
        }
        c.computeMarket.closeJob(jobId);
        vm.assertEq(c.gpuck.balanceOf(requester), purse + uint256(10 - committed) * 3 ether, "refund");
        vm.assertEq(c.computeMarket.escrowed(), uint256(committed) * 3 ether, "escrow of committed cells stays");
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.JobNotOpen.selector, jobId));
        c.computeMarket.closeJob(jobId);
    }

    function test_requesterActions_revertForAnyoneElse() public {
        uint256 jobId = _postJob(1, 1);
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.NotRequester.selector, stranger));
        c.computeMarket.closeJob(jobId);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.NotRequester.selector, stranger));
        c.computeMarket.reportProgress(jobId, 1, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.NotRequester.selector, stranger));
        c.computeMarket.closeJob(9);
        vm.stopPrank();
        vm.expectEmit(address(c.computeMarket));
        emit IComputeMarket.JobProgressed(jobId, 5, "model", 2_302_585);
        vm.prank(requester);
        c.computeMarket.reportProgress(jobId, 5, "model", 2_302_585);
    }

    // --- commits -----------------------------------------------------------------------------------------------------

    function test_commitBatch_revertsWhenItMust() public {
        uint256 jobId = _postJob(10, 1 ether);
        _expectCommitRevert(
            stranger, jobId, "x", 1, abi.encodeWithSelector(IComputeMarket.NotOperator.selector, stranger)
        );
        _expectCommitRevert(operator, 7, "x", 1, abi.encodeWithSelector(IComputeMarket.UnknownJob.selector, 7));
        _expectCommitRevert(
            operator, jobId, "x", 0, abi.encodeWithSelector(IComputeMarket.InvalidBatch.selector, "no cells")
        );
        _expectCommitRevert(
            operator, jobId, "x", 11, abi.encodeWithSelector(IComputeMarket.TooManyCells.selector, jobId, 10)
        );
        _commit(jobId, "x", 1, 0);
        _expectCommitRevert(
            operator, jobId, "x", 1, abi.encodeWithSelector(IComputeMarket.DuplicateBatch.selector, bytes32("x"))
        );
        vm.warp(START + 30 days);
        _expectCommitRevert(operator, jobId, "y", 1, abi.encodeWithSelector(IComputeMarket.JobNotOpen.selector, jobId));
    }

    function testFuzz_commitBatch_boundsTheEnergyOfAnHour(uint64 first, uint64 second) public {
        uint256 jobId = _postJob(10, 1 ether);
        first = uint64(bound(first, 0, 1_500));
        second = uint64(bound(second, 0, type(uint64).max - 1_500));
        _commit(jobId, "x", 1, first);
        bool over = uint256(first) + second > 1_500;
        if (over) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IComputeMarket.EnergyOverNameplate.selector, nodeId, _hour(), first + second, 1_500
                )
            );
        }
        uint32 hour = _hour();
        vm.prank(operator);
        c.computeMarket.commitBatch(jobId, "y", 1, second, hour, MeasurementTier.Measured);
        vm.assertEq(c.computeMarket.claimedWh(nodeId, hour), over ? first : first + second, "claimed");
        vm.prank(operator);
        c.computeMarket.commitBatch(jobId, "z", 1, 1_500, hour - 1, MeasurementTier.Measured);
    }

    function test_commitBatch_keepsTheStakeThatStandsBehindItNow() public {
        uint256 jobId = _postJob(3, 1 ether);
        uint256 shares = c.stakeVault.sharesOf(nodeId, operator);
        vm.prank(operator);
        c.stakeVault.requestUnbond(nodeId, shares / 4);
        _stake(staker, nodeId, 5_000 ether);
        IComputeMarket.Batch memory batch = c.computeMarket.batch(_commit(jobId, "x", 2, 7));
        vm.assertEq(uint256(batch.stakeWei), 15_000 ether, "active and unbonding");
        vm.assertEq(uint256(batch.jobId), jobId, "job");
        vm.assertEq(uint256(batch.nodeId), uint256(nodeId), "node");
        vm.assertEq(uint256(batch.cells), 2, "cells");
        vm.assertEq(uint256(batch.hour), _hour(), "hour");
        vm.assertEq(uint256(batch.energyWh), 7, "energy");
        vm.assertEq(uint256(batch.challengeEndsAt), START + 2 days, "window");
        vm.assertEq(uint256(batch.provableUntil), 0, "no demand");
        _stake(staker, nodeId, 5_000 ether);
        vm.assertEq(uint256(c.computeMarket.batch(1).stakeWei), 15_000 ether, "later stake is not in it");
    }

    /// @dev The window was promised at the commit.
    function test_commitBatch_keepsItsWindowWhenTheTermChanges() public {
        uint256 jobId = _postJob(3, 1 ether);
        uint256 before = _commit(jobId, "x", 1, 0);
        Durations memory durations = c.terms.durations();
        durations.challenge = 1 days;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setDurations(durations);
        uint256 later = _commit(jobId, "y", 1, 0);
        vm.assertEq(c.computeMarket.openUntil(before), START + 2 days, "before");
        vm.assertEq(c.computeMarket.openUntil(later), START + 1 days, "after");
    }

    /// @dev Somebody else's root is no reason to refuse one's own: nobody can block a commit by copying it first.
    function test_commitBatch_rootsAreApartByNode() public {
        uint256 jobId = _postJob(3, 1 ether);
        uint48 second = _register(otherStaker, EnergySource.Wind, 0);
        _stake(otherStaker, second, 10_000 ether);
        c.nodeRegistry.activate(second);
        uint32 hour = _hour();
        vm.prank(otherStaker);
        c.computeMarket.commitBatch(jobId, "x", 1, 0, hour, MeasurementTier.Measured);
        vm.assertFalse(c.computeMarket.isCommitted(nodeId, "x"), "not by this node");
        vm.assertTrue(c.computeMarket.isCommitted(second, "x"), "by that one");
        _commit(jobId, "x", 1, 0);
    }

    function test_commitBatch_takesTheNameplateAndNotAWattHourMore() public {
        uint256 jobId = _postJob(10, 1 ether);
        _commit(jobId, "x", 1, 1_500);
        uint32 hour = _hour();
        bytes4 refused = IComputeMarket.EnergyOverNameplate.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, nodeId, hour, 1_501, 1_500));
        vm.prank(operator);
        c.computeMarket.commitBatch(jobId, "y", 1, 1, hour, MeasurementTier.Measured);
    }

    function testFuzz_commitBatch_takesThisHourOrTheLast(uint32 hour) public {
        uint256 jobId = _postJob(10, 1 ether);
        vm.assume(hour != _hour() && hour != _hour() - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IComputeMarket.InvalidBatch.selector, "hour is not this one or the last")
        );
        vm.prank(operator);
        c.computeMarket.commitBatch(jobId, "x", 1, 0, hour, MeasurementTier.Measured);
    }
}
