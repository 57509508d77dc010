// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev The operator sets the verifier's cut and may leave while a slash of fixed size is due: Graph Horizon, 2024.
contract OperatorSetsTheCut {
    uint256 public staked;
    uint256 public cutPpm;

    function stake(uint256 assets) external {
        staked += assets;
    }

    function leave(uint256 assets) external {
        staked -= assets;
    }

    function setCut(uint256 ppm) external {
        cutPpm = ppm;
    }

    function slash(uint256 amount) external returns (uint256 burned) {
        staked -= amount;
        return amount - amount * cutPpm / 1_000_000;
    }
}

/// @title F7: an operator who makes its slash revert
contract F07SlashRevertsTest is StakingFixture {
    bytes private constant UNDERFLOW = abi.encodeWithSignature("Panic(uint256)", 0x11);

    function test_attack_cutOverAllBlocksTheSlash() public {
        OperatorSetsTheCut weak = new OperatorSetsTheCut();
        weak.stake(100 ether);
        weak.setCut(1_000_001);
        vm.expectRevert(UNDERFLOW);
        weak.slash(10 ether);
    }

    function test_attack_leavingBlocksTheSlash() public {
        OperatorSetsTheCut weak = new OperatorSetsTheCut();
        weak.stake(100 ether);
        weak.leave(95 ether);
        vm.expectRevert(UNDERFLOW);
        weak.slash(10 ether);
    }

    /// @dev Paused, frozen, exiting, everything on its way out or gone: it takes what there is.
    function test_defence_slashTakesWhatThereIs() public {
        uint256 shares = _stake(operator, nodeId, 100 ether);
        uint256 requestId = _unbond(operator, shares * 95 / 100);
        vm.warp(block.timestamp + UNBONDING);
        _withdraw(operator, requestId);
        vm.startPrank(operator);
        c.nodeRegistry.announceCommission(nodeId, 10_000);
        c.nodeRegistry.exit(nodeId);
        vm.stopPrank();
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
        _freeze(nodeId);
        vm.startPrank(address(c.microcellCourt));
        (uint256 removed,, uint256 reward) = c.stakeVault.slash(nodeId, 1, 10 ether, type(uint16).max, stranger);
        vm.assertEq(removed, 5 ether, "all that is left");
        vm.assertEq(reward, 5 ether, "never more than all for the finder");
        (removed,,) = c.stakeVault.slash(nodeId, 1, type(uint256).max, type(uint16).max, address(0));
        vm.assertEq(removed, 0, "of nothing, nothing");
        c.nodeRegistry.jail(nodeId);
        c.nodeRegistry.tombstone(nodeId);
        c.nodeRegistry.tombstone(nodeId);
    }

    function testFuzz_defence_noAmountAndNoCutReverts(uint256 assets, uint256 out, uint256 amount, uint16 cut) public {
        uint256 shares = _stake(operator, nodeId, bound(assets, 1 ether, 1_000_000 ether));
        _unbond(operator, bound(out, 1, shares));
        uint256 behind = c.stakeVault.stakeBehind(nodeId);
        vm.prank(address(c.microcellCourt));
        (uint256 removed,,) = c.stakeVault.slash(nodeId, 1, amount, cut, stranger);
        vm.assertGe(removed, amount < behind ? amount : behind, "the amount, or all");
        vm.assertLe(removed, behind, "no more than there was");
    }
}
