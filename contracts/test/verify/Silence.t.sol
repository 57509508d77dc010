// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IComputeMarket} from "../../src/compute/IComputeMarket.sol";
import {IForcedOpening, Turn} from "../../src/verify/IForcedOpening.sol";
import {Fault, FaultKind, FaultStage, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {ForcedOpeningBase} from "./ForcedOpeningBase.sol";

/// @title What silence costs in a forced opening, whoever is silent and whenever
contract SilenceTest is ForcedOpeningBase {
    // --- the operator ------------------------------------------------------------------------------------------------

    /// @param moves made before the operator falls silent: 0, 2, 4 or 6 leave an answer due, 8 the reveal.
    function testFuzz_operatorSilent_isAFaultAtEveryMove(uint256 moves) public {
        moves = 2 * bound(moves, 0, 4);
        uint256 purse = c.gpuck.balanceOf(verifier);
        _play(moves);
        uint40 deadline = c.forcedOpening.demand(demandId).deadline;
        vm.warp(deadline - 1);
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.MoveOpen.selector, demandId, deadline));
        c.forcedOpening.close(demandId);
        vm.warp(deadline);
        bytes memory over = abi.encodeWithSelector(IForcedOpening.MoveOver.selector, demandId, deadline);
        vm.expectRevert(over);
        if (moves == 8) c.forcedOpening.reveal(demandId, path.leaf);
        else _answer(moves / 2);

        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.FaultProved(demandId, batchId, nodeId, FaultKind.DataWithheld, verifier, 0, 0, 0, 0, 0);
        vm.expectEmit(address(c.forcedOpening));
        emit IForcedOpening.DemandClosed(demandId, batchId, verifier, uint96(BOND));
        vm.prank(stranger);
        c.forcedOpening.close(demandId);
        vm.assertEq(c.gpuck.balanceOf(verifier), purse, "bond back");
        Fault memory entry = c.microcellCourt.fault(demandId);
        vm.assertEq(entry.finder, verifier, "finder");
        vm.assertEq(uint256(entry.stage), uint256(FaultStage.Proved), "stage");
        vm.assertEq(uint256(entry.kind), uint256(FaultKind.DataWithheld), "kind");
        vm.assertEq(uint256(entry.batchId), batchId, "batch");
        c.microcellCourt.punish(demandId);
        vm.assertEq(c.stakeVault.activeStake(nodeId), STAKE * 9 / 10, "slashed");
        vm.assertEq(c.gpuck.balanceOf(verifier), purse + STAKE / 50, "finder's share");
        vm.assertEq(
            uint256(c.computeMarket.batch(batchId).status), uint256(IComputeMarket.BatchStatus.Voided), "voided"
        );
    }

    /// @dev Even if the window of the batch is long over by then.
    function test_operatorSilent_afterTheWindow() public {
        vm.warp(START + 2 days - 1);
        _demandC();
        vm.warp(START + 2 days - 1 + 2 * ROUND - 1);
        c.forcedOpening.close(demandId);
        vm.assertEq(uint256(c.microcellCourt.fault(demandId).stage), uint256(FaultStage.Proved), "in the last second");
    }

    /// @dev The batch stays open for one round after the deadline; a challenger who sleeps longer has the bond back,
    /// and no more.
    function test_operatorSilent_butNobodyClosedInTime() public {
        vm.warp(START + 2 days - 1);
        uint256 purse = c.gpuck.balanceOf(verifier);
        _demandC();
        vm.warp(START + 2 days - 1 + 2 * ROUND);
        c.forcedOpening.close(demandId);
        vm.assertEq(c.gpuck.balanceOf(verifier), purse, "bond back");
        vm.assertEq(uint256(c.microcellCourt.fault(demandId).stage), uint256(FaultStage.None), "no fault");
        c.computeMarket.settle(batchId);
    }

    /// @dev Whoever reserves the number of a demand gains nothing and stops nothing.
    function test_operatorSilent_aReservationOfItsNumberIsOverwritten() public {
        vm.prank(operator);
        c.microcellCourt.reserve(bytes32(uint256(1)));
        _demandC();
        vm.warp(START + ROUND);
        c.forcedOpening.close(demandId);
        vm.assertEq(c.microcellCourt.fault(demandId).finder, verifier, "finder");
    }

    // --- the challenger ----------------------------------------------------------------------------------------------

    /// @param moves 1, 3, 5 or 7: a descent is due.
    function testFuzz_challengerSilent_losesTheBondAtEveryMove(uint256 moves) public {
        moves = 2 * bound(moves, 0, 3) + 1;
        _play(moves);
        uint256 purse = c.gpuck.balanceOf(operator);
        uint40 deadline = c.forcedOpening.demand(demandId).deadline;
        vm.warp(deadline - 1);
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.MoveOpen.selector, demandId, deadline));
        c.forcedOpening.close(demandId);
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.MoveOver.selector, demandId, deadline));
        _descend(moves / 2);
        vm.expectEmit(address(c.forcedOpening));
        emit IForcedOpening.DemandClosed(demandId, batchId, operator, uint96(BOND));
        c.forcedOpening.close(demandId);
        vm.assertEq(c.gpuck.balanceOf(operator), purse + BOND, "to the operator");
        vm.assertEq(uint256(c.microcellCourt.fault(demandId).stage), uint256(FaultStage.None), "no fault");
        vm.assertEq(uint256(_turn()), uint256(Turn.Closed), "closed");
        vm.warp(START + 30 days);
        c.computeMarket.settle(batchId);
    }

    /// @dev Settled meanwhile: it changes nothing about who was silent.
    function test_challengerSilent_closedAfterTheSettlement() public {
        _play(1);
        vm.warp(START + 3 days);
        c.computeMarket.settle(batchId);
        uint256 purse = c.gpuck.balanceOf(operator);
        c.forcedOpening.close(demandId);
        vm.assertEq(c.gpuck.balanceOf(operator), purse + BOND, "to the operator");
    }

    // --- neither -----------------------------------------------------------------------------------------------------

    /// @param moves any number: who has to move does not matter once the batch has fallen.
    function testFuzz_batchFallen_bondGoesBackAtOnce(uint256 moves, bool punished) public {
        uint256 purse = c.gpuck.balanceOf(verifier);
        _play(bound(moves, 0, 8));
        vm.startPrank(address(c.microcellCourt));
        c.computeMarket.condemn(batchId);
        if (punished) c.computeMarket.void(batchId);
        vm.stopPrank();
        vm.prank(stranger);
        c.forcedOpening.close(demandId);
        vm.assertEq(c.gpuck.balanceOf(verifier), purse, "bond back");
        vm.assertEq(uint256(c.microcellCourt.fault(demandId).stage), uint256(FaultStage.None), "no second fault");
    }

    /// @dev A late reveal must not take the bond of a challenger whose suspicion came true.
    function test_batchFallen_noMoveCounts() public {
        _playToTheLeaf();
        vm.prank(address(c.microcellCourt));
        c.computeMarket.condemn(batchId);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.BatchNotOpen.selector, batchId));
        c.forcedOpening.reveal(demandId, path.leaf);
    }

    /// @dev The whole game, each side in its last second, ends within the rounds that unbonding outlasts.
    function test_longestGame_staysWithinElevenRounds() public {
        vm.warp(START + 2 days - 1);
        _demandC();
        for (uint256 round = 0; round < 4; ++round) {
            vm.warp(block.timestamp + ROUND - 1);
            _answer(round);
            vm.warp(block.timestamp + ROUND - 1);
            _descend(round);
        }
        vm.assertLe(c.computeMarket.openUntil(batchId), START + 2 days + 11 * ROUND, "eleven rounds");
        vm.assertGt(START + c.terms.unbondingSeconds(), c.computeMarket.openUntil(batchId), "stake is still there");
    }

    function _play(uint256 moves) private {
        _demandC();
        for (uint256 move = 0; move < moves; ++move) {
            if (move % 2 == 0) _answer(move / 2);
            else _descend(move / 2);
        }
    }
}
