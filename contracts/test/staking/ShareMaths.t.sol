// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {StakePools} from "../../src/staking/StakePool.sol";
import {StakingFixture} from "./StakingFixture.sol";

/// @title Properties of the share price, as those that ERC-4626 vaults are held to
/// @dev `_age` brings a pool to an odd price first: rewards and slashes of any size between two other stakers.
contract ShareMathsTest is StakingFixture {
    function setUp() public override {
        super.setUp();
        vm.prank(holder);
        _gpuck(staker, 100_000_000 ether);
    }

    /// @dev F10.
    function testFuzz_stakeThenLeave_neverGains(uint256 reward, uint256 slashed, uint256 assets) public {
        _age(reward, slashed);
        assets = bound(assets, 1 ether, 10_000_000 ether);
        uint256 shares = _stake(staker, nodeId, assets);
        uint256 worth = c.stakeVault.toAssets(nodeId, shares);
        vm.assertLe(worth, assets, "worth at most what was paid");
        vm.assertLe(_leave(staker, shares), worth, "leaves with at most that");
    }

    /// @dev F10, from the other end: shares bought back with what they fetched are never more.
    function testFuzz_leaveThenCancel_neverGains(uint256 reward, uint256 slashed, uint256 shares) public {
        _age(reward, slashed);
        uint256 held = _stake(staker, nodeId, 1_000 ether);
        shares = bound(shares, 1, held);
        uint256 requestId = _unbond(staker, shares);
        vm.prank(staker);
        vm.assertLe(c.stakeVault.cancelUnbond(requestId), shares, "no more shares than before");
        vm.assertLe(c.stakeVault.sharesOf(nodeId, staker), held, "held");
    }

    /// @dev F10: what is left to everyone else never falls by anybody's coming or going.
    function testFuzz_comingAndGoing_neverLowersThePrice(uint256 reward, uint256 slashed, uint256 assets, uint256 part)
        public
    {
        _age(reward, slashed);
        uint256 held = c.stakeVault.sharesOf(nodeId, otherStaker);
        uint256 before = c.stakeVault.toAssets(nodeId, held);
        uint256 shares = _stake(staker, nodeId, bound(assets, 1 ether, 10_000_000 ether));
        vm.assertGe(c.stakeVault.toAssets(nodeId, held), before, "after a stake");
        _unbond(staker, bound(part, 1, shares));
        vm.assertGe(c.stakeVault.toAssets(nodeId, held), before, "after an unbond request");
    }

    /// @dev F17, on the way in.
    function testFuzz_stakeInParts_neverBuysMore(uint256 reward, uint256 slashed, uint256 first, uint256 second)
        public
    {
        _age(reward, slashed);
        first = bound(first, 1 ether, 10_000_000 ether);
        second = bound(second, 1 ether, 10_000_000 ether);
        uint256 atOnce =
            StakePools.toShares(first + second, c.stakeVault.activeStake(nodeId), c.stakeVault.totalShares(nodeId));
        uint256 inParts = _stake(staker, nodeId, first) + _stake(staker, nodeId, second);
        vm.assertLe(inParts, atOnce, "parts buy no more");
    }

    /// @dev F17, on the way out, in eight parts.
    function testFuzz_leaveInParts_neverPaysMore(uint256 reward, uint256 slashed, uint256 assets, uint256 seed) public {
        _age(reward, slashed);
        uint256 left = _stake(staker, nodeId, bound(assets, 1 ether, 1_000_000 ether));
        uint256 atOnce = c.stakeVault.toAssets(nodeId, left);
        uint256 before = c.stakeVault.unbondingStake(nodeId);
        for (uint256 i = 0; i < 8 && left > 0; ++i) {
            uint256 part = i == 7 ? left : bound(uint256(keccak256(abi.encode(seed, i))), 1, left);
            _unbond(staker, part);
            left -= part;
        }
        vm.assertLe(c.stakeVault.unbondingStake(nodeId) - before, atOnce, "parts pay no more");
    }

    /// @dev F13. What rounding can cost the next staker is a millionth of a reward that came before, which whoever
    /// arranged it paid; a plain donation does nothing at all.
    function testFuzz_firstDepositor_cannotRobTheNext(uint256 donation, uint256 reward, uint256 victim) public {
        uint256 first = _stake(otherStaker, nodeId, 1 ether);
        _unbond(otherStaker, first - 1);
        vm.prank(otherStaker);
        _gpuck(address(c.stakeVault), bound(donation, 0, 1_000_000 ether));
        reward = bound(reward, 0, 100_000 ether);
        _reward(nodeId, reward);
        victim = bound(victim, 1 ether, 1_000_000 ether);
        uint256 shares = _stake(staker, nodeId, victim);
        uint256 worth = c.stakeVault.toAssets(nodeId, shares);
        vm.assertGe(worth + reward / 1e6 + 2, victim, "a millionth of the reward at most");
        if (reward <= victim) vm.assertGe(worth + victim / 1e6 + 2, victim, "a millionth of the stake at most");
    }

    function testFuzz_conversions_roundAgainstTheAccount(uint96 assets, uint112 shares, uint96 poolAssets) public pure {
        uint256 bought = StakePools.toShares(assets, poolAssets, shares);
        vm.assertLe(StakePools.toAssets(bound(bought, 0, type(uint136).max), poolAssets, shares), assets, "wei");
        uint256 worth = StakePools.toAssets(shares, poolAssets, shares);
        vm.assertLe(worth, poolAssets, "no more than there is");
        vm.assertLe(StakePools.toShares(worth, poolAssets, shares), shares, "shares");
    }

    /// @dev The 1 in the divisor is the virtual wei.
    function testFuzz_reward_liftsEveryActiveShareAlike(uint256 first, uint256 second, uint256 reward) public {
        first = bound(first, 1 ether, 1_000_000 ether);
        second = bound(second, 1 ether, 1_000_000 ether);
        reward = bound(reward, 1, 1_000 ether);
        uint256 mine = _stake(staker, nodeId, first);
        uint256 theirs = _stake(otherStaker, nodeId, second);
        _reward(nodeId, reward);
        _near(c.stakeVault.toAssets(nodeId, mine), first + reward * first / (first + second + 1), "mine");
        _near(c.stakeVault.toAssets(nodeId, theirs), second + reward * second / (first + second + 1), "theirs");
    }

    /// @dev F33: whoever goes first, the same is paid in all, to a wei for each.
    function testFuzz_orderOfLeaving_doesNotChangeTheTotal(uint256 reward, uint256 slashed, uint256 mine) public {
        _age(reward, slashed);
        uint256 theirs = c.stakeVault.sharesOf(nodeId, otherStaker);
        mine = _stake(staker, nodeId, bound(mine, 1 ether, 1_000_000 ether));
        uint256 expected = c.stakeVault.toAssets(nodeId, mine) + c.stakeVault.toAssets(nodeId, theirs);
        uint256 before = c.stakeVault.unbondingStake(nodeId);
        bool iGoFirst = reward % 2 == 0;
        _unbond(iGoFirst ? staker : otherStaker, iGoFirst ? mine : theirs);
        _unbond(iGoFirst ? otherStaker : staker, iGoFirst ? theirs : mine);
        uint256 paid = c.stakeVault.unbondingStake(nodeId) - before;
        vm.assertGe(paid + 2, expected, "no less");
        vm.assertLe(paid, expected + 2, "no more");
    }

    /// @dev I12.
    function testFuzz_donation_changesNoClaim(uint256 assets, uint256 donation) public {
        assets = bound(assets, 1 ether, 1_000_000 ether);
        uint256 shares = _stake(staker, nodeId, assets);
        vm.prank(verifier);
        _gpuck(address(c.stakeVault), bound(donation, 1, 1_000_000 ether));
        vm.assertEq(c.stakeVault.toAssets(nodeId, shares), assets, "claim");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), assets, "books");
        vm.assertEq(_leave(staker, shares), assets, "paid");
    }

    /// @dev A pool slashed so far that its shares no longer fit refuses stake, and lets everyone out.
    function test_fullPool_refusesStakeAndLetsEveryoneOut() public {
        uint256 shares = _stake(staker, nodeId, 100_000_000 ether);
        _slashBps(nodeId, 9_999);
        vm.assertEq(c.stakeVault.activeStake(nodeId), 10_000 ether, "left");
        vm.expectPartialRevert(bytes4(keccak256("SafeCastOverflowedUintDowncast(uint8,uint256)")));
        _stake(staker, nodeId, 600_000 ether);
        uint256 expected = 100_000 ether * (shares + 1e6) / (10_000 ether + 1);
        uint256 more = _stake(staker, nodeId, 100_000 ether);
        vm.assertEq(more, expected, "ten thousand times the shares");
        _near(_leave(staker, shares + more), 110_000 ether, "all of it");
    }

    function _age(uint256 reward, uint256 slashed) private {
        _stake(otherStaker, nodeId, 1_000 ether);
        _stake(verifier, nodeId, 1_234_567_891_011_121_314);
        _reward(nodeId, bound(reward, 0, 100_000 ether));
        _slash(nodeId, bound(slashed, 0, c.stakeVault.stakeBehind(nodeId) * 99 / 100));
    }
}
