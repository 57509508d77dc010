// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IGpuck} from "../../src/token/IGpuck.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Prices shares by its token balance, with no virtual shares: Hundred Finance, 2023.
contract BalancePricedVault {
    IGpuck private immutable token;
    uint256 public totalShares;
    mapping(address account => uint256) public sharesOf;

    constructor(IGpuck token_) {
        token = token_;
    }

    function stake(uint256 assets) external {
        uint256 pool = token.balanceOf(address(this));
        uint256 shares = totalShares == 0 ? assets : assets * totalShares / pool;
        totalShares += shares;
        sharesOf[msg.sender] += shares;
        require(token.transferFrom(msg.sender, address(this), assets), "transfer");
    }

    function leave() external returns (uint256 assets) {
        assets = token.balanceOf(address(this)) * sharesOf[msg.sender] / totalShares;
        totalShares -= sharesOf[msg.sender];
        delete sharesOf[msg.sender];
        require(token.transfer(msg.sender, assets), "transfer");
    }
}

/// @title F2: one wei first, a donation, and the next depositor's stake is gone
contract F02DonationFirstDepositorTest is StakingFixture {
    uint256 private constant STAKE = 1_000 ether;

    function test_attack_donationRobsTheSecondDepositor() public {
        BalancePricedVault vault = new BalancePricedVault(c.gpuck);
        vm.startPrank(otherStaker);
        c.gpuck.approve(address(vault), 1);
        vault.stake(1);
        _gpuck(address(vault), STAKE);
        vm.stopPrank();
        vm.startPrank(staker);
        c.gpuck.approve(address(vault), STAKE);
        vault.stake(STAKE);
        vm.stopPrank();
        vm.assertEq(vault.sharesOf(staker), 0, "the victim has no share");
        vm.prank(otherStaker);
        vm.assertEq(vault.leave(), 2 * STAKE + 1, "the attacker has it all");
    }

    function test_defence_donationChangesNoPrice() public {
        uint256 all = _stake(otherStaker, nodeId, 1 ether);
        _unbond(otherStaker, all - 1);
        vm.prank(otherStaker);
        _gpuck(address(c.stakeVault), STAKE);
        uint256 shares = _stake(staker, nodeId, STAKE);
        vm.assertGe(c.stakeVault.toAssets(nodeId, shares) + 1, STAKE, "the victim's stake is whole");
        vm.warp(block.timestamp + 1);
        vm.assertLe(_leave(otherStaker, 1), 1, "the attacker's donation is lost");
    }
}
