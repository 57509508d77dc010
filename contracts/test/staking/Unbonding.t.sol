// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Durations} from "../../src/governance/ITerms.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakingFixture} from "./StakingFixture.sol";

contract UnbondingTest is StakingFixture {
    uint256 internal shares;

    function setUp() public override {
        super.setUp();
        shares = _stake(staker, nodeId, 5 ether);
    }

    function test_requestUnbond_movesAPartToTheOtherPool() public {
        uint256 id = _requestId(staker, nodeId, START + UNBONDING);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.UnbondRequested(id, nodeId, staker, 2 ether, 2e24, uint64(START + UNBONDING));
        vm.assertEq(_unbond(staker, 2e24), id, "the id says who, where and when");
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), shares - 2e24, "part stays");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 3 ether, "active");
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), 2 ether, "unbonding");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), 5 ether, "behind");
        IStakeVault.UnbondRequest memory entry = c.stakeVault.request(id);
        vm.assertEq(entry.owner, staker, "owner");
        vm.assertEq(entry.nodeId, nodeId, "node");
        vm.assertEq(entry.maturesAt, START + UNBONDING, "maturity");
        vm.assertEq(entry.shares, 2e24, "shares");
        vm.assertEq(c.stakeVault.requestAssets(id), 2 ether, "worth");
    }

    function test_requestUnbond_revertsForNothingAndForTooMuch() public {
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.ZeroAmount.selector));
        _unbond(staker, 0);
        vm.expectRevert(_tooFew(shares, shares + 1));
        _unbond(staker, shares + 1);
        vm.expectRevert(_tooFew(0, 1));
        _unbond(stranger, 1);
    }

    function test_requestUnbond_ofOneSecondIsOneRequest() public {
        uint256 id = _unbond(staker, 1e24);
        vm.assertEq(_unbond(staker, 2e24), id, "the same");
        vm.assertEq(c.stakeVault.requestAssets(id), 3 ether, "both");
        vm.warp(START + 1);
        uint256 later = _unbond(staker, 1e24);
        vm.assertTrue(later != id, "another one");
        vm.warp(START + UNBONDING);
        vm.assertEq(_withdraw(staker, id), 3 ether, "paid");
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotMatured.selector, later, START + UNBONDING + 1));
        _withdraw(staker, later);
        vm.warp(START + UNBONDING + 1);
        vm.assertEq(_withdraw(staker, later), 1 ether, "paid a second later");
    }

    function test_requestUnbond_afterAWipeInTheSameSecondHoldsTheNewStakeOnly() public {
        uint256 id = _unbond(staker, shares);
        _slashBps(nodeId, 10_000);
        vm.assertEq(c.stakeVault.request(id).shares, 0, "void");
        _stake(staker, nodeId, 3 ether);
        vm.assertEq(_unbond(staker, 3e24), id, "the same id");
        vm.assertEq(c.stakeVault.requestAssets(id), 3 ether, "the new stake");
    }

    function testFuzz_withdraw_revertsBeforeMaturity(uint256 elapsed) public {
        uint256 id = _unbond(staker, shares);
        vm.warp(START + bound(elapsed, 0, UNBONDING - 1));
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotMatured.selector, id, START + UNBONDING));
        _withdraw(staker, id);
    }

    function test_withdraw_paysOnceToWhomTheOwnerNames() public {
        uint256 id = _unbond(staker, 2e24);
        vm.warp(START + UNBONDING);
        vm.expectRevert(_refused(stranger));
        vm.prank(stranger);
        c.stakeVault.withdraw(id, stranger);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.Withdrawn(id, nodeId, staker, stranger, 2 ether);
        vm.prank(staker);
        vm.assertEq(c.stakeVault.withdraw(id, stranger), 2 ether, "returned");
        vm.assertEq(c.gpuck.balanceOf(stranger), 2 ether, "paid");
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), 0, "gone");
        vm.assertEq(c.stakeVault.request(id).owner, address(0), "closed");
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.UnknownRequest.selector, id));
        _withdraw(staker, id);
    }

    /// @dev I15: what was promised at the request holds, whatever governance does later.
    function test_withdraw_keepsThePeriodOfItsRequest() public {
        uint256 id = _unbond(staker, shares / 2);
        _setUnbonding(60 days);
        uint256 later = _unbond(staker, shares / 2);
        vm.assertEq(uint48(later), START + 60 days, "the new period");
        vm.warp(START + UNBONDING);
        vm.assertEq(_withdraw(staker, id), 2.5 ether, "the old period");
        vm.warp(START + 60 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotMatured.selector, later, START + 60 days));
        _withdraw(staker, later);
    }

    /// @dev I59: a pause never keeps anyone in.
    function test_leaving_worksWhilePaused() public {
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
        uint256 id = _unbond(staker, shares);
        vm.prank(staker);
        uint256 back = c.stakeVault.cancelUnbond(id);
        vm.assertEq(back, shares, "cancelled");
        id = _unbond(staker, back);
        vm.warp(START + UNBONDING - 1);
        vm.prank(council);
        c.guardian.openEntry(address(c.stakeVault));
        vm.warp(START + UNBONDING);
        vm.assertEq(_withdraw(staker, id), 5 ether, "paid");
    }

    function test_cancelUnbond_buysBackAtThePresentPrice() public {
        _stake(otherStaker, nodeId, 3 ether);
        uint256 id = _unbond(staker, shares);
        _reward(nodeId, 3 ether);
        uint256 expected = uint256(5 ether) * (3e24 + 1e6) / (6 ether + 1);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.UnbondCancelled(id, nodeId, staker, 5 ether, expected);
        vm.prank(staker);
        vm.assertEq(c.stakeVault.cancelUnbond(id), expected, "shares");
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), expected, "held");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 11 ether, "active");
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), 0, "unbonding");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), 11 ether, "nothing moved");
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.UnknownRequest.selector, id));
        vm.prank(staker);
        c.stakeVault.cancelUnbond(id);
    }

    function test_cancelUnbond_isTheOwnersAndRefusedWhereStakeIs() public {
        uint256 id = _unbond(staker, shares);
        vm.expectRevert(_refused(stranger));
        vm.prank(stranger);
        c.stakeVault.cancelUnbond(id);
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        vm.prank(staker);
        c.stakeVault.cancelUnbond(id);
        vm.warp(START + UNBONDING);
        vm.assertEq(_withdraw(staker, id), 5 ether, "still paid");
    }

    /// @dev I16: down to a single share worth nothing, leaving reverts for nobody.
    function test_lastShare_leavesEvenWhenItIsWorthNothing() public {
        _unbond(staker, shares - 1);
        vm.assertEq(c.stakeVault.toAssets(nodeId, 1), 0, "worthless");
        vm.warp(START + 1);
        uint256 id = _unbond(staker, 1);
        vm.assertEq(c.stakeVault.request(id).owner, staker, "open");
        vm.warp(START + 1 + UNBONDING);
        vm.assertEq(_withdraw(staker, id), 0, "nothing, but out");
        vm.assertEq(c.stakeVault.totalShares(nodeId), 0, "empty");
    }

    function testFuzz_lastLeaver_canExitAfterAnySlashes(uint256 first, uint256 second, uint16[6] calldata slashes)
        public
    {
        uint256 mine = shares + _stake(staker, nodeId, bound(first, 1 ether, 1_000_000 ether));
        uint256 theirs = _stake(otherStaker, nodeId, bound(second, 1 ether, 1_000_000 ether));
        uint256 early = _unbond(staker, mine / 3);
        for (uint256 i = 0; i < slashes.length; ++i) {
            _slashBps(nodeId, bound(slashes[i], 1, 10_000));
        }
        uint256 behind = c.stakeVault.stakeBehind(nodeId);
        uint256 paid = 0;
        if (c.stakeVault.sharesOf(nodeId, staker) > 0) {
            paid += _leave(staker, mine - mine / 3) + _leave(otherStaker, theirs);
        }
        vm.warp(START + 30 days);
        paid += _withdraw(staker, early);
        vm.assertLe(paid, behind, "paid at most what was there");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), c.stakeVault.stakeBehind(nodeId), "books");
    }

    function _setUnbonding(uint32 unbonding) private {
        Durations memory durations = c.terms.durations();
        durations.unbonding = unbonding;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setDurations(durations);
    }
}
