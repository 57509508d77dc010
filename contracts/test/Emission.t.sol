// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Emission} from "../src/token/Emission.sol";
import {Gpuck} from "../src/token/Gpuck.sol";
import {IEmission} from "../src/token/IEmission.sol";
import {vm} from "../script/Vm.sol";
import {Base} from "./Base.t.sol";

contract EmissionTest is Base {
    function test_mintEpoch_paysTheRewardContractOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochNotEnded.selector, 0, START + 1 days));
        c.emission.mintEpoch(0);
        vm.warp(START + 1 days);
        vm.expectEmit(address(c.emission));
        emit IEmission.EpochMinted(0, 100_000 ether);
        vm.prank(stranger);
        c.emission.mintEpoch(0);
        vm.assertEq(c.gpuck.balanceOf(address(c.greenRewards)), 100_000 ether, "rewards funded");
        vm.assertTrue(c.emission.isMinted(0), "minted");
        vm.expectRevert(abi.encodeWithSelector(IEmission.EpochAlreadyMinted.selector, 0));
        c.emission.mintEpoch(0);
    }

    function testFuzz_mintEpoch_revertsBeforeTheEnd(uint256 epoch, uint256 elapsed) public {
        epoch = bound(epoch, 0, 1e9);
        elapsed = bound(elapsed, 0, (epoch + 1) * 1 days - 1);
        vm.warp(START + elapsed);
        vm.expectPartialRevert(IEmission.EpochNotEnded.selector);
        c.emission.mintEpoch(epoch);
    }

    function testFuzz_budget_fallsByATenthPerStep(uint256 step, uint256 offset) public view {
        step = bound(step, 1, 600);
        offset = bound(offset, 0, 364);
        uint256 before = c.emission.budget((step - 1) * 365 + offset);
        vm.assertEq(c.emission.budget(step * 365), before * 9 / 10, "a tenth less, rounded down");
    }

    /// forge-config: default.fuzz.runs = 16
    /// forge-config: long.fuzz.runs = 500
    /// @dev Σ over all steps stays under 10 × the first: what the constructor counts on.
    function testFuzz_budget_neverSumsOverTenSteps(uint128 initial) public {
        uint256 budget = bound(initial, 0, 1e26);
        Emission fresh = new Emission(_token(0, 10 * budget), address(this), 1, 1, budget);
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
        new Emission(token, address(this), 1 days, 10, 1 ether);
        vm.expectRevert(
            abi.encodeWithSelector(Emission.ScheduleOverCap.selector, 900 ether, 100 ether + 100, 1_000 ether)
        );
        new Emission(token, address(this), 1 days, 10, 1 ether + 1);
    }

    function _token(uint256 genesis, uint256 cap) private returns (Gpuck) {
        return new Gpuck(address(this), holder, genesis, cap);
    }
}
