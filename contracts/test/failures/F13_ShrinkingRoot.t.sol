// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGreenRewards} from "../../src/rewards/IGreenRewards.sol";
import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "../rewards/RewardFixture.sol";

/// @dev Cumulative, but the amount paid is an unguarded difference.
contract UnguardedDrop {
    mapping(address account => uint256) public claimed;

    function claim(address account, uint256 cumulative) external returns (uint256 amount) {
        amount = cumulative - claimed[account];
        claimed[account] = cumulative;
    }
}

/// @dev Remembers claims for each root, not for each account.
contract PerRootDrop {
    mapping(bytes32 root => mapping(address account => bool)) public isClaimed;
    uint256 public paid;

    function claim(bytes32 root, address account, uint256 amount) external {
        require(!isClaimed[root][account], "claimed");
        isClaimed[root][account] = true;
        paid += amount;
    }
}

/// @title F13: a later root takes an amount back, or pays it twice
contract F13ShrinkingRootTest is RewardFixture {
    function test_attack_aLowerLeafBlocksTheClaimer() public {
        UnguardedDrop drop = new UnguardedDrop();
        drop.claim(staker, 10 ether);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        drop.claim(staker, 4 ether);
    }

    function test_attack_theSameLeafInTwoRootsPaysTwice() public {
        PerRootDrop drop = new PerRootDrop();
        drop.claim("first", staker, 10 ether);
        drop.claim("second", staker, 10 ether);
        vm.assertEq(drop.paid(), 20 ether, "for ten earned");
    }

    function test_defence_aLowerLeafPaysNothingAndBlocksNobody() public {
        bytes32[] memory proof = _publish(0, staker, 10 ether, BUDGET);
        bytes32[] memory lower = _publish(1, staker, 4 ether, BUDGET);
        _afterDelay();
        c.greenRewards.claim(0, staker, 10 ether, proof);
        vm.assertEq(c.greenRewards.claim(1, staker, 4 ether, lower), 0, "nothing, and no revert");
        vm.assertEq(c.greenRewards.claimed(staker), 10 ether, "unchanged");
    }

    function test_defence_theSameLeafInTwoRootsPaysOnce() public {
        bytes32[] memory proof = _publish(0, staker, 10 ether, BUDGET);
        bytes32[] memory again = _publish(1, staker, 10 ether, BUDGET);
        _afterDelay();
        vm.assertEq(c.greenRewards.claim(0, staker, 10 ether, proof), 10 ether, "earned");
        vm.assertEq(c.greenRewards.claim(1, staker, 10 ether, again), 0, "and paid once");
    }

    function test_defence_noRootAnnouncesLessThanTheOneBefore() public {
        _propose(0, "root", BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.TotalFell.selector, BUDGET - 1, BUDGET));
        this.attest(1, BUDGET - 1);
    }

    /// @dev A call of its own, so that a revert can be expected.
    function attest(uint256 epoch, uint256 total) external {
        _attest(0, epoch, "root", total);
    }
}
