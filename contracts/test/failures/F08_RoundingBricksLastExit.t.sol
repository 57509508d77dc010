// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {vm} from "../../script/Vm.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Slashes its pool to the wei and pays each leaver by a rate that rounds up: Graph Horizon, 2024.
contract RoundsUp {
    uint256 public pool = 10;
    uint256 public rate = 1e18;

    function slash(uint256 amount) external {
        rate = Math.ceilDiv(rate * (pool - amount), pool);
        pool -= amount;
    }

    function leave(uint256 staked) external returns (uint256 assets) {
        assets = Math.ceilDiv(staked * rate, 1e18);
        pool -= assets;
    }
}

/// @title F8: rounding leaves the last one out in
contract F08RoundingBricksLastExitTest is StakingFixture {
    function test_attack_lastLeaverFindsAWeiTooFew() public {
        RoundsUp weak = new RoundsUp();
        weak.slash(3);
        vm.assertEq(weak.leave(5), 4, "3.5, rounded up");
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        weak.leave(5);
    }

    function testFuzz_defence_everyoneLeavesAfterAnySlashes(uint256[5] calldata stakes, uint256[8] calldata slashes)
        public
    {
        uint256[5] memory shares;
        for (uint256 i = 0; i < stakes.length; ++i) {
            shares[i] = _stake(staker, nodeId, bound(stakes[i], 1 ether, 1_000 ether));
        }
        for (uint256 i = 0; i < slashes.length; ++i) {
            _slash(nodeId, bound(slashes[i], 0, c.stakeVault.stakeBehind(nodeId) * 3 / 4));
        }
        if (c.stakeVault.totalShares(nodeId) == 0) return;
        uint256[5] memory requests;
        for (uint256 i = 0; i < shares.length; ++i) {
            requests[i] = _unbond(staker, shares[i]);
            vm.warp(block.timestamp + 1);
            _slash(nodeId, 1 + slashes[i] % 10);
        }
        vm.warp(block.timestamp + UNBONDING);
        for (uint256 i = 0; i < shares.length; ++i) {
            _withdraw(staker, requests[i]);
        }
        vm.assertEq(c.stakeVault.totalShares(nodeId), 0, "all out");
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), c.stakeVault.stakeBehind(nodeId), "books");
    }
}
