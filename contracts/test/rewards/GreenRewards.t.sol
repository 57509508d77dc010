// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGreenRewards} from "../../src/rewards/IGreenRewards.sol";
import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "./RewardFixture.sol";

/// @title Claims: who is paid, how much, and what is no claim
contract GreenRewardsTest is RewardFixture {
    function testFuzz_claim_paysOnceAndThenTheDifference(uint256 first, uint256 second) public {
        first = bound(first, 1, BUDGET);
        second = bound(second, first, CAP);
        bytes32[] memory proof = _publish(0, staker, first, CAP);
        _afterDelay();
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.Claimed(0, staker, staker, first, first);
        vm.assertEq(c.greenRewards.claim(0, staker, first, proof), first, "first claim");
        vm.assertEq(c.greenRewards.claim(0, staker, first, proof), 0, "the same claim again pays nothing");
        vm.assertEq(c.greenRewards.claimed(staker), first, "claimed");

        bytes32[] memory next = _publish(2, staker, second, CAP);
        _afterDelay();
        vm.assertEq(c.greenRewards.claim(2, staker, second, next), second - first, "the difference");
        vm.assertEq(c.greenRewards.claim(0, staker, first, proof), 0, "an older root pays nothing more");
        vm.assertEq(c.gpuck.balanceOf(staker), 10_000_000 ether + second, "cumulative");
        vm.assertEq(c.greenRewards.totalClaimed(), second, "total");
    }

    function testFuzz_claim_revertsOnAnyOtherLeaf(uint256 amount, address account, uint256 epoch) public {
        amount = bound(amount, 1, type(uint256).max);
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        bytes32[] memory later = _publish(1, otherStaker, 5 ether, BUDGET);
        _afterDelay();
        vm.assume(amount != 5 ether && account != staker);
        _expectInvalid(0, staker, amount, proof);
        _expectInvalid(0, account, 5 ether, proof);
        _expectInvalid(1, staker, 5 ether, proof);
        _expectInvalid(1, staker, 5 ether, later);
        epoch = bound(epoch, 2, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, epoch, 0));
        c.greenRewards.claim(epoch, staker, 5 ether, proof);
    }

    function test_claim_revertsOnAnotherChain() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        _afterDelay();
        vm.chainId(1);
        _expectInvalid(0, staker, 5 ether, proof);
        vm.chainId(31_337);
        c.greenRewards.claim(0, staker, 5 ether, proof);
    }

    function test_claim_revertsOnAShortenedProof() public {
        _publish(0, staker, 5 ether, BUDGET);
        _afterDelay();
        _expectInvalid(0, staker, 5 ether, new bytes32[](0));
    }

    function test_claim_opensToTheSecond() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        uint64 activatesAt = uint64(block.timestamp + 1 days);
        vm.warp(activatesAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, 0, activatesAt));
        c.greenRewards.claim(0, staker, 5 ether, proof);
        vm.warp(activatesAt);
        vm.assertEq(c.greenRewards.claim(0, staker, 5 ether, proof), 5 ether, "paid");
    }

    function test_claim_goesToTheRecipientTheAccountNamed() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        _afterDelay();
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RecipientChanged(staker, stranger);
        vm.prank(staker);
        c.greenRewards.setRecipient(stranger);
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.Claimed(0, staker, stranger, 5 ether, 5 ether);
        vm.prank(verifier);
        c.greenRewards.claim(0, staker, 5 ether, proof);
        vm.assertEq(c.gpuck.balanceOf(stranger), 5 ether, "paid there");
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RecipientChanged(staker, staker);
        vm.prank(staker);
        c.greenRewards.setRecipient(address(0));
        vm.assertEq(c.greenRewards.recipientOf(staker), staker, "reset");
        vm.assertEq(c.greenRewards.claimed(staker), 5 ether, "what was claimed stays claimed");
    }

    /// @dev A wrong tree, whose leaves add up to more than its total, cannot take what belongs to later epochs.
    function test_claim_neverPaysMoreThanAnnounced() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, 4 ether);
        bytes32[] memory next = _publish(1, otherStaker, 3 ether, 7 ether);
        _afterDelay();
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.Unfunded.selector, 5 ether, 4 ether));
        c.greenRewards.claim(0, staker, 5 ether, proof);
        c.greenRewards.claim(1, otherStaker, 3 ether, next);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.Unfunded.selector, 5 ether, 4 ether));
        c.greenRewards.claim(0, staker, 5 ether, proof);
    }

    /// @dev What a later root announced pays an older root's leaf, too: the leaves are cumulative.
    function test_claim_ofAnOlderRootStillPaysAfterALaterOneDid() public {
        bytes32[] memory proof = _publish(0, staker, 4 ether, 4 ether);
        bytes32[] memory next = _publish(1, otherStaker, 3 ether, 7 ether);
        _afterDelay();
        c.greenRewards.claim(1, otherStaker, 3 ether, next);
        vm.assertEq(c.greenRewards.claim(0, staker, 4 ether, proof), 4 ether, "paid");
        vm.assertEq(c.greenRewards.totalClaimed(), 7 ether, "all");
    }

    function testFuzz_leaf_isWhatEveryTreeBuilderHashes(uint256 epoch, address account, uint256 cumulative)
        public
        view
    {
        vm.assertEq(c.greenRewards.leaf(epoch, account, cumulative), _leaf(epoch, account, cumulative), "leaf");
    }

    function _expectInvalid(uint256 epoch, address account, uint256 cumulative, bytes32[] memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.InvalidProof.selector));
        c.greenRewards.claim(epoch, account, cumulative, proof);
    }
}
