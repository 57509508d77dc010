// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GreenRewards} from "../../src/rewards/GreenRewards.sol";
import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "../rewards/RewardFixture.sol";

/// @dev Whoever signed the transaction is taken for whoever called.
contract OriginDrop {
    mapping(address account => address) public recipientOf;

    function setRecipient(address account, address recipient) external {
        // forge-lint: disable-next-line(tx-origin)
        require(msg.sender == account || tx.origin == account, "not the account");
        recipientOf[account] = recipient;
    }
}

/// @dev What the victim is made to call: a free mint, a game, an airdrop.
contract Lure {
    function play(OriginDrop drop, address victim) external {
        drop.setRecipient(victim, address(this));
    }

    function play(GreenRewards rewards) external {
        rewards.setRecipient(address(this));
    }
}

/// @title F16: a contract that somebody calls acts in their name
contract F16TxOriginTest is RewardFixture {
    function test_attack_aCalledContractRedirectsTheCallersRewards() public {
        (OriginDrop drop, Lure lure) = (new OriginDrop(), new Lure());
        vm.prank(staker, staker);
        lure.play(drop, staker);
        vm.assertEq(drop.recipientOf(staker), address(lure), "redirected");
    }

    function test_defence_onlyTheCallerItselfIsAsked() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        _afterDelay();
        Lure lure = new Lure();
        vm.prank(staker, staker);
        lure.play(c.greenRewards);
        vm.assertEq(c.greenRewards.recipientOf(staker), staker, "untouched");
        vm.prank(address(lure), staker);
        c.greenRewards.claim(0, staker, 5 ether, proof);
        vm.assertEq(c.gpuck.balanceOf(staker), 10_000_000 ether + 5 ether, "paid to its owner");
        vm.assertEq(c.gpuck.balanceOf(address(lure)), 0, "and nobody else");
    }
}
