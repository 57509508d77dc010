// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakingFixture} from "./StakingFixture.sol";

contract RedelegationTest is StakingFixture {
    uint256 internal shares;

    function setUp() public override {
        super.setUp();
        shares = _stake(staker, nodeId, 10 ether);
        _stake(otherStaker, nodeId, 30 ether);
    }

    function test_redelegate_movesStakeAtOnceAndLocksIt() public {
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.Redelegated(1, nodeId, otherNode, staker, 4 ether, 4e24, uint64(START + UNBONDING));
        uint256 id = _redelegate(staker, 4e24);
        vm.assertEq(id, 1, "first id");
        vm.assertEq(c.stakeVault.redelegationCount(), 1, "count");
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), 6e24, "rest");
        vm.assertEq(c.stakeVault.sharesOf(otherNode, staker), 4e24, "moved");
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 4e24, "locked");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 36 ether, "from");
        vm.assertEq(c.stakeVault.activeStake(otherNode), 4 ether, "to");
        vm.assertEq(c.stakeVault.redelegatedStake(nodeId), 4 ether, "still answers");
        IStakeVault.RedelegatedStake memory entry = c.stakeVault.redelegation(id);
        vm.assertEq(entry.owner, staker, "owner");
        vm.assertEq(entry.fromNode, nodeId, "from");
        vm.assertEq(entry.toNode, otherNode, "to");
        vm.assertEq(entry.shares, 4e24, "shares");
        vm.assertEq(entry.assets, 4 ether, "assets");
        vm.assertEq(entry.magnitude, 1e18, "magnitude");
        vm.assertEq(entry.until, START + UNBONDING, "until");
    }

    function test_redelegate_revertsWhenItMustNot() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.ZeroAmount.selector));
        c.stakeVault.redelegate(nodeId, otherNode, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.SameNode.selector, nodeId));
        c.stakeVault.redelegate(nodeId, nodeId, 1e24, 0);
        vm.expectRevert(_tooFew(1e25, 1e25 + 1));
        c.stakeVault.redelegate(nodeId, otherNode, 1e25 + 1, 0);
        vm.expectRevert(_tooFew(1e24, 1e24 + 1));
        c.stakeVault.redelegate(nodeId, otherNode, 1e24, 1e24 + 1);
        vm.expectRevert(_tooFew(0, 0));
        c.stakeVault.redelegate(nodeId, otherNode, 1, 0);
        vm.expectRevert(_notStakeable(9));
        c.stakeVault.redelegate(nodeId, 9, 1e24, 0);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.MagnitudeSpent.selector, 9, 0));
        c.stakeVault.redelegate(9, nodeId, 1e24, 0);
    }

    /// @dev No second hop, no way out: what is locked stays, what came by itself may go.
    function test_redelegate_lockedSharesNeitherLeaveNorMoveOn() public {
        uint256 id = _redelegate(staker, shares);
        uint256 free = _stake(staker, otherNode, 2 ether);
        bytes memory refusal = _tooFew(free, free + 1);
        vm.startPrank(staker);
        vm.expectRevert(refusal);
        c.stakeVault.requestUnbond(otherNode, free + 1);
        vm.expectRevert(refusal);
        c.stakeVault.redelegate(otherNode, nodeId, free + 1, 0);
        c.stakeVault.requestUnbond(otherNode, free);
        vm.stopPrank();

        vm.warp(START + UNBONDING - 1);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NothingToSettle.selector, id, START + UNBONDING));
        c.stakeVault.settleRedelegation(id);
        vm.warp(START + UNBONDING);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.RedelegationSettled(id, 0, 0, true);
        vm.prank(stranger);
        c.stakeVault.settleRedelegation(id);
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 0, "free");
        vm.assertEq(c.stakeVault.redelegatedStake(nodeId), 0, "answers no more");
        vm.prank(staker);
        c.stakeVault.requestUnbond(otherNode, shares);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.UnknownRedelegation.selector, id));
        c.stakeVault.settleRedelegation(id);
    }

    /// @dev A slash takes the same fraction of what stayed, of what asked to leave and of what was redelegated away.
    function testFuzz_slash_followsStakeThatMoved(uint256 moved, uint256 leaving, uint256 amount) public {
        moved = bound(moved, 1e18, shares);
        uint256 id = _redelegate(staker, moved);
        uint256 assets = moved / SHARES_PER_WEI;
        vm.prank(otherStaker);
        c.stakeVault.requestUnbond(nodeId, bound(leaving, 1e6, 29e24));
        uint256 behind = c.stakeVault.stakeBehind(nodeId);
        amount = bound(amount, 1, 39 ether);

        uint256 removed = _slash(nodeId, amount);
        uint256 away = assets * amount / 40 ether;
        vm.assertGe(removed + away + 1, amount, "here and there make up the amount");
        vm.assertLe(removed + away, amount + 1, "and no more");
        _near(c.stakeVault.stakeBehind(nodeId), behind - behind * amount / 40 ether, "what stayed");
        uint256 supply = c.gpuck.totalSupply();
        uint256 burned = c.stakeVault.settleRedelegation(id);
        vm.assertEq(supply - c.gpuck.totalSupply(), burned, "burned");
        // The magnitude has 18 digits.
        vm.assertGe(burned + 2, away, "what had moved");
        vm.assertLe(burned, away + assets / 1e18 + 1, "and no more");
        vm.assertGe(c.stakeVault.redelegatedStake(nodeId) + 1, c.stakeVault.redelegation(id).assets, "liability");
        vm.assertEq(c.stakeVault.activeStake(otherNode), assets - burned, "left there");
    }

    function test_settle_takesEachSlashOnce() public {
        uint256 id = _redelegate(staker, shares);
        _slash(nodeId, 4 ether);
        vm.assertEq(c.stakeVault.magnitude(nodeId), 0.9e18, "nine tenths");
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.RedelegationSettled(id, 1e24, 1 ether, false);
        vm.assertEq(c.stakeVault.settleRedelegation(id), 1 ether, "a tenth");
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NothingToSettle.selector, id, START + UNBONDING));
        c.stakeVault.settleRedelegation(id);
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 9e24, "the rest is locked");

        _slash(nodeId, 18 ether);
        vm.assertEq(c.stakeVault.magnitude(nodeId), 0.45e18, "half of that");
        vm.warp(START + UNBONDING);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.RedelegationSettled(id, 4.5e24, 4.5 ether, true);
        c.stakeVault.settleRedelegation(id);
        vm.assertEq(c.stakeVault.sharesOf(otherNode, staker), 4.5e24, "rest");
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 0, "free");
        vm.assertEq(c.stakeVault.redelegatedStake(nodeId), 0, "answers no more");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), 13.5 ether + 4.5 ether, "books");
    }

    /// @dev Slashes before the move are none of its business.
    function test_redelegate_startsAtThePresentMagnitude() public {
        _slash(nodeId, 20 ether);
        uint256 id = _redelegate(staker, shares);
        vm.assertEq(c.stakeVault.redelegation(id).magnitude, 0.5e18, "half");
        _near(c.stakeVault.redelegatedStake(nodeId), 5 ether, "what is left of ten");
        vm.warp(START + UNBONDING);
        vm.assertEq(c.stakeVault.settleRedelegation(id), 0, "nothing owed");
    }

    /// @dev Like unbonding stake, it answers until someone lets it go, and an accusation keeps it.
    function test_settle_waitsForAnAccusationAgainstTheOldNode() public {
        uint256 id = _redelegate(staker, shares);
        vm.warp(START + UNBONDING - 1);
        _freeze(nodeId);
        vm.warp(START + UNBONDING + 10 days);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NothingToSettle.selector, id, START + UNBONDING));
        c.stakeVault.settleRedelegation(id);
        _slash(nodeId, 4 ether);
        vm.assertEq(c.stakeVault.settleRedelegation(id), 1 ether, "caught late");
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 9e24, "still locked");
        _unfreeze(nodeId);
        vm.assertEq(c.stakeVault.settleRedelegation(id), 0, "released");
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 0, "free");
    }

    function test_settle_takesEverythingWhenTheOldNodeLosesEverything() public {
        uint256 id = _redelegate(staker, shares);
        vm.prank(otherStaker);
        c.stakeVault.redelegate(nodeId, otherNode, 30e24, 0);
        vm.assertEq(_slash(nodeId, 100 ether), 0, "nothing is left here");
        vm.assertEq(c.stakeVault.magnitude(nodeId), 0, "magnitude");
        vm.assertEq(c.stakeVault.settleRedelegation(id), 10 ether, "everything there");
        vm.assertEq(c.stakeVault.settleRedelegation(2), 30 ether, "of both");
        vm.assertEq(c.stakeVault.activeStake(otherNode), 0, "empty");
        vm.assertEq(c.stakeVault.redelegation(id).owner, address(0), "closed");
        vm.assertEq(c.stakeVault.redelegatedStake(nodeId), 0, "nothing answers");

        uint256 fresh = _stake(staker, nodeId, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.MagnitudeSpent.selector, nodeId, 0));
        _redelegate(staker, fresh);
        vm.assertEq(_leave(staker, fresh), 1 ether, "but it may unbond");
    }

    function test_redelegate_endsWithTheMagnitude() public {
        for (uint256 i = 0; i < 9; ++i) {
            _stake(staker, nodeId, 10 ether);
            _slashBps(nodeId, 9_000);
        }
        vm.assertEq(c.stakeVault.magnitude(nodeId), c.stakeVault.MAGNITUDE_MIN(), "a billionth");
        _redelegate(staker, _stake(staker, nodeId, 1 ether));
        uint256 held = _stake(staker, nodeId, 1 ether);
        _slash(nodeId, 1);
        uint256 present = c.stakeVault.magnitude(nodeId);
        vm.assertEq(present, c.stakeVault.MAGNITUDE_MIN() - 1, "a wei below");
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.MagnitudeSpent.selector, nodeId, present));
        _redelegate(staker, held);
    }

    /// @dev Slashed to nothing where it went: the shares are void, and nothing answers any more.
    function test_settle_closesWhatTheNewNodeLost() public {
        uint256 id = _redelegate(staker, shares);
        _slash(otherNode, 10 ether);
        vm.assertEq(c.stakeVault.sharesOf(otherNode, staker), 0, "void");
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 0, "void too");
        uint256 fresh = _stake(staker, otherNode, 3 ether);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.RedelegationSettled(id, 1e25, 0, true);
        vm.assertEq(c.stakeVault.settleRedelegation(id), 0, "nothing to burn");
        vm.assertEq(c.stakeVault.redelegatedStake(nodeId), 0, "nothing answers");
        vm.prank(staker);
        c.stakeVault.requestUnbond(otherNode, fresh);
    }

    function test_redelegate_worksWhilePausedAndIntoATopUpOfAJailedNode() public {
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
        _redelegate(staker, 1e24);
        vm.assertEq(c.stakeVault.activeStake(otherNode), 1 ether, "moved");
    }
}
