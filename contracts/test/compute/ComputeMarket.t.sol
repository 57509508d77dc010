// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CertificateClass} from "../../src/carbon/ICarbonCertificate.sol";
import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {Durations, Shares} from "../../src/governance/ITerms.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";
import {ReentrantOperator, UnwillingOperator} from "../Operators.sol";

contract ComputeMarketTest is Base {
    uint48 internal nodeId;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(10_000 ether, 2_500);
    }

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

    // --- settlement --------------------------------------------------------------------------------------------------

    function testFuzz_split_addsUpToTheWei(uint256 fee) public view {
        fee = bound(fee, 0, type(uint256).max / 10_000);
        (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee) = c.computeMarket.split(fee);
        vm.assertEq(burned + operatorFee + stakersFee + treasuryFee, fee, "sum");
        vm.assertEq(operatorFee, fee * 4_000 / 10_000, "operator");
        vm.assertEq(stakersFee, fee * 1_000 / 10_000, "stakers");
        vm.assertEq(treasuryFee, fee * 1_000 / 10_000, "treasury");
        vm.assertGe(burned, fee * 4_000 / 10_000, "the burn gets what rounding leaves");
    }

    function testFuzz_split_followsTheTerms(uint16 operatorBps, uint16 stakersBps, uint16 treasuryBps, uint96 fee)
        public
    {
        Shares memory shares = c.terms.shares();
        shares.treasuryBps = uint16(bound(treasuryBps, 0, 2_000));
        shares.stakersBps = uint16(bound(stakersBps, 0, 9_000 - shares.treasuryBps));
        shares.operatorBps = uint16(bound(operatorBps, 0, 9_000 - shares.treasuryBps - shares.stakersBps));
        vm.prank(address(c.gpuckTimelock));
        c.terms.setShares(shares);
        (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee) = c.computeMarket.split(fee);
        vm.assertEq(operatorFee, uint256(fee) * shares.operatorBps / 10_000, "operator");
        vm.assertEq(stakersFee, uint256(fee) * shares.stakersBps / 10_000, "stakers");
        vm.assertEq(treasuryFee, uint256(fee) * shares.treasuryBps / 10_000, "treasury");
        vm.assertGe(burned, uint256(fee) / 10, "a tenth burns, whatever the terms");
    }

    function testFuzz_settle_paysEveryPartToTheWei(uint128 feePerCell, uint32 cells) public {
        cells = uint32(bound(cells, 1, 1_000));
        feePerCell = uint128(bound(feePerCell, 1, 1_000 ether));
        uint256 batchId = _commit(_postJob(cells, feePerCell), "x", cells, 0);
        uint256 fee = uint256(cells) * feePerCell;
        (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee) = c.computeMarket.split(fee);
        uint256 commission = stakersFee / 4;
        uint256[4] memory before = _purses();

        vm.warp(START + 2 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.ChallengeOpen.selector, batchId, START + 2 days));
        c.computeMarket.settle(batchId);
        vm.warp(START + 2 days);
        vm.expectEmit(address(c.computeMarket));
        emit IComputeMarket.BatchSettled(
            batchId, 1, nodeId, fee, burned, operatorFee + commission, stakersFee - commission, treasuryFee
        );
        vm.prank(stranger);
        c.computeMarket.settle(batchId);

        uint256[4] memory got = _purses();
        vm.assertEq(got[0] - before[0], burned, "burned");
        vm.assertEq(got[1] - before[1], operatorFee + commission, "operator");
        vm.assertEq(got[2] - before[2], stakersFee - commission, "stakers");
        vm.assertEq(got[3] - before[3], treasuryFee, "treasury");
        vm.assertEq(c.gpuck.balanceOf(address(c.computeMarket)), 0, "nothing left over");
        vm.assertEq(c.computeMarket.escrowed(), 0, "no escrow left");
        vm.assertEq(c.computeMarket.feesBurned(), burned, "counted as burned");
    }

    function test_settle_onlyOnce() public {
        uint256 batchId = _commit(_postJob(2, 1 ether), "x", 1, 0);
        vm.warp(START + 2 days);
        c.computeMarket.settle(batchId);
        vm.expectRevert(
            abi.encodeWithSelector(
                IComputeMarket.WrongBatchStatus.selector, batchId, IComputeMarket.BatchStatus.Settled
            )
        );
        c.computeMarket.settle(batchId);
        vm.expectRevert(
            abi.encodeWithSelector(IComputeMarket.WrongBatchStatus.selector, 99, IComputeMarket.BatchStatus.None)
        );
        c.computeMarket.settle(99);
    }

    function test_settle_givesTheStakersPartToTheTreasuryWhenNobodyStakes() public {
        uint256 batchId = _commit(_postJob(1, 100 ether), "x", 1, 0);
        uint256 shares = c.stakeVault.sharesOf(nodeId, operator);
        vm.prank(operator);
        c.stakeVault.requestUnbond(nodeId, shares);
        vm.warp(START + 2 days);
        vm.expectEmit(address(c.computeMarket));
        emit IComputeMarket.BatchSettled(batchId, 1, nodeId, 100 ether, 40 ether, 40 ether, 0, 20 ether);
        c.computeMarket.settle(batchId);
    }

    function test_settle_certifiesTheEnergy() public {
        uint256 batchId = _commit(_postJob(1, 100 ether), "x", 1, 1_234);
        uint32 hour = _hour();
        vm.warp(START + 2 days);
        c.computeMarket.settle(batchId);
        uint256 id = c.carbonCertificate
            .idOf(CertificateClass(250, EnergySource.Solar, hour, MeasurementTier.Measured, 1, nodeId));
        vm.assertEq(c.carbonCertificate.balanceOf(operator, id), 1_234, "Wh");
        vm.assertEq(c.carbonCertificate.footprint(id, 1_234), 1_234 * 48, "mgCO2e");
    }

    function test_settle_sendsARefusedCertificateToTheTreasury() public {
        UnwillingOperator unwilling = new UnwillingOperator();
        uint256 batchId = _contractOperatorCommits(address(unwilling));
        vm.warp(START + 2 days);
        c.computeMarket.settle(batchId);
        uint256 id = c.carbonCertificate
            .idOf(CertificateClass(250, EnergySource.Wind, _hour() - 48, MeasurementTier.Measured, 1, nodeId + 1));
        vm.assertEq(c.carbonCertificate.balanceOf(address(c.gpuckTimelock), id), 500, "Wh with the treasury");
        vm.assertGt(c.gpuck.balanceOf(address(unwilling)), 40 ether - 1, "the operator is paid all the same");
    }

    function test_settle_aReentrantReceiverGainsNothing() public {
        ReentrantOperator attacker = new ReentrantOperator(c.computeMarket);
        uint256 batchId = _contractOperatorCommits(address(attacker));
        attacker.aim(batchId);
        vm.warp(START + 2 days);
        c.computeMarket.settle(batchId);
        vm.assertTrue(attacker.called(), "the callback ran");
        vm.assertFalse(attacker.settledTwice(), "the batch was settled before the callback");
        vm.assertEq(c.gpuck.balanceOf(address(attacker)), 40 ether, "paid once");
        vm.assertEq(c.gpuck.balanceOf(address(c.computeMarket)), 0, "nothing left, nothing missing");
    }

    // --- voiding -----------------------------------------------------------------------------------------------------

    function testFuzz_void_refundsTheRequesterAtOnce(uint32 cells, bool closed) public {
        cells = uint32(bound(cells, 1, 10));
        uint256 jobId = _postJob(10, 3 ether);
        uint256 purse = c.gpuck.balanceOf(requester);
        uint256 batchId = _commit(jobId, "x", cells, 0);
        if (closed && cells == 10) {
            vm.prank(requester);
            c.computeMarket.closeJob(jobId);
        }
        vm.warp(START + 2 days - 1);
        vm.prank(address(c.microcellCourt));
        c.computeMarket.void(batchId);
        vm.assertEq(c.gpuck.balanceOf(requester), purse + uint256(cells) * 3 ether, "refund");
        vm.assertEq(c.computeMarket.escrowed(), uint256(10 - cells) * 3 ether, "escrow");
        vm.warp(START + 30 days);
        vm.expectPartialRevert(IComputeMarket.WrongBatchStatus.selector);
        c.computeMarket.settle(batchId);
    }

    function test_courtActions_areTheCourtsAlone() public {
        uint256 batchId = _commit(_postJob(1, 1 ether), "x", 1, 0);
        bytes memory refused = abi.encodeWithSelector(IComputeMarket.NotAuthorised.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refused);
        c.computeMarket.void(batchId);
        vm.expectRevert(refused);
        c.computeMarket.condemn(batchId);
        vm.expectRevert(refused);
        c.computeMarket.prolong(batchId, uint40(START + 3 days));
        vm.stopPrank();
        address court = address(c.microcellCourt);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.NotAuthorised.selector, court));
        vm.prank(court);
        c.computeMarket.prolong(batchId, uint40(START + 3 days));
    }

    function test_void_atAnyTimeBeforeTheSettlementAndOnce() public {
        uint256 jobId = _postJob(2, 1 ether);
        uint256 batchId = _commit(jobId, "x", 1, 0);
        uint256 settled = _commit(jobId, "y", 1, 0);
        vm.warp(START + 20 days);
        c.computeMarket.settle(settled);
        vm.startPrank(address(c.microcellCourt));
        vm.expectEmit(address(c.computeMarket));
        emit IComputeMarket.BatchVoided(batchId, jobId, nodeId);
        c.computeMarket.void(batchId);
        _expectWrongStatus(batchId, IComputeMarket.BatchStatus.Voided);
        c.computeMarket.void(batchId);
        _expectWrongStatus(settled, IComputeMarket.BatchStatus.Settled);
        c.computeMarket.void(settled);
        _expectWrongStatus(99, IComputeMarket.BatchStatus.None);
        c.computeMarket.void(99);
    }

    function test_condemn_stopsTheSettlementWithinTheWindow() public {
        uint256 jobId = _postJob(2, 1 ether);
        uint256 batchId = _commit(jobId, "x", 1, 0);
        uint256 other = _commit(jobId, "y", 1, 0);
        vm.startPrank(address(c.microcellCourt));
        vm.warp(START + 2 days - 1);
        c.computeMarket.condemn(batchId);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.BatchNotOpen.selector, batchId));
        c.computeMarket.condemn(batchId);
        vm.warp(START + 2 days);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.BatchNotOpen.selector, other));
        c.computeMarket.condemn(other);
        _expectWrongStatus(batchId, IComputeMarket.BatchStatus.Faulted);
        c.computeMarket.settle(batchId);
    }

    function test_prolong_keepsABatchOpenAndNeverShortens() public {
        uint256 batchId = _commit(_postJob(1, 1 ether), "x", 1, 0);
        vm.assertEq(c.computeMarket.openUntil(batchId), START + 2 days, "the window");
        vm.startPrank(address(c.forcedOpening));
        c.computeMarket.prolong(batchId, uint40(START + 1 days));
        vm.assertEq(c.computeMarket.openUntil(batchId), START + 2 days, "not before the window's end");
        c.computeMarket.prolong(batchId, uint40(START + 3 days));
        c.computeMarket.prolong(batchId, uint40(START + 3 days - 1));
        vm.assertEq(c.computeMarket.openUntil(batchId), START + 3 days, "prolonged");
        vm.warp(START + 3 days - 1);
        (uint256 jobId, uint48 node, uint32 cells, bytes32 root) = c.computeMarket.openBatch(batchId);
        vm.assertEq(jobId, 1, "job");
        vm.assertEq(uint256(node), uint256(nodeId), "node");
        vm.assertEq(uint256(cells), 1, "cells");
        vm.assertEq(root, bytes32("x"), "root");
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.ChallengeOpen.selector, batchId, uint64(START + 3 days)));
        c.computeMarket.settle(batchId);
        vm.warp(START + 3 days);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.BatchNotOpen.selector, batchId));
        c.computeMarket.openBatch(batchId);
        c.computeMarket.settle(batchId);
        _expectWrongStatus(batchId, IComputeMarket.BatchStatus.Settled);
        c.computeMarket.prolong(batchId, uint40(START + 4 days));
    }

    // --- what a pause stops ------------------------------------------------------------------------------------------

    function test_pause_stopsJobsAndCommitsOnly() public {
        uint256 jobId = _postJob(2, 1 ether);
        uint256 settling = _commit(jobId, "x", 1, 0);
        uint256 voided = _commit(jobId, "y", 1, 0);
        vm.prank(council);
        c.guardian.pauseEntry(address(c.computeMarket));
        bytes memory paused = abi.encodeWithSelector(IEntryPause.EntryPaused.selector, uint64(START + 14 days));
        vm.expectRevert(paused);
        vm.prank(requester);
        c.computeMarket.postJob(0, 0, 1, 1, uint64(START + 1 days));
        _expectCommitRevert(operator, jobId, "z", 1, paused);
        vm.prank(address(c.microcellCourt));
        c.computeMarket.void(voided);
        vm.warp(START + 2 days);
        c.computeMarket.settle(settling);
        vm.prank(requester);
        c.computeMarket.closeJob(jobId);
    }

    // -----------------------------------------------------------------------------------------------------------------

    function _commit(uint256 jobId, bytes32 cellsRoot, uint32 cells, uint64 energyWh) private returns (uint256) {
        uint32 hour = _hour();
        vm.prank(operator);
        return c.computeMarket.commitBatch(jobId, cellsRoot, cells, energyWh, hour, MeasurementTier.Measured);
    }

    function _contractOperatorCommits(address account) private returns (uint256 batchId) {
        uint48 second = _register(account, EnergySource.Wind, 0);
        _stake(staker, second, 10_000 ether);
        c.nodeRegistry.activate(second);
        uint256 jobId = _postJob(1, 100 ether);
        uint32 hour = _hour();
        vm.prank(account);
        return c.computeMarket.commitBatch(jobId, "contract", 1, 500, hour, MeasurementTier.Measured);
    }

    function _purses() private view returns (uint256[4] memory) {
        return [
            c.gpuck.burned(),
            c.gpuck.balanceOf(operator),
            c.stakeVault.activeStake(nodeId),
            c.gpuck.balanceOf(address(c.gpuckTimelock))
        ];
    }

    function _expectInvalidJob(uint32 cells, uint128 fee, uint64 deadline, string memory reason) private {
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.InvalidJob.selector, reason));
        vm.prank(requester);
        c.computeMarket.postJob(0, 0, cells, fee, deadline);
    }

    function _expectWrongStatus(uint256 batchId, IComputeMarket.BatchStatus status) private {
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.WrongBatchStatus.selector, batchId, status));
    }

    function _expectCommitRevert(address caller, uint256 jobId, bytes32 root, uint32 cells, bytes memory reason)
        private
    {
        uint32 hour = _hour();
        vm.expectRevert(reason);
        vm.prank(caller);
        c.computeMarket.commitBatch(jobId, root, cells, 0, hour, MeasurementTier.Measured);
    }
}
