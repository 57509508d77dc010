// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Gpuck} from "../../src/token/Gpuck.sol";
import {IGpuck} from "../../src/token/IGpuck.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

contract GpuckTest is Base {
    function test_genesis_belongsToTheHolder() public {
        Gpuck fresh = new Gpuck(address(this), stranger, 5 ether, 9 ether);
        vm.assertEq(fresh.balanceOf(stranger), 5 ether, "holder");
        vm.assertEq(fresh.totalSupply(), 5 ether, "supply");
        vm.assertEq(fresh.minted(), 5 ether, "minted");
    }

    function testFuzz_supply_isMintedLessBurned(uint256 first, uint256 second, uint256 burn) public {
        Gpuck fresh = new Gpuck(address(this), stranger, 1 ether, 1_000 ether);
        first = bound(first, 0, 400 ether);
        second = bound(second, 0, 400 ether);
        burn = bound(burn, 0, first + second);
        fresh.mint(staker, first);
        fresh.mint(staker, second);
        vm.expectEmit(address(fresh));
        emit IGpuck.Burned(staker, burn, "fee");
        vm.prank(staker);
        fresh.burn(burn, "fee");
        vm.assertEq(fresh.totalSupply(), fresh.minted() - fresh.burned(), "identity");
        vm.assertEq(fresh.minted(), 1 ether + first + second, "minted");
        vm.assertEq(fresh.burned(), burn, "burned");
    }

    function testFuzz_mint_revertsOverTheCap(uint256 genesis, uint256 amount) public {
        uint256 cap = 1_000 ether;
        genesis = bound(genesis, 0, cap);
        amount = bound(amount, cap - genesis + 1, type(uint128).max);
        Gpuck fresh = new Gpuck(address(this), stranger, genesis, cap);
        vm.expectRevert(abi.encodeWithSelector(IGpuck.CapExceeded.selector, genesis + amount, cap));
        fresh.mint(staker, amount);
        fresh.mint(staker, cap - genesis);
        vm.assertEq(fresh.totalSupply(), cap, "the cap itself is allowed");
    }

    function testFuzz_mint_revertsForAnyoneButEmission(address caller) public {
        vm.assume(caller != address(c.emission));
        vm.expectRevert(abi.encodeWithSelector(IGpuck.NotEmission.selector, caller));
        vm.prank(caller);
        c.gpuck.mint(caller, 1);
    }

    function testFuzz_transfer_isExact(uint256 amount) public {
        amount = bound(amount, 0, c.gpuck.balanceOf(staker));
        uint256 before = c.gpuck.balanceOf(staker);
        uint256 supply = c.gpuck.totalSupply();
        vm.prank(staker);
        _gpuck(stranger, amount);
        vm.assertEq(c.gpuck.balanceOf(stranger), amount, "received");
        vm.assertEq(c.gpuck.balanceOf(staker), before - amount, "sent");
        vm.prank(stranger);
        _gpuck(stranger, amount);
        vm.assertEq(c.gpuck.balanceOf(stranger), amount, "a transfer to oneself changes nothing");
        vm.assertEq(c.gpuck.totalSupply(), supply, "supply");
    }

    function test_votes_countPastSecondsOnly() public {
        vm.assertEq(c.gpuck.CLOCK_MODE(), "mode=timestamp", "clock mode");
        vm.prank(staker);
        c.gpuck.delegate(staker);
        vm.assertEq(c.gpuck.getVotes(staker), 10_000_000 ether, "votes now");
        vm.warp(START + 1);
        vm.assertEq(c.gpuck.getPastVotes(staker, START), 10_000_000 ether, "votes a second ago");
        vm.assertEq(c.gpuck.getPastVotes(staker, START - 1), 0, "a flash loan has no past");
    }
}
