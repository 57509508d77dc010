// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakingFixture} from "./StakingFixture.sol";

contract StakeTest is StakingFixture {
    function test_stake_movesTokensAndCountsShares() public {
        uint256 before = c.gpuck.balanceOf(staker);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.Staked(nodeId, staker, 5 ether, 5 ether * SHARES_PER_WEI);
        vm.assertEq(_stake(staker, nodeId, 5 ether), 5 ether * SHARES_PER_WEI, "shares");
        vm.assertEq(before - c.gpuck.balanceOf(staker), 5 ether, "paid");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), 5 ether, "held");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 5 ether, "active");
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), 5 ether, "behind");
        vm.assertEq(c.stakeVault.sharesOf(nodeId, staker), 5 ether * SHARES_PER_WEI, "holding");
        vm.assertEq(c.stakeVault.totalShares(nodeId), 5 ether * SHARES_PER_WEI, "all shares");
        vm.assertEq(c.stakeVault.toAssets(nodeId, 5 ether * SHARES_PER_WEI), 5 ether, "worth");
        vm.assertEq(c.stakeVault.sharesOf(otherNode, staker), 0, "nothing with the other node");
    }

    function test_stake_revertsWhenItMustNot() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StakeTooSmall.selector, 1 ether - 1, 1 ether));
        c.stakeVault.stake(nodeId, 1 ether - 1, 0);
        vm.expectRevert(_notStakeable(9));
        c.stakeVault.stake(9, 1 ether, 0);
        vm.expectRevert(_tooFew(1e24, 1e24 + 1));
        c.stakeVault.stake(nodeId, 1 ether, 1e24 + 1);
        c.stakeVault.stake(nodeId, 1 ether, 1e24);
    }

    function test_stake_isRefusedByExitingAndTombstonedNodes() public {
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(operator, nodeId, 1 ether);
        vm.warp(START + UNBONDING);
        c.nodeRegistry.finishExit(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(staker, nodeId, 1 ether);
        _tombstone(otherNode);
        vm.expectRevert(_notStakeable(otherNode));
        _stake(verifier, otherNode, 1 ether);
    }

    /// @dev Without the top-up a node slashed below the minimum could never leave jail.
    function test_stake_withAJailedNodeIsForItsOperatorOnly() public {
        _stake(operator, nodeId, 10_000 ether);
        c.nodeRegistry.activate(nodeId);
        _jail(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(staker, nodeId, 1 ether);
        _stake(operator, nodeId, 1 ether);
        vm.assertEq(c.stakeVault.activeStake(nodeId), 10_001 ether, "topped up");
        _freeze(nodeId);
        vm.expectRevert(_notStakeable(nodeId));
        _stake(operator, nodeId, 1 ether);
        _unfreeze(nodeId);
        vm.warp(START + 1 days);
        vm.prank(operator);
        c.nodeRegistry.unjail(nodeId);
        _stake(staker, nodeId, 1 ether);
    }

    function test_stake_isRefusedWhileEntryIsPaused() public {
        vm.prank(staker);
        c.stakeVault.stake(nodeId, 5 ether, 0);
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
        vm.warp(START + 14 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IEntryPause.EntryPaused.selector, START + 14 days));
        _stake(staker, nodeId, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IEntryPause.EntryPaused.selector, START + 14 days));
        vm.prank(staker);
        c.stakeVault.stakeWithPermit(nodeId, 1 ether, 0, START + 30 days, 0, 0, 0);
        vm.warp(START + 14 days);
        _stake(staker, nodeId, 1 ether);
    }

    function test_stakeWithPermit_approvesAndStakes() public {
        (address signer, uint8 v, bytes32 r, bytes32 s) = _signed(0xA11CE, 10 ether);
        vm.prank(signer);
        uint256 shares = c.stakeVault.stakeWithPermit(nodeId, 10 ether, 1e25, START + 1 hours, v, r, s);
        vm.assertEq(shares, 1e25, "shares");
        vm.assertEq(c.gpuck.allowance(signer, address(c.stakeVault)), 0, "allowance used");
    }

    function test_stakeWithPermit_survivesAFrontRunPermit() public {
        (address signer, uint8 v, bytes32 r, bytes32 s) = _signed(0xA11CE, 10 ether);
        vm.prank(stranger);
        c.gpuck.permit(signer, address(c.stakeVault), 10 ether, START + 1 hours, v, r, s);
        vm.prank(signer);
        c.stakeVault.stakeWithPermit(nodeId, 10 ether, 0, START + 1 hours, v, r, s);
        vm.assertEq(c.stakeVault.activeStake(nodeId), 10 ether, "staked");
    }

    function test_stakeWithPermit_ofSomeoneElseMovesNothing() public {
        (address signer, uint8 v, bytes32 r, bytes32 s) = _signed(0xA11CE, 10 ether);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        vm.prank(stranger);
        c.stakeVault.stakeWithPermit(nodeId, 10 ether, 0, START + 1 hours, v, r, s);
        vm.assertEq(c.gpuck.balanceOf(signer), 10 ether, "kept");
    }

    function test_addReward_isTheMarketsAndLiftsThePrice() public {
        uint256 shares = _stake(staker, nodeId, 5 ether);
        vm.prank(requester);
        _gpuck(address(c.computeMarket), 5 ether + 1);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.RewardAdded(nodeId, 5 ether + 1);
        vm.prank(address(c.computeMarket));
        vm.assertTrue(c.stakeVault.addReward(nodeId, 5 ether + 1), "accepted");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 10 ether + 1, "active");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), 10 ether + 1, "pulled");
        _near(c.stakeVault.toAssets(nodeId, shares), 10 ether, "twice as much");
        vm.expectRevert(_refused(stranger));
        vm.prank(stranger);
        c.stakeVault.addReward(nodeId, 1);
    }

    /// @dev I32: nobody staked, nothing granted, and the next staker finds nothing.
    function test_addReward_isRefusedWithNobodyStaked() public {
        vm.prank(requester);
        _gpuck(address(c.computeMarket), 1 ether);
        vm.prank(address(c.computeMarket));
        vm.assertFalse(c.stakeVault.addReward(nodeId, 1 ether), "refused");
        vm.assertEq(c.gpuck.balanceOf(address(c.computeMarket)), 1 ether, "nothing pulled");
        uint256 shares = _stake(staker, nodeId, 1 ether);
        vm.assertEq(c.stakeVault.toAssets(nodeId, shares), 1 ether, "no gift");
    }

    function test_setOpen_isTheRegistrys() public {
        vm.expectRevert(_refused(operator));
        vm.prank(operator);
        c.stakeVault.setOpen(nodeId, true);
    }

    function testFuzz_privilegedCalls_revertForAnyoneElse(address caller) public {
        vm.assume(caller != address(c.computeMarket) && caller != address(c.microcellCourt));
        vm.assume(caller != c.stakeVault.faultCourt() && caller != address(c.nodeRegistry));
        bytes memory refusal = _refused(caller);
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        c.stakeVault.addReward(nodeId, 1);
        vm.expectRevert(refusal);
        c.stakeVault.slash(nodeId, 1, 1, 1, caller);
        vm.expectRevert(refusal);
        c.stakeVault.freeze(nodeId);
        vm.expectRevert(refusal);
        c.stakeVault.unfreeze(nodeId);
        vm.expectRevert(refusal);
        c.stakeVault.setOpen(nodeId, false);
    }

    function _signed(uint256 key, uint256 amount) private returns (address signer, uint8 v, bytes32 r, bytes32 s) {
        signer = vm.addr(key);
        vm.prank(holder);
        _gpuck(signer, amount);
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 message = keccak256(
            abi.encode(typeHash, signer, address(c.stakeVault), amount, c.gpuck.nonces(signer), START + 1 hours)
        );
        (v, r, s) = vm.sign(key, keccak256(abi.encodePacked("\x19\x01", c.gpuck.DOMAIN_SEPARATOR(), message)));
    }
}
