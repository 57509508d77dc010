// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Amounts} from "../../src/governance/ITerms.sol";
import {IGreenRewards} from "../../src/rewards/IGreenRewards.sol";
import {Quorums} from "../../src/verify/Quorum.sol";
import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "./RewardFixture.sol";

/// @title Roots: who proposes one, what it may say, and how it is stopped
contract RewardRootsTest is RewardFixture {
    uint256 internal constant BOND = 1_000 ether;

    function test_attestRoot_proposesWhenTheSecondAgrees() public {
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootAttested(1, _recomputers()[2], "root", "inputs", BUDGET);
        _attest(2, 1, "root", BUDGET);
        _assertState(1, IGreenRewards.RootState.None, "one voice is none");
        (, bool exists) = c.greenRewards.latestEpoch();
        vm.assertFalse(exists, "no root yet");
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootAttested(1, _recomputers()[0], "root", "inputs", BUDGET);
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootProposed(1, "root", "inputs", BUDGET, uint64(block.timestamp + 1 days));
        _attest(0, 1, "root", BUDGET);
        IGreenRewards.Root memory entry = c.greenRewards.root(1);
        vm.assertEq(entry.root, "root", "root");
        vm.assertEq(entry.inputsHash, "inputs", "inputs");
        vm.assertEq(entry.total, BUDGET, "total");
        vm.assertEq(entry.activatesAt, block.timestamp + 1 days, "activation");
        _assertState(1, IGreenRewards.RootState.Proposed, "proposed");
        _assertLatest(1);
    }

    function test_attestRoot_countsOnlyWhatIsIdentical() public {
        _attest(0, 0, "root", BUDGET);
        _attest(1, 0, "another", BUDGET);
        _attest(1, 0, "root", BUDGET - 1);
        vm.prank(_recomputers()[1]);
        c.greenRewards.attestRoot(0, "root", "other inputs", BUDGET);
        _attest(1, 1, "root", BUDGET);
        _assertState(0, IGreenRewards.RootState.None, "epoch 0");
        _assertState(1, IGreenRewards.RootState.None, "epoch 1");
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.AlreadyAttested.selector, 0, _recomputers()[0]));
        this.attest(0, 0, "root", BUDGET);
        _attest(1, 0, "root", BUDGET);
        _assertState(0, IGreenRewards.RootState.Proposed, "two of one mind");
    }

    function test_attestRoot_revertsWhenItMust() public {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.NotAuthorised.selector, stranger));
        vm.prank(stranger);
        c.greenRewards.attestRoot(9, "x", 0, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.EpochNotEnded.selector, 3, START + 4 days));
        this.attest(0, 3, "x", 0);
        _propose(1, "x", BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootExists.selector, 1));
        this.attest(2, 1, "y", BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.EpochOutOfOrder.selector, 0, 1));
        this.attest(0, 0, "x", BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.TotalFell.selector, BUDGET - 1, BUDGET));
        this.attest(0, 2, "x", BUDGET - 1);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootOverCap.selector, CAP + 1, CAP));
        this.attest(0, 2, "x", BUDGET + CAP + 1);
        _propose(2, "x", BUDGET + CAP);
        _assertLatest(2);
    }

    function test_attestRoot_revertsBeyondWhatWasFunded() public {
        _propose(0, "x", CAP);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.Unfunded.selector, FUNDED + 1, FUNDED));
        this.attest(0, 1, "x", FUNDED + 1);
        _propose(1, "x", FUNDED);
        vm.assertEq(c.greenRewards.root(1).total, FUNDED, "to the wei");
    }

    function testFuzz_attestRoot_countsWhatWasClaimedAsFunded(uint256 claimed) public {
        claimed = bound(claimed, 1, CAP);
        bytes32[] memory proof = _publish(0, staker, claimed, CAP);
        _afterDelay();
        c.greenRewards.claim(0, staker, claimed, proof);
        _propose(2, "x", FUNDED);
        vm.assertEq(c.greenRewards.root(2).total, FUNDED, "still fully funded");
    }

    function test_attestRoot_doesNotCountBondsAsFunded() public {
        _propose(0, "x", CAP);
        _dispute(0);
        vm.assertEq(c.greenRewards.bondedWei(), BOND, "held");
        _propose(1, "y", CAP);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.Unfunded.selector, FUNDED + 1, FUNDED));
        this.attest(0, 2, "x", FUNDED + 1);
    }

    function test_dispute_freezesUntilGovernanceRules() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        uint64 activatesAt = uint64(block.timestamp + 1 days);
        vm.warp(activatesAt - 1);
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootDisputed(0, verifier, BOND, "a leaf is missing");
        _dispute(0);
        _assertState(0, IGreenRewards.RootState.Disputed, "disputed");
        vm.assertEq(c.greenRewards.disputeOf(0).disputer, verifier, "disputer");
        vm.assertEq(c.greenRewards.disputeOf(0).bondWei, BOND, "bond");
        vm.assertEq(c.gpuck.balanceOf(address(c.greenRewards)), FUNDED + BOND, "bond held");
        vm.warp(activatesAt + 100 days);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, 0, activatesAt));
        c.greenRewards.claim(0, staker, 5 ether, proof);
        _expectNotPending(0, IGreenRewards.RootState.Disputed);
        this.dispute(0);
    }

    function test_dispute_isPossibleOnlyBeforeActivation() public {
        _expectNotPending(0, IGreenRewards.RootState.None);
        this.dispute(0);
        _propose(0, "x", 1 ether);
        _afterDelay();
        _expectNotPending(0, IGreenRewards.RootState.Proposed);
        this.dispute(0);
    }

    function test_resolve_ofARightRootBurnsTheBond() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        uint64 activatesAt = uint64(block.timestamp + 1 days);
        _dispute(0);
        uint256 burned = c.gpuck.burned();
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootResolved(0, verifier, true, BOND);
        _resolve(0, true);
        _assertState(0, IGreenRewards.RootState.Confirmed, "confirmed");
        vm.assertEq(c.gpuck.burned() - burned, BOND, "burned");
        vm.assertEq(c.greenRewards.bondedWei(), 0, "nothing held");
        _assertLatest(0);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, 0, activatesAt));
        c.greenRewards.claim(0, staker, 5 ether, proof);
        _expectNotPending(0, IGreenRewards.RootState.Confirmed);
        this.dispute(0);
        _expectNotPending(0, IGreenRewards.RootState.Confirmed);
        _disable(0);
        vm.warp(activatesAt);
        vm.assertEq(c.greenRewards.claim(0, staker, 5 ether, proof), 5 ether, "paid after its delay, no sooner");
    }

    function test_resolve_ofAWrongRootReturnsTheBond() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        _dispute(0);
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootResolved(0, verifier, false, BOND);
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootDisabled(0);
        _resolve(0, false);
        _assertState(0, IGreenRewards.RootState.Disabled, "disabled");
        vm.assertEq(c.gpuck.balanceOf(verifier), 10_000_000 ether, "bond back");
        vm.assertEq(c.greenRewards.bondedWei(), 0, "nothing held");
        vm.warp(block.timestamp + 100 days);
        vm.expectRevert(
            abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, 0, c.greenRewards.root(0).activatesAt)
        );
        c.greenRewards.claim(0, staker, 5 ether, proof);
    }

    function test_resolve_revertsWhenItMust() public {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.NotAuthorised.selector, council));
        vm.prank(council);
        c.greenRewards.resolve(0, true);
        _propose(0, "x", 1 ether);
        _expectNotDisputed(0, IGreenRewards.RootState.Proposed);
        _resolve(0, false);
        _dispute(0);
        _resolve(0, true);
        _expectNotDisputed(0, IGreenRewards.RootState.Confirmed);
        _resolve(0, true);
        _expectNotDisputed(1, IGreenRewards.RootState.None);
        _resolve(1, true);
    }

    /// @dev A wrong root that waits for its ruling holds up no later one, and a late confirmation undoes none.
    function test_resolve_leavesLaterRootsAlone() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET + 7 ether);
        _dispute(0);
        (, bool exists) = c.greenRewards.latestEpoch();
        vm.assertFalse(exists, "a disputed root is no measure");
        _propose(1, "y", BUDGET);
        _resolve(0, true);
        _assertLatest(1);
        _propose(2, "z", BUDGET);
        _afterDelay();
        vm.assertEq(c.greenRewards.claim(0, staker, 5 ether, proof), 5 ether, "confirmed roots pay");
    }

    function test_disable_stopsARootBeforeActivation() public {
        bytes32[] memory proof = _publish(0, staker, 5 ether, BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.NotAuthorised.selector, address(c.gpuckTimelock)));
        vm.prank(address(c.gpuckTimelock));
        c.greenRewards.disable(0);
        uint64 activatesAt = uint64(block.timestamp + 1 days);
        vm.warp(activatesAt - 1);
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RootDisabled(0);
        _disable(0);
        vm.warp(activatesAt);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, 0, activatesAt));
        c.greenRewards.claim(0, staker, 5 ether, proof);
        _expectNotPending(0, IGreenRewards.RootState.Disabled);
        _disable(0);
    }

    function test_disable_isTooLateAtActivation() public {
        _propose(0, "x", 1 ether);
        _afterDelay();
        _expectNotPending(0, IGreenRewards.RootState.Proposed);
        _disable(0);
    }

    /// @dev A pending dispute belongs to governance: the guardian cannot decide it, nor take the bond's case away.
    function test_disable_leavesADisputedRootToGovernance() public {
        _propose(0, "x", 1 ether);
        _dispute(0);
        _expectNotPending(0, IGreenRewards.RootState.Disputed);
        _disable(0);
    }

    function test_disable_letsTheEpochBeAttestedAfresh() public {
        _propose(0, "x", BUDGET);
        _disable(0);
        (, bool exists) = c.greenRewards.latestEpoch();
        vm.assertFalse(exists, "none stands");
        _attest(0, 0, "x", 1 ether);
        _assertState(0, IGreenRewards.RootState.Disabled, "old attestations do not count");
        _attest(1, 0, "x", 1 ether);
        _assertState(0, IGreenRewards.RootState.Proposed, "proposed again");
        vm.assertEq(c.greenRewards.root(0).total, 1 ether, "with the new total");
        _disable(0);
        _propose(0, "x", BUDGET);
        _assertState(0, IGreenRewards.RootState.Proposed, "even the very root that was disabled, by a new quorum");
    }

    /// @dev The chain of standing roots closes over those that fall, in whatever order they do.
    function testFuzz_disable_restoresTheRootBelow(uint256 order) public {
        _propose(0, "a", 1 ether);
        _propose(1, "b", 2 ether);
        _propose(2, "c", 3 ether);
        bool[3] memory fallen;
        for (uint256 i = 0; i < 3; ++i) {
            uint256 epoch = order % 3;
            order /= 3;
            if (!fallen[epoch]) _disable(epoch);
            fallen[epoch] = true;
            (uint256 latest, bool exists) = c.greenRewards.latestEpoch();
            uint256 expected = !fallen[2] ? 3 : !fallen[1] ? 2 : !fallen[0] ? 1 : 0;
            vm.assertEq(exists ? latest + 1 : 0, expected, "latest standing");
        }
        uint256 floor = !fallen[2] ? 3 ether : !fallen[1] ? 2 ether : !fallen[0] ? 1 ether : 0;
        vm.warp(START + 4 days);
        if (floor > 0) {
            vm.expectRevert(abi.encodeWithSelector(IGreenRewards.TotalFell.selector, floor - 1, floor));
            this.attest(0, 3, "d", floor - 1);
        }
        _propose(3, "d", floor);
        _assertLatest(3);
    }

    function test_setRecomputers_replacesThemAndStartsAnew() public {
        _attest(0, 0, "root", BUDGET);
        address[] memory next = new address[](2);
        (next[0], next[1]) = (_recomputers()[1], stranger);
        vm.expectEmit(address(c.greenRewards));
        emit IGreenRewards.RecomputersSet(2, next, 2);
        vm.prank(address(c.gpuckTimelock));
        c.greenRewards.setRecomputers(next, 2);
        (uint32 term, uint8 threshold, uint8 size) = c.greenRewards.recomputerQuorum();
        vm.assertTrue(term == 2 && threshold == 2 && size == 2, "quorum");
        vm.assertFalse(c.greenRewards.isRecomputer(_recomputers()[0]), "out");
        vm.assertTrue(c.greenRewards.isRecomputer(stranger), "in");
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.NotAuthorised.selector, _recomputers()[0]));
        this.attest(0, 0, "root", BUDGET);
        _attest(1, 0, "root", BUDGET);
        _assertState(0, IGreenRewards.RootState.None, "the former attestation does not count");
        vm.prank(stranger);
        c.greenRewards.attestRoot(0, "root", "inputs", BUDGET);
        _assertState(0, IGreenRewards.RootState.Proposed, "two of the new ones");
    }

    function test_setRecomputers_revertsWhenItMust() public {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.NotAuthorised.selector, stranger));
        vm.prank(stranger);
        c.greenRewards.setRecomputers(new address[](0), 0);
        _expectOutOfBounds(3, 1);
        _expectOutOfBounds(3, 4);
        _expectOutOfBounds(1, 1);
        _expectOutOfBounds(16, 2);
        vm.prank(address(c.gpuckTimelock));
        c.greenRewards.setRecomputers(_accounts(15), 15);
        vm.assertTrue(c.greenRewards.isRecomputer(address(15)), "fifteen fit");
        address[] memory twice = _accounts(3);
        twice[2] = twice[0];
        _expectInvalidMember(twice, twice[0]);
        twice[2] = address(0);
        _expectInvalidMember(twice, address(0));
    }

    function test_terms_governTheDelayTheCapAndTheBond() public {
        vm.startPrank(address(c.gpuckTimelock));
        c.terms.setAmounts(Amounts({minimumStake: 1 ether, challengerBond: 7 ether, rootCap: 2 ether}));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootOverCap.selector, 2 ether + 1, 2 ether));
        this.attest(0, 0, "x", 2 ether + 1);
        _propose(0, "x", 2 ether);
        _dispute(0);
        vm.assertEq(c.greenRewards.disputeOf(0).bondWei, 7 ether, "bond");
    }

    /// @dev Calls of their own, so that a revert can be expected.
    function attest(uint256 recomputer, uint256 epoch, bytes32 root, uint256 total) external {
        _attest(recomputer, epoch, root, total);
    }

    function dispute(uint256 epoch) external {
        _dispute(epoch);
    }

    function _accounts(uint256 count) private pure returns (address[] memory list) {
        list = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = address(uint160(1 + i));
        }
    }

    function _expectOutOfBounds(uint256 count, uint8 threshold) private {
        vm.expectRevert(abi.encodeWithSelector(Quorums.QuorumOutOfBounds.selector, threshold, count));
        vm.prank(address(c.gpuckTimelock));
        c.greenRewards.setRecomputers(_accounts(count), threshold);
    }

    function _expectInvalidMember(address[] memory accounts, address member) private {
        vm.expectRevert(abi.encodeWithSelector(Quorums.InvalidMember.selector, member));
        vm.prank(address(c.gpuckTimelock));
        c.greenRewards.setRecomputers(accounts, 2);
    }

    function _expectNotPending(uint256 epoch, IGreenRewards.RootState state) private {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotPending.selector, epoch, state));
    }

    function _expectNotDisputed(uint256 epoch, IGreenRewards.RootState state) private {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotDisputed.selector, epoch, state));
    }

    function _assertState(uint256 epoch, IGreenRewards.RootState expected, string memory what) private view {
        vm.assertEq(uint256(c.greenRewards.root(epoch).state), uint256(expected), what);
    }

    function _assertLatest(uint256 expected) private view {
        (uint256 epoch, bool exists) = c.greenRewards.latestEpoch();
        vm.assertTrue(exists, "a root stands");
        vm.assertEq(epoch, expected, "latest");
    }
}
