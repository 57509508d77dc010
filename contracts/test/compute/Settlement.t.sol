// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CertificateClass} from "../../src/carbon/ICarbonCertificate.sol";
import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {Shares} from "../../src/governance/ITerms.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {ReentrantOperator, UnwillingOperator} from "../Operators.sol";
import {ComputeMarketScene} from "./ComputeMarketScene.sol";

/// @title Settlement, voiding, and what a pause stops
contract SettlementTest is ComputeMarketScene {
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
}
