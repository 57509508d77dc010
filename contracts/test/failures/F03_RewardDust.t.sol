// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Pays a reward out by the second: what the division cuts off, and what runs while nobody stakes, is lost.
contract RewardPerSecond {
    uint256 public constant DURATION = 7 days;
    uint256 public rate;
    uint256 public staked;
    uint256 public perToken;
    uint256 private updatedAt;

    function notify(uint256 reward) external {
        _update();
        rate = reward / DURATION;
    }

    function setStake(uint256 assets) external {
        _update();
        staked = assets;
    }

    function earned() external returns (uint256) {
        _update();
        return staked * perToken / 1e18;
    }

    function _update() private {
        if (staked > 0) perToken += (block.timestamp - updatedAt) * rate * 1e18 / staked;
        updatedAt = block.timestamp;
    }
}

/// @title F3: rewards that the arithmetic swallows
contract F03RewardDustTest is StakingFixture {
    function test_attack_rewardBelowTheDurationPaysNobody() public {
        RewardPerSecond weak = new RewardPerSecond();
        weak.setStake(1 ether);
        weak.notify(604_799);
        vm.warp(block.timestamp + 7 days);
        vm.assertEq(weak.earned(), 0, "604,799 wei, lost");
    }

    function test_attack_rewardWithNobodyStakedPaysNobody() public {
        RewardPerSecond weak = new RewardPerSecond();
        weak.notify(7 days * 1 ether);
        vm.warp(block.timestamp + 7 days - 1);
        weak.setStake(1 ether);
        vm.warp(block.timestamp + 1);
        vm.assertEq(weak.earned(), 1 ether, "one second of seven days");
    }

    function test_defence_everyWeiOfARewardIsInThePrice() public {
        uint256 shares = _stake(staker, nodeId, 1 ether);
        for (uint256 i = 0; i < 100; ++i) {
            _reward(nodeId, 604_799);
        }
        vm.assertEq(c.stakeVault.activeStake(nodeId), 1 ether + 60_479_900, "all of it");
        vm.assertGe(c.stakeVault.toAssets(nodeId, shares) + 1, 1 ether + 60_479_900, "to a wei for the staker");
    }

    function test_defence_rewardWithNobodyStakedStaysWhereItWas() public {
        vm.prank(requester);
        _gpuck(address(c.computeMarket), 1 ether);
        vm.prank(address(c.computeMarket));
        vm.assertFalse(c.stakeVault.addReward(nodeId, 1 ether), "not taken");
        vm.assertEq(c.gpuck.balanceOf(address(c.computeMarket)), 1 ether, "the market gives it to the treasury");
    }
}
