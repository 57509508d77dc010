// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGreenRewards} from "../src/rewards/IGreenRewards.sol";
import {vm} from "../script/Vm.sol";
import {Base} from "./Base.t.sol";

contract GreenRewardsTest is Base {
    uint256 internal constant BUDGET = 100_000 ether;

    function setUp() public override {
        super.setUp();
        vm.warp(START + 3 days);
        for (uint256 epoch = 0; epoch < 3; ++epoch) {
            c.emission.mintEpoch(epoch);
        }
    }

    function testFuzz_claim_paysOnceAndThenTheDifference(uint256 first, uint256 second) public {
        first = bound(first, 1, BUDGET);
        second = bound(second, first, 2 * BUDGET);
        bytes32[] memory proof = _publish(0, staker, first, 2 * BUDGET);
        _afterDelay();
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.Claimed(0, staker, staker, first, first);
        vm.assertEq(c.greenRewards.claim(0, staker, first, proof), first, "first claim");
        vm.assertEq(c.greenRewards.claim(0, staker, first, proof), 0, "the same claim again pays nothing");

        bytes32[] memory next = _publish(2, staker, second, 2 * BUDGET);
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

    function testFuzz_claim_revertsBeforeTheDelay(uint256 elapsed) public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        uint256 activatesAt = block.timestamp + 24 hours;
        vm.warp(block.timestamp + bound(elapsed, 0, 24 hours - 1));
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, 0, activatesAt));
        c.greenRewards.claim(0, staker, 5 ether, proof);
    }

    function test_claim_goesToTheRecipientTheAccountNamed() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        _afterDelay();
        vm.prank(staker);
        c.greenRewards.setRecipient(stranger);
        vm.prank(verifier);
        c.greenRewards.claim(0, staker, 5 ether, proof);
        vm.assertEq(c.gpuck.balanceOf(stranger), 5 ether, "paid there");
        vm.prank(staker);
        c.greenRewards.setRecipient(address(0));
        vm.assertEq(c.greenRewards.recipientOf(staker), staker, "reset");
    }

    /// @dev A wrong tree, whose leaves add up to more than its total, cannot take what belongs to later epochs.
    function test_claim_neverPaysMoreThanAnnounced() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, 4 ether);
        _afterDelay();
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.Unfunded.selector, 5 ether, 4 ether));
        c.greenRewards.claim(0, staker, 5 ether, proof);
    }

    function test_proposeRoot_revertsWhenItMust() public {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.NotAuthorised.selector, stranger));
        vm.prank(stranger);
        c.greenRewards.proposeRoot(0, "x", 0, 0);
        vm.startPrank(proposer);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.EpochNotEnded.selector, 3, START + 4 days));
        c.greenRewards.proposeRoot(3, "x", 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.Unfunded.selector, 3 * BUDGET + 1, 3 * BUDGET));
        c.greenRewards.proposeRoot(1, "x", 0, 3 * BUDGET + 1);
        c.greenRewards.proposeRoot(1, "x", 0, BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootExists.selector, 1));
        c.greenRewards.proposeRoot(1, "y", 0, BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.EpochOutOfOrder.selector, 0, 1));
        c.greenRewards.proposeRoot(0, "x", 0, BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.TotalFell.selector, BUDGET - 1, BUDGET));
        c.greenRewards.proposeRoot(2, "x", 0, BUDGET - 1);
        c.greenRewards.proposeRoot(2, "x", 0, BUDGET);
        (uint256 epoch, bool exists) = c.greenRewards.latestEpoch();
        vm.assertTrue(exists && epoch == 2, "latest");
    }

    function testFuzz_proposeRoot_countsWhatWasClaimedAsFunded(uint256 claimed) public {
        claimed = bound(claimed, 1, 3 * BUDGET);
        bytes32[] memory proof = _publish(0, staker, claimed, 3 * BUDGET);
        _afterDelay();
        c.greenRewards.claim(0, staker, claimed, proof);
        vm.prank(proposer);
        c.greenRewards.proposeRoot(2, "x", 0, 3 * BUDGET);
        vm.assertEq(c.greenRewards.root(2).total, 3 * BUDGET, "still fully funded");
    }

    /// @dev Publishes a tree of two leaves, the account's and another's, and returns the account's proof.
    function _publish(uint256 epoch, address account, uint256 cumulative, uint256 total)
        private
        returns (bytes32[] memory proof)
    {
        bytes32 mine = _leaf(epoch, account, cumulative);
        proof = new bytes32[](1);
        proof[0] = _leaf(epoch, stranger, 1);
        bytes32 root =
            mine < proof[0] ? keccak256(bytes.concat(mine, proof[0])) : keccak256(bytes.concat(proof[0], mine));
        vm.prank(proposer);
        c.greenRewards.proposeRoot(epoch, root, "inputs", total);
    }

    function _leaf(uint256 epoch, address account, uint256 cumulative) private view returns (bytes32) {
        bytes memory inner = abi.encode(block.chainid, address(c.greenRewards), epoch, account, cumulative);
        return keccak256(bytes.concat(keccak256(inner)));
    }

    function _afterDelay() private {
        vm.warp(block.timestamp + 24 hours);
    }

    function _expectInvalid(uint256 epoch, address account, uint256 cumulative, bytes32[] memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.InvalidProof.selector));
        c.greenRewards.claim(epoch, account, cumulative, proof);
    }
}
