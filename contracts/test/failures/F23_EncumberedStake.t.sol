// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {vm} from "../../script/Vm.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Keeps the sum of what is encumbered, slashes the sum down and each part up: EigenLayer, 2025.
contract SumOfParts {
    uint256 public sum;
    uint256 public left = 1e18;

    function encumber(uint256 assets) external {
        sum += assets;
    }

    function slash(uint256 wad) external {
        left = left * (1e18 - wad) / 1e18;
        sum = sum * (1e18 - wad) / 1e18;
    }

    function release(uint256 assets) external {
        sum -= Math.ceilDiv(assets * left, 1e18);
    }
}

/// @title F23: the parts of what is encumbered add up to more than the sum
contract F23EncumberedStakeTest is StakingFixture {
    function test_attack_lastReleaseUnderflows() public {
        SumOfParts weak = new SumOfParts();
        weak.encumber(5);
        weak.encumber(5);
        weak.slash(0.3e18);
        weak.release(5);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        weak.release(5);
    }

    /// @dev Redelegated stake is the one thing that is encumbered here. After any slashes, settled in between or not,
    /// the sum covers the parts, and the last part can be released.
    function testFuzz_defence_everyRedelegationIsReleased(uint256[5] calldata parts, uint256[6] calldata slashes)
        public
    {
        _stake(otherStaker, nodeId, 1 ether);
        uint256[5] memory ids;
        for (uint256 i = 0; i < parts.length; ++i) {
            uint256 shares = _stake(staker, nodeId, bound(parts[i], 1 ether, 1_000 ether));
            ids[i] = _redelegate(staker, shares);
        }
        for (uint256 i = 0; i < slashes.length; ++i) {
            uint256 total = c.stakeVault.stakeBehind(nodeId) + c.stakeVault.redelegatedStake(nodeId);
            _slash(nodeId, bound(slashes[i], 1, total / 2));
            c.stakeVault.settleRedelegation(ids[slashes[i] % 5]);
            vm.assertGe(c.stakeVault.redelegatedStake(nodeId), _parts(ids), "the sum covers the parts");
        }
        vm.warp(block.timestamp + UNBONDING);
        for (uint256 i = 0; i < ids.length; ++i) {
            c.stakeVault.settleRedelegation(ids[i]);
        }
        vm.assertEq(c.stakeVault.lockedShares(otherNode, staker), 0, "all free");
        // The magnitude has 18 digits, so that up to 5,000 GPUCK leave a few million wei.
        vm.assertLe(c.stakeVault.redelegatedStake(nodeId), 1e7, "dust");
    }

    function _parts(uint256[5] memory ids) private view returns (uint256 sum) {
        uint256 present = c.stakeVault.magnitude(nodeId);
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 start = c.stakeVault.redelegation(ids[i]).magnitude;
            if (start > 0) sum += uint256(c.stakeVault.redelegation(ids[i]).assets) * present / start;
        }
    }
}
