// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakingFixture} from "./StakingFixture.sol";

contract SlashingTest is StakingFixture {
    address internal immutable finder = _actor("finder");

    function test_slash_paysTheFinderAndBurnsTheRest() public {
        _stake(staker, nodeId, 10 ether);
        uint256 supply = c.gpuck.totalSupply();
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.Slashed(
            nodeId, 7, address(c.microcellCourt), 1 ether + 1, 1 ether + 1, 0.8 ether + 1, 0.2 ether, finder
        );
        vm.prank(address(c.microcellCourt));
        (uint256 removed, uint256 burned, uint256 reward) = c.stakeVault.slash(nodeId, 7, 1 ether + 1, 2_000, finder);
        vm.assertEq(removed, 1 ether + 1, "removed");
        vm.assertEq(burned, 0.8 ether + 1, "burned");
        vm.assertEq(reward, 0.2 ether, "reward, rounded down");
        vm.assertEq(c.gpuck.balanceOf(finder), 0.2 ether, "finder");
        vm.assertEq(supply - c.gpuck.totalSupply(), burned, "supply");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 9 ether - 1, "left");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), 9 ether - 1, "held");
    }

    /// @dev I18 and I20.
    function testFuzz_slash_hitsActiveAndUnbondingAlike(uint256 active, uint256 unbonding, uint256 amount) public {
        active = bound(active, 1 ether, 1_000_000 ether);
        unbonding = bound(unbonding, 1 ether, 1_000_000 ether);
        uint256 total = active + unbonding;
        amount = bound(amount, 1, total * 9_999 / 10_000);
        uint256 shares = _stake(staker, nodeId, active);
        uint256 requestId = _unbond(otherStaker, _stake(otherStaker, nodeId, unbonding));

        vm.prank(address(c.microcellCourt));
        (uint256 removed, uint256 burned, uint256 reward) = c.stakeVault.slash(nodeId, 1, amount, 2_000, finder);
        vm.assertEq(removed, amount, "to the wei");
        vm.assertEq(burned + reward, amount, "burned + reward");
        vm.assertEq(c.stakeVault.activeStake(nodeId), active - (amount * active + total - 1) / total, "active, up");
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), unbonding - amount * unbonding / total, "unbonding, down");
        _near(c.stakeVault.toAssets(nodeId, shares), active - amount * active / total, "active share");
        _near(c.stakeVault.requestAssets(requestId), unbonding - amount * unbonding / total, "unbonding share");
    }

    function testFuzz_slash_clampsToWhatIsThere(uint256 assets, uint256 amount) public {
        assets = bound(assets, 1 ether, 1_000_000 ether);
        amount = bound(amount, assets, type(uint256).max);
        _stake(staker, nodeId, assets);
        vm.assertEq(_slash(nodeId, amount), assets, "everything");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), 0, "nothing left");
        vm.assertEq(c.stakeVault.magnitude(nodeId), 0, "magnitude");
    }

    function test_slash_toNothingVoidsTheOldShares() public {
        uint256 shares = _stake(staker, nodeId, 5 ether);
        uint256 requestId = _unbond(staker, shares / 2);
        _slashBps(nodeId, 10_000);
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), 0, "old shares are void");
        vm.assertEq(c.stakeVault.totalShares(nodeId), 0, "for all");
        vm.expectRevert(_tooFew(0, 1));
        _unbond(staker, 1);
        vm.warp(START + 1);
        uint256 fresh = _stake(otherStaker, nodeId, 7 ether);
        vm.assertEq(c.stakeVault.toAssets(nodeId, fresh), 7 ether, "new stake is whole");
        uint256 otherRequest = _unbond(otherStaker, fresh);
        vm.warp(START + 1 + UNBONDING);
        vm.assertEq(c.stakeVault.requestAssets(requestId), 0, "old request is worth nothing");
        vm.assertEq(_withdraw(staker, requestId), 0, "and pays that");
        vm.assertEq(_withdraw(otherStaker, otherRequest), 7 ether, "new request is whole");
    }

    /// @dev A pool is spent at more than 1e10 shares per wei: 1e6 at the start, so after a slash of 99.99 %.
    function test_slash_leavesAPoolAt10000thAndEmptiesItBelow() public {
        _stake(staker, nodeId, 1_000_000 ether);
        _slash(nodeId, 1_000_000 ether - 100 ether);
        vm.assertEq(c.stakeVault.activeStake(nodeId), 100 ether, "one 10,000th stays");
        uint256 shares = c.stakeVault.totalShares(nodeId);
        vm.assertEq(shares, 1e30, "with all shares");
        vm.assertEq(_slash(nodeId, 1), 1, "one wei less is still (assets + 1) * 1e10");
        vm.assertEq(c.stakeVault.totalShares(nodeId), shares, "not spent");
        vm.assertEq(_slash(nodeId, 1), 100 ether - 1, "the next takes the dust as well");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 0, "no wei");
        vm.assertEq(c.stakeVault.totalShares(nodeId), 0, "no share");
    }

    function test_slash_emptiesASpentUnbondingPool() public {
        _unbond(staker, _stake(staker, nodeId, 1_000_000 ether));
        uint256 requestId = _requestId(staker, nodeId, START + UNBONDING);
        _slash(nodeId, 1_000_000 ether - 100 ether + 1);
        vm.assertEq(c.stakeVault.requestAssets(requestId), 100 ether - 1, "not spent");
        vm.assertEq(_slash(nodeId, 1), 100 ether - 1, "the next takes the dust as well");
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), 0, "no wei");
        vm.assertEq(c.stakeVault.request(requestId).shares, 0, "no share");
    }

    /// @dev Void shares must never count again, so a node ends before its generations wrap around.
    function test_slash_to255TimesNothingClosesTheNode() public {
        for (uint256 i = 0; i < 254; ++i) {
            _stake(staker, nodeId, 1 ether);
            _slashBps(nodeId, 10_000);
        }
        _stake(staker, nodeId, 1 ether);
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), 1e24, "the last generation but one");
        _slashBps(nodeId, 10_000);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(staker, nodeId, 1 ether);
    }

    function test_slash_worksOnNothing() public {
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.Slashed(nodeId, 1, address(c.microcellCourt), 0, 0, 0, 0, requester);
        vm.assertEq(_slash(nodeId, 1_000), 0, "no stake");
        _stake(staker, nodeId, 1 ether);
        vm.assertEq(_slash(nodeId, 0), 0, "no amount");
        vm.assertEq(_slash(77, 1_000), 0, "no node");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 1 ether, "untouched");
        vm.assertEq(c.stakeVault.magnitude(nodeId), 1e18, "untouched");
    }

    function test_courts_bothMaySlashAndFreeze() public {
        _stake(staker, nodeId, 10 ether);
        address[2] memory courts = [address(c.microcellCourt), address(c.faultCourt)];
        for (uint256 i = 0; i < courts.length; ++i) {
            vm.startPrank(courts[i]);
            c.stakeVault.freeze(nodeId);
            c.stakeVault.unfreeze(nodeId);
            vm.expectEmit(address(c.stakeVault));
            emit IStakeVault.Slashed(nodeId, i, courts[i], 1 ether, 1 ether, 1 ether, 0, finder);
            c.stakeVault.slash(nodeId, i, 1 ether, 0, finder);
            vm.stopPrank();
        }
    }

    /// @dev I25.
    function test_slash_takesAnyFinderAndAnyCut() public {
        _stake(staker, nodeId, 10 ether);
        vm.startPrank(address(c.microcellCourt));
        (, uint256 burned, uint256 reward) = c.stakeVault.slash(nodeId, 1, 1 ether, 10_000, finder);
        vm.assertEq(reward, 1 ether, "all of it");
        vm.assertEq(burned, 0, "nothing to burn");
        (, burned, reward) = c.stakeVault.slash(nodeId, 2, 1 ether, type(uint16).max, finder);
        vm.assertEq(reward, 1 ether, "never more than all");
        (, burned, reward) = c.stakeVault.slash(nodeId, 3, 1 ether, 2_000, address(0));
        vm.assertEq(reward, 0, "nobody to pay");
        vm.assertEq(burned, 1 ether, "all burned");
        (, burned, reward) = c.stakeVault.slash(nodeId, 4, 1 ether, 0, finder);
        vm.assertEq(burned, 1 ether, "no cut");
    }

    /// @dev I20 and I21. The pool has no memory of when stake came, so that a slash costs the same for 10,000 stakers
    /// as for one. What it means by "not slashed if it came after the fault" is: from the accusation on nothing comes
    /// in, and a proven compute fault is punished at once. What asked to leave after the fault is still there to slash.
    function test_slash_reachesWhatAskedToLeaveAndNothingComesInAfterTheAccusation() public {
        uint256 shares = _stake(staker, nodeId, 10 ether);
        uint256 faultAt = block.timestamp;
        vm.warp(faultAt + 1 days);
        uint256 requestId = _unbond(staker, shares);
        vm.warp(faultAt + 2 days);
        _freeze(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(otherStaker, nodeId, 10 ether);
        vm.warp(faultAt + 10 days);
        _slash(nodeId, 1 ether);
        vm.assertEq(c.stakeVault.requestAssets(requestId), 9 ether, "left after the fault, slashed");
    }

    /// @dev I23.
    function test_freeze_holdsStakeAndUnfreezeRestoresIt() public {
        _stake(otherStaker, otherNode, 1 ether);
        uint256 shares = _stake(staker, nodeId, 10 ether);
        uint256 requestId = _unbond(staker, shares / 2);
        bytes32 before = _state(requestId);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.NodeFrozen(nodeId, 1);
        _freeze(nodeId);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.NodeFrozen(nodeId, 2);
        _freeze(nodeId);
        vm.assertTrue(c.stakeVault.isFrozen(nodeId), "frozen");
        vm.assertFalse(c.stakeVault.isFrozen(otherNode), "the other is not");
        vm.warp(START + UNBONDING);
        bytes memory held = abi.encodeWithSelector(IStakeVault.FrozenStake.selector, nodeId);
        vm.expectRevert(held);
        _withdraw(staker, requestId);
        vm.expectRevert(held);
        _redelegate(staker, 1);
        vm.expectRevert(_notStakeable(nodeId));
        vm.prank(staker);
        c.stakeVault.cancelUnbond(requestId);
        vm.expectRevert(_notStakeable(nodeId));
        vm.prank(otherStaker);
        c.stakeVault.redelegate(otherNode, nodeId, 1e24, 0);

        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.NodeUnfrozen(nodeId, 1);
        _unfreeze(nodeId);
        vm.expectRevert(held);
        _withdraw(staker, requestId);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.NodeUnfrozen(nodeId, 0);
        _unfreeze(nodeId);
        vm.assertFalse(c.stakeVault.isFrozen(nodeId), "free");
        vm.assertEq(_state(requestId), before, "as if nothing had been");
        vm.assertEq(_withdraw(staker, requestId), 5 ether, "paid");
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotFrozen.selector, nodeId));
        _unfreeze(nodeId);
    }

    function test_freeze_letsStakeAskToLeaveAndOutlastsAJailTerm() public {
        _stake(operator, nodeId, 10_000 ether);
        c.nodeRegistry.activate(nodeId);
        _freeze(nodeId);
        _unbond(operator, 1e6);
        _jail(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(operator, nodeId, 1 ether);
        _unfreeze(nodeId);
        _stake(operator, nodeId, 1 ether);
        _freeze(nodeId);
        vm.warp(START + 1 days);
        vm.prank(operator);
        c.nodeRegistry.unjail(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(operator, nodeId, 1 ether);
        _unfreeze(nodeId);
        _stake(staker, nodeId, 1 ether);
    }

    /// @dev The words that hold the node's pools, liabilities and the staker's claims.
    function _state(uint256 requestId) private view returns (bytes32) {
        address vault = address(c.stakeVault);
        bytes32[4] memory words;
        words[0] = vm.load(vault, _slot(nodeId, 1));
        words[1] = vm.load(vault, _slot(nodeId, 6));
        words[2] = vm.load(vault, _slot(nodeId, 9));
        words[3] = vm.load(vault, _slot(requestId, 7));
        for (uint256 i = 0; i < words.length; ++i) {
            vm.assertTrue(words[i] != 0, "the layout is the one this test knows");
        }
        return keccak256(abi.encode(words));
    }

    function _slot(uint256 key, uint256 mappingSlot) private pure returns (bytes32) {
        return keccak256(abi.encode(key, mappingSlot));
    }
}
