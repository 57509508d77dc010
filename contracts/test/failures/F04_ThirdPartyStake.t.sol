// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Anyone may add to anyone's stake, and adding moves the start of its rewards: Livepeer's `bondFor`.
contract StakeForAnyone {
    uint256 public perToken;
    mapping(address account => uint256) public staked;
    mapping(address account => uint256) private from;

    function stakeFor(address account, uint256 assets) external {
        staked[account] += assets;
        from[account] = perToken;
    }

    function reward(uint256 wad) external {
        perToken += wad;
    }

    function earned(address account) external view returns (uint256) {
        return staked[account] * (perToken - from[account]) / 1e18;
    }
}

/// @title F4: one wei staked for a victim takes its rewards away
contract F04ThirdPartyStakeTest is StakingFixture {
    function test_attack_oneWeiStakedForTheVictimWipesItsReward() public {
        StakeForAnyone weak = new StakeForAnyone();
        weak.stakeFor(staker, 100 ether);
        weak.reward(0.1e18);
        vm.assertEq(weak.earned(staker), 10 ether, "earned");
        vm.prank(stranger);
        weak.stakeFor(staker, 1);
        vm.assertEq(weak.earned(staker), 0, "gone");
    }

    /// @dev No call of the vault names another account as the one whose stake changes, but `settleRedelegation`, which
    /// takes only what slashes took.
    function test_defence_nothingThatOthersDoLowersAClaim() public {
        uint256 shares = _stake(staker, nodeId, 100 ether);
        uint256 id = _redelegate(staker, shares / 2);
        _reward(nodeId, 10 ether);
        _reward(otherNode, 10 ether);
        uint256 here = c.stakeVault.toAssets(nodeId, shares / 2);
        uint256 there = c.stakeVault.toAssets(otherNode, c.stakeVault.sharesOf(otherNode, staker));
        _stake(otherStaker, nodeId, 1 ether);
        _stake(otherStaker, otherNode, 1 ether);
        _unbond(otherStaker, 1);
        vm.prank(otherStaker);
        c.stakeVault.redelegate(otherNode, nodeId, 1e23, 0);
        vm.warp(block.timestamp + UNBONDING);
        vm.prank(stranger);
        c.stakeVault.settleRedelegation(id);
        uint256 present = c.stakeVault.toAssets(nodeId, c.stakeVault.sharesOf(nodeId, staker));
        vm.assertGe(present, here, "no less here");
        present = c.stakeVault.toAssets(otherNode, c.stakeVault.sharesOf(otherNode, staker));
        vm.assertGe(present, there, "no less there");
    }
}
