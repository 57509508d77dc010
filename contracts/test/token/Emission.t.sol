// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {IComputeMarket} from "../../src/compute/IComputeMarket.sol";
import {Emission} from "../../src/token/Emission.sol";
import {Gpuck} from "../../src/token/Gpuck.sol";
import {IEmission} from "../../src/token/IEmission.sol";
import {IGpuck} from "../../src/token/IGpuck.sol";
import {Base} from "../Base.t.sol";

contract EmissionTest is Base {
    uint256 internal constant BUDGET = 1_000 ether;

    function setUp() public override {
        super.setUp();
        _activeNode(10_000 ether, 0);
    }

    function _parameters() internal view override returns (Parameters memory p) {
        p = super._parameters();
        p.epochBudgetWei = BUDGET;
        p.durations.challenge = 60;
    }

    function test_mintEpoch_mintsNothingWhereNothingBurned() public {
        vm.warp(START + 1 days);
        vm.expectEmit(address(c.emission));
        emit IEmission.EpochMinted(0, 0, BUDGET, 0);
        vm.assertEq(c.emission.mintEpoch(0), 0, "amount");
        vm.assertEq(c.gpuck.balanceOf(address(c.greenRewards)), 0, "rewards");
        vm.assertEq(c.emission.nextEpoch(), 1, "the epoch is over all the same");
    }

    function test_mintEpoch_mintsNineTenthsOfTheBurnedFees() public {
        uint256 burned = _settleFee(1_000 ether + 7);
        vm.assertEq(burned, 400 ether + 5, "of 7 wei 2 go to the operator, 0 to the others");
        vm.warp(START + 1 days);
        uint256 minted = c.gpuck.minted();
        vm.assertEq(c.emission.mintable(0), burned * 9 / 10, "mintable");
        vm.expectEmit(address(c.emission));
        emit IEmission.EpochMinted(0, 360 ether + 4, BUDGET, burned);
        vm.prank(stranger);
        vm.assertEq(c.emission.mintEpoch(0), 360 ether + 4, "rounded down");
        vm.assertEq(c.gpuck.balanceOf(address(c.greenRewards)), 360 ether + 4, "to the reward contract");
        vm.assertEq(c.gpuck.minted() - minted, 360 ether + 4, "minted");
        vm.assertEq(c.emission.burnedCounted(), burned, "counted");
        vm.warp(START + 2 days);
        vm.assertEq(c.emission.mintEpoch(1), 0, "a fee counts once");
    }

    /// @dev The least burn that fills the budget is ceil(10/9 of it); one wei less mints less.
    function test_mintEpoch_stopsAtTheBudget() public {
        uint256 enough = (BUDGET * 10 + 8) / 9;
        uint256 burned = _settleFee(enough * 10 / 4);
        vm.assertGe(burned, enough, "enough burned");
        vm.warp(START + 1 days);
        vm.assertEq(c.emission.mintEpoch(0), BUDGET, "the budget");
        vm.warp(START + 2 days);
        vm.assertEq(c.emission.mintEpoch(1), 0, "what burned over it stays burned");
    }

    function test_mintEpoch_goesInOrderAndOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochNotEnded.selector, 0, START + 1 days));
        c.emission.mintEpoch(0);
        vm.warp(START + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochNotEnded.selector, 0, START + 1 days));
        c.emission.mintEpoch(0);
        vm.warp(START + 3 days);
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochOutOfOrder.selector, 1, 0));
        c.emission.mintEpoch(1);
        vm.assertFalse(c.emission.isMinted(0), "not yet");
        c.emission.mintEpoch(0);
        vm.assertTrue(c.emission.isMinted(0), "minted");
        vm.assertFalse(c.emission.isMinted(1), "the next");
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochAlreadyMinted.selector, 0));
        c.emission.mintEpoch(0);
        c.emission.mintEpoch(1);
        c.emission.mintEpoch(2);
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochNotEnded.selector, 3, START + 4 days));
        c.emission.mintEpoch(3);
    }

    function testFuzz_mintEpoch_revertsBeforeTheEnd(uint256 epoch, uint256 elapsed) public {
        epoch = bound(epoch, 0, 1e9);
        elapsed = bound(elapsed, 0, (epoch + 1) * 1 days - 1);
        vm.warp(START + elapsed);
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochNotEnded.selector, epoch, START + (epoch + 1) * 1 days));
        c.emission.mintEpoch(epoch);
    }

    /// forge-config: default.fuzz.runs = 64
    /// @dev I2, I34. Whatever burns and whenever epochs are minted, the supply never passes what it was at genesis, and
    /// falls by at least a tenth of each burn.
    function testFuzz_mintEpoch_neverGivesBackWhatBurned(uint256[6] memory fees, uint256[6] memory pauses) public {
        uint256 genesis = c.gpuck.totalSupply();
        uint256 emitted = 0;
        for (uint256 i = 0; i < fees.length; ++i) {
            _settleFee(bound(fees[i], 1, 4_000 ether));
            vm.warp(block.timestamp + bound(pauses[i], 1, 3 days));
            while (c.emission.nextEpoch() < c.emission.currentEpoch()) {
                emitted += c.emission.mintEpoch(c.emission.nextEpoch());
            }
            uint256 burned = c.computeMarket.feesBurned();
            vm.assertLe(emitted * 10, burned * 9, "at most nine tenths come back");
            vm.assertLe(emitted, BUDGET * c.emission.nextEpoch(), "and no more than the schedule");
            vm.assertEq(c.gpuck.totalSupply(), genesis + emitted - burned, "supply");
        }
        vm.assertLt(c.gpuck.totalSupply(), genesis, "less than at genesis");
    }

    function testFuzz_budget_fallsByATenthPerStep(uint256 step, uint256 offset) public view {
        step = bound(step, 1, 600);
        offset = bound(offset, 0, 364);
        uint256 before = c.emission.budget((step - 1) * 365 + offset);
        vm.assertEq(c.emission.budget(step * 365), before * 9 / 10, "a tenth less, rounded down");
    }

    /// forge-config: default.fuzz.runs = 16
    /// forge-config: long.fuzz.runs = 500
    /// @dev I34. Σ over all steps stays under 10 × the first: what the constructor counts on.
    function testFuzz_budget_neverSumsOverTenSteps(uint128 initial) public {
        uint256 budget = bound(initial, 0, 1e26);
        Emission fresh = _emission(_token(0, 10 * budget), 1, 1, budget);
        uint256 sum = 0;
        uint256 epoch = 0;
        for (uint256 amount = budget; amount > 0; amount = amount * 9 / 10) {
            vm.assertEq(fresh.budget(epoch++), amount, "budget");
            sum += amount;
        }
        vm.assertLe(sum, 10 * budget, "sum");
    }

    function test_constructor_revertsWhenTheScheduleCouldMeetTheCap() public {
        Gpuck token = _token(900 ether, 1_000 ether);
        _emission(token, 1 days, 10, 1 ether);
        vm.expectRevert(
            abi.encodeWithSelector(IEmission.ScheduleOverCap.selector, 900 ether, 100 ether + 100, 1_000 ether)
        );
        _emission(token, 1 days, 10, 1 ether + 1);
    }

    function test_constructor_revertsOnEpochsOrStepsOfNoLength() public {
        Gpuck token = _token(0, 1_000 ether);
        vm.expectRevert(abi.encodeWithSelector(IEmission.InvalidSchedule.selector));
        _emission(token, 0, 10, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IEmission.InvalidSchedule.selector));
        _emission(token, 1 days, 0, 1 ether);
        Emission fresh = _emission(token, 2, 3, 4);
        vm.assertEq(fresh.genesis(), START, "genesis");
        vm.assertEq(fresh.epochSeconds(), 2, "epochSeconds");
        vm.assertEq(fresh.epochsPerStep(), 3, "epochsPerStep");
        vm.assertEq(fresh.initialBudget(), 4, "initialBudget");
        vm.assertEq(fresh.startOf(5), START + 10, "startOf");
    }

    function _emission(IGpuck token, uint256 epochSeconds, uint256 epochsPerStep, uint256 budget)
        private
        returns (Emission)
    {
        return new Emission(
            token, IComputeMarket(address(c.computeMarket)), address(this), epochSeconds, epochsPerStep, budget
        );
    }

    function _token(uint256 genesis, uint256 cap) private returns (Gpuck) {
        return new Gpuck(address(this), holder, genesis, cap);
    }
}
