// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {StakingFixture} from "./StakingFixture.sol";

/// @title What is still enough, and what is one too many
contract StakeBoundariesTest is StakingFixture {
    function test_stake_takesExactlyTheSharesAskedFor() public {
        uint256 shares = 5 ether * SHARES_PER_WEI;
        vm.startPrank(staker);
        vm.expectRevert(_tooFew(shares, shares + 1));
        c.stakeVault.stake(nodeId, 5 ether, shares + 1);
        vm.assertEq(c.stakeVault.stake(nodeId, 5 ether, shares), shares, "shares");
        vm.stopPrank();
    }

    function test_redelegate_takesExactlyTheSharesAskedFor() public {
        uint256 shares = _stake(staker, nodeId, 5 ether);
        vm.startPrank(staker);
        vm.expectRevert(_tooFew(shares, shares + 1));
        c.stakeVault.redelegate(nodeId, otherNode, shares, shares + 1);
        c.stakeVault.redelegate(nodeId, otherNode, shares, shares);
        vm.stopPrank();
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), shares, "moved");
    }
}
