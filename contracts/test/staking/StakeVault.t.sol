// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

contract StakeVaultTest is Base {
    uint48 internal nodeId;

    function setUp() public override {
        super.setUp();
        nodeId = _register(operator, EnergySource.Solar, 0);
    }

    function testFuzz_stakeUnbondWithdraw_neverGains(uint256 assets, uint256 reward, uint256 later) public {
        assets = bound(assets, 1 ether, 1_000_000 ether);
        later = bound(later, 1 ether, 1_000_000 ether);
        _stake(otherStaker, nodeId, assets);
        _reward(bound(reward, 0, 1_000 ether));
        uint256 shares = _stake(staker, nodeId, later);
        uint256 paid = _leave(staker, shares);
        vm.assertLe(paid, later, "no gain");
        // The price of one share bounds what rounding costs.
        vm.assertLe(later - paid, (c.stakeVault.toAssets(nodeId, 1) + 1) * 2, "no loss beyond rounding");
    }

    function testFuzz_stake_lastLeaverCanExit(uint256 first, uint256 second, uint16[4] calldata slashes) public {
        uint256 mine = _stake(staker, nodeId, bound(first, 1 ether, 1_000_000 ether));
        uint256 theirs = _stake(otherStaker, nodeId, bound(second, 1 ether, 1_000_000 ether));
        for (uint256 i = 0; i < slashes.length; ++i) {
            _slash(uint16(bound(slashes[i], 1, 5_000)));
        }
        uint256 pool = c.stakeVault.activeStake(nodeId);
        uint256 paid = 0;
        if (c.stakeVault.sharesOf(nodeId, staker) > 0) {
            paid += _leave(staker, mine) + _leave(otherStaker, theirs);
        }
        vm.assertLe(paid, pool, "paid at most what was there");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), c.stakeVault.stakeBehind(nodeId), "books");
    }

    function testFuzz_slash_hitsActiveAndUnbondingAlike(uint256 active, uint256 unbonding, uint16 bps) public {
        active = bound(active, 1 ether, 1_000_000 ether);
        unbonding = bound(unbonding, 1 ether, 1_000_000 ether);
        bps = uint16(bound(bps, 1, 9_999));
        uint256 shares = _stake(staker, nodeId, active);
        uint256 leaving = _stake(otherStaker, nodeId, unbonding);
        vm.prank(otherStaker);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, leaving);

        uint256 supply = c.gpuck.totalSupply();
        uint256 before = c.gpuck.balanceOf(verifier);
        uint256 amount = (c.stakeVault.stakeBehind(nodeId) * bps + 9_999) / 10_000;
        vm.prank(address(c.microcellCourt));
        (uint256 removed, uint256 burned, uint256 reward) = c.stakeVault.slash(nodeId, 1, amount, 2_000, verifier);
        vm.assertEq(removed, burned + reward, "removed = burned + reward");
        vm.assertEq(reward, removed / 5, "a fifth for the finder, rounded down");
        vm.assertEq(c.gpuck.balanceOf(verifier) - before, reward, "finder paid");
        vm.assertEq(supply - c.gpuck.totalSupply(), burned, "rest burned");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), c.stakeVault.stakeBehind(nodeId), "books");

        _near(c.stakeVault.toAssets(nodeId, shares), active - active * bps / 10_000, "active share");
        _near(c.stakeVault.requestAssets(requestId), unbonding - unbonding * bps / 10_000, "unbonding share");
    }

    function testFuzz_slash_roundsUp(uint256 assets, uint16 bps) public {
        assets = bound(assets, 1 ether, 1_000_000 ether);
        bps = uint16(bound(bps, 1, 10_000));
        _stake(staker, nodeId, assets);
        uint256 removed = _slash(bps);
        vm.assertEq(removed, (assets * bps + 9_999) / 10_000, "rounded up");
        vm.assertEq(c.stakeVault.activeStake(nodeId), assets - removed, "left");
    }

    function test_slash_toNothingVoidsTheOldShares() public {
        uint256 shares = _stake(staker, nodeId, 5 ether);
        vm.prank(staker);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, shares / 2);
        _slash(10_000);
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), 0, "old shares are void");
        uint256 fresh = _stake(otherStaker, nodeId, 7 ether);
        vm.assertEq(c.stakeVault.toAssets(nodeId, fresh), 7 ether, "new stake is whole");
        vm.prank(otherStaker);
        uint256 otherRequest = c.stakeVault.requestUnbond(nodeId, fresh);
        vm.warp(START + 14 days);
        vm.prank(staker);
        vm.assertEq(c.stakeVault.withdraw(requestId, staker), 0, "old request is worth nothing");
        vm.prank(otherStaker);
        vm.assertEq(c.stakeVault.withdraw(otherRequest, otherStaker), 7 ether, "new request is whole");
    }

    function test_slash_worksOnZeroStake() public {
        vm.assertEq(_slash(1_000), 0, "nothing removed");
    }

    function testFuzz_donation_changesNoClaim(uint256 assets, uint256 donation) public {
        assets = bound(assets, 1 ether, 1_000_000 ether);
        uint256 shares = _stake(staker, nodeId, assets);
        vm.prank(verifier);
        _gpuck(address(c.stakeVault), bound(donation, 1, 1_000_000 ether));
        vm.assertEq(c.stakeVault.toAssets(nodeId, shares), assets, "claim");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), assets, "books");
    }

    /// @dev A first staker with one wei and a reward to lift the price: what rounding can cost the next staker is a
    /// millionth of that reward, and the first staker paid the reward.
    function testFuzz_firstDepositor_cannotRobTheNext(uint256 reward, uint256 victim) public {
        _stake(otherStaker, nodeId, 1 ether);
        reward = bound(reward, 0, 100_000 ether);
        _reward(reward);
        victim = bound(victim, 1 ether, 1_000_000 ether);
        uint256 shares = _stake(staker, nodeId, victim);
        vm.assertGe(c.stakeVault.toAssets(nodeId, shares) + reward / 1e6 + 2, victim, "victim's claim");
    }

    /// @dev The 1 in the divisor is the virtual wei.
    function testFuzz_reward_liftsEveryActiveShareAlike(uint256 first, uint256 second, uint256 reward) public {
        first = bound(first, 1 ether, 1_000_000 ether);
        second = bound(second, 1 ether, 1_000_000 ether);
        reward = bound(reward, 1, 1_000 ether);
        uint256 mine = _stake(staker, nodeId, first);
        uint256 theirs = _stake(otherStaker, nodeId, second);
        _reward(reward);
        _near(c.stakeVault.toAssets(nodeId, mine), first + reward * first / (first + second + 1), "mine");
        _near(c.stakeVault.toAssets(nodeId, theirs), second + reward * second / (first + second + 1), "theirs");
    }

    function test_addReward_isRefusedWithNobodyStaked() public {
        vm.prank(address(c.computeMarket));
        vm.assertFalse(c.stakeVault.addReward(nodeId, 1 ether), "refused");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), 0, "nothing pulled");
    }

    function testFuzz_withdraw_revertsBeforeMaturity(uint256 elapsed) public {
        uint256 shares = _stake(staker, nodeId, 5 ether);
        vm.prank(staker);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, shares);
        vm.warp(START + bound(elapsed, 0, 14 days - 1));
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotMatured.selector, requestId, START + 14 days));
        vm.prank(staker);
        c.stakeVault.withdraw(requestId, staker);
    }

    function test_withdraw_paysOnceToWhomTheOwnerNames() public {
        uint256 shares = _stake(staker, nodeId, 5 ether);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.UnbondRequested(
            _requestId(staker, START + 14 days), nodeId, staker, 2 ether, 2e24, uint64(START + 14 days)
        );
        vm.prank(staker);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, 2 ether * 1e6);
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), shares - 2 ether * 1e6, "part stays");
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), 2 ether, "unbonding");
        vm.warp(START + 14 days);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotAuthorised.selector, stranger));
        vm.prank(stranger);
        c.stakeVault.withdraw(requestId, stranger);
        vm.prank(staker);
        c.stakeVault.withdraw(requestId, stranger);
        vm.assertEq(c.gpuck.balanceOf(stranger), 2 ether, "paid");
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.UnknownRequest.selector, requestId));
        vm.prank(staker);
        c.stakeVault.withdraw(requestId, stranger);
    }

    function test_stakeWithPermit_survivesAFrontRunPermit() public {
        uint256 key = 0xA11CE;
        address signer = vm.addr(key);
        vm.prank(holder);
        _gpuck(signer, 10 ether);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _permitDigest(signer, 10 ether, START + 1 hours));
        c.gpuck.permit(signer, address(c.stakeVault), 10 ether, START + 1 hours, v, r, s);
        vm.prank(signer);
        c.stakeVault.stakeWithPermit(nodeId, 10 ether, 0, START + 1 hours, v, r, s);
        vm.assertEq(c.stakeVault.activeStake(nodeId), 10 ether, "staked");
    }

    function test_stake_revertsWhenItMustNot() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StakeTooSmall.selector, 1 ether - 1, 1 ether));
        c.stakeVault.stake(nodeId, 1 ether - 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NodeNotStakeable.selector, 9));
        c.stakeVault.stake(9, 1 ether, 0);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.TooFewShares.selector, 1e24, 1e24 + 1));
        c.stakeVault.stake(nodeId, 1 ether, 1e24 + 1);
        c.stakeVault.stake(nodeId, 1 ether, 1e24);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.TooFewShares.selector, 1e24, 1e24 + 1));
        c.stakeVault.requestUnbond(nodeId, 1e24 + 1);
        vm.stopPrank();
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NodeNotStakeable.selector, nodeId));
        vm.prank(staker);
        c.stakeVault.stake(nodeId, 1 ether, 0);
    }

    function testFuzz_privilegedCalls_revertForAnyoneElse(address caller) public {
        vm.assume(caller != address(c.computeMarket) && caller != address(c.microcellCourt));
        vm.assume(caller != c.stakeVault.faultCourt());
        bytes memory refusal = abi.encodeWithSelector(IStakeVault.NotAuthorised.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        c.stakeVault.addReward(nodeId, 1);
        vm.expectRevert(refusal);
        c.stakeVault.slash(nodeId, 1, 1, 1, caller);
    }

    function _requestId(address owner, uint256 maturesAt) private view returns (uint256) {
        return uint256(uint160(owner)) << 96 | uint256(nodeId) << 48 | maturesAt;
    }

    function _reward(uint256 assets) private {
        vm.prank(verifier);
        _gpuck(address(c.computeMarket), assets);
        vm.prank(address(c.computeMarket));
        c.stakeVault.addReward(nodeId, assets);
    }

    function _slash(uint16 bps) private returns (uint256 removed) {
        uint256 amount = (c.stakeVault.stakeBehind(nodeId) * bps + 9_999) / 10_000;
        vm.prank(address(c.microcellCourt));
        (removed,,) = c.stakeVault.slash(nodeId, 1, amount, 2_000, verifier);
    }

    function _leave(address account, uint256 shares) private returns (uint256 paid) {
        vm.prank(account);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, shares);
        vm.warp(block.timestamp + 14 days);
        vm.prank(account);
        return c.stakeVault.withdraw(requestId, account);
    }

    /// @dev Within 2 wei below: rounding goes against the account, never for it.
    function _near(uint256 actual, uint256 exact, string memory what) private pure {
        vm.assertLe(actual, exact + 1, what);
        vm.assertGe(actual + 2, exact, what);
    }

    function _permitDigest(address owner, uint256 value, uint256 deadline) private view returns (bytes32) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 message =
            keccak256(abi.encode(typeHash, owner, address(c.stakeVault), value, c.gpuck.nonces(owner), deadline));
        return keccak256(abi.encodePacked("\x19\x01", c.gpuck.DOMAIN_SEPARATOR(), message));
    }
}
