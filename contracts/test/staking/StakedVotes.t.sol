// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {History, Moment} from "../../src/staking/History.sol";
import {StakingFixture} from "./StakingFixture.sol";

contract StakedVotesTest is StakingFixture {
    using History for mapping(uint256 => Moment);
    using History for Moment;

    mapping(uint256 index => Moment) private moments;

    function test_votes_areThoseOfTheEndOfAPastSecond() public {
        vm.assertEq(address(c.stakedVotes.vault()), address(c.stakeVault), "vault");
        uint256 shares = _stake(staker, nodeId, 10 ether);
        vm.warp(START + 10);
        _stake(staker, nodeId, 5 ether);
        _stake(otherStaker, nodeId, 3 ether);
        vm.warp(START + 20);
        _unbond(staker, shares);
        vm.warp(START + 30);
        _slashBps(nodeId, 5_000);
        vm.warp(START + 40);
        _reward(nodeId, 4 ether);
        vm.warp(START + 50);

        _expectVotes(START - 1, 0, 0, 0);
        _expectVotes(START, 10 ether, 10 ether, 0);
        _expectVotes(START + 9, 10 ether, 10 ether, 0);
        _expectVotes(START + 10, 18 ether, 15 ether, 3 ether);
        _expectVotes(START + 19, 18 ether, 15 ether, 3 ether);
        _expectVotes(START + 20, 8 ether, 5 ether, 3 ether);
        _expectVotes(START + 30, 4 ether, 2.5 ether, 1.5 ether);
        _expectVotes(START + 39, 4 ether, 2.5 ether, 1.5 ether);
        _expectVotes(START + 40, 8 ether, 5 ether, 3 ether);
        _expectVotes(START + 49, 8 ether, 5 ether, 3 ether);
        (uint256 assets, uint256 all) = c.stakeVault.pastPool(nodeId, START + 10);
        vm.assertEq(assets, 18 ether, "pool");
        vm.assertEq(all, 18e24, "its shares");
        vm.assertEq(c.stakeVault.pastSharesOf(nodeId, staker, START + 10), 15e24, "holding");
    }

    function test_votes_ofThePresentSecondAreRefused() public {
        _stake(staker, nodeId, 10 ether);
        bytes memory refusal = abi.encodeWithSelector(IStakeVault.NotPast.selector, START);
        vm.expectRevert(refusal);
        c.stakedVotes.nodeVotes(nodeId, START);
        vm.expectRevert(refusal);
        c.stakedVotes.votesOf(nodeId, staker, START);
        vm.expectRevert(refusal);
        c.stakeVault.pastPool(nodeId, START);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotPast.selector, START + 1));
        c.stakeVault.pastSharesOf(nodeId, staker, START + 1);
    }

    /// @dev F5: what enters and leaves within one second never had a vote.
    function test_votes_ofASingleSecondCountForNothing() public {
        uint256 shares = _stake(staker, nodeId, 1_000_000 ether);
        _unbond(staker, shares);
        vm.warp(START + 1);
        _expectVotes(START, 0, 0, 0);
    }

    function test_votes_endWithTheGenerationTheyBelongTo() public {
        _stake(staker, nodeId, 10 ether);
        vm.warp(START + 10);
        _slashBps(nodeId, 10_000);
        _stake(otherStaker, nodeId, 7 ether);
        vm.warp(START + 20);
        _stake(staker, nodeId, 1 ether);
        vm.warp(START + 30);
        _expectVotes(START + 9, 10 ether, 10 ether, 0);
        _expectVotes(START + 10, 7 ether, 0, 7 ether);
        _expectVotes(START + 19, 7 ether, 0, 7 ether);
        _expectVotes(START + 20, 8 ether, 1 ether, 7 ether);
    }

    function test_votes_moveWithRedelegatedStake() public {
        uint256 shares = _stake(staker, nodeId, 10 ether);
        vm.warp(START + 10);
        uint256 id = _redelegate(staker, shares);
        vm.warp(START + 20);
        vm.assertEq(c.stakedVotes.votesOf(nodeId, staker, START + 9), 10 ether, "before");
        vm.assertEq(c.stakedVotes.votesOf(nodeId, staker, START + 10), 0, "gone here");
        vm.assertEq(c.stakedVotes.votesOf(otherNode, staker, START + 10), 10 ether, "there, though locked");
        vm.warp(START + 10 + UNBONDING);
        c.stakeVault.settleRedelegation(id);
        vm.warp(block.timestamp + 1);
        vm.assertEq(c.stakedVotes.votesOf(otherNode, staker, block.timestamp - 1), 10 ether, "and after");
    }

    /// @dev The votes of a node's stakers are never more than the node's, and what was counted once never changes.
    function testFuzz_votes_neverExceedTheNodesAndNeverChange(uint256[12] calldata seeds) public {
        uint256[3][12] memory seen;
        for (uint256 i = 0; i < seeds.length; ++i) {
            _act(seeds[i]);
            vm.warp(block.timestamp + 1 + seeds[i] % 3);
            seen[i] = _votes(block.timestamp - 1);
            vm.assertLe(seen[i][1] + seen[i][2], seen[i][0], "stakers over node");
            vm.assertEq(seen[i][0], c.stakeVault.activeStake(nodeId), "the last second is the present");
        }
        uint256 time = START - 1;
        for (uint256 i = 0; i < seeds.length; ++i) {
            time += 1 + seeds[i] % 3;
            vm.assertEq(
                keccak256(abi.encode(_votes(time))), keccak256(abi.encode(seen[i])), "history changed afterwards"
            );
        }
    }

    function testFuzz_history_findsTheFirstLaterMoment(uint256 length, uint256 gaps, uint256 time) public {
        length = bound(length, 0, 40);
        uint40 last = 1_000;
        for (uint256 i = 0; i < length; ++i) {
            last += uint40(1 + uint256(keccak256(abi.encode(gaps, i))) % 5);
            moments[i] = Moment(last, uint96(i), uint112(i), uint8(i));
        }
        time = bound(time, 999, last + 2);
        uint256 expected = 0;
        while (expected < length && moments[expected].time <= time) {
            ++expected;
        }
        vm.assertEq(moments.firstAfter(length, time), expected, "index");
    }

    function testFuzz_history_savesEveryField(uint40 time, uint96 assets, uint112 shares, uint8 generation) public {
        moments[0].save(Moment(time, assets, shares, generation));
        Moment memory back = moments[0];
        vm.assertEq(back.time, time, "time");
        vm.assertEq(back.assets, assets, "assets");
        vm.assertEq(back.shares, shares, "shares");
        vm.assertEq(back.generation, generation, "generation");
    }

    function _act(uint256 seed) private {
        uint256 kind = seed % 5;
        address account = seed % 2 == 0 ? staker : otherStaker;
        // A pool slashed close to nothing has no room for a large stake: ShareMaths tests that it says so.
        uint256 room = c.stakeVault.toAssets(nodeId, type(uint112).max - c.stakeVault.totalShares(nodeId));
        if (room > 1_000_000 ether) room = 1_000_000 ether;
        if (kind < 2 && room >= 1 ether) _stake(account, nodeId, bound(seed >> 8, 1 ether, room));
        if (kind == 2) _reward(nodeId, bound(seed >> 8, 1, 1_000 ether));
        if (kind == 3) _slashBps(nodeId, bound(seed >> 8, 1, 10_000));
        uint256 held = c.stakeVault.sharesOf(nodeId, account);
        if (kind == 4 && held > 0) _unbond(account, bound(seed >> 8, 1, held));
    }

    function _votes(uint256 time) private view returns (uint256[3] memory) {
        return [
            c.stakedVotes.nodeVotes(nodeId, time),
            c.stakedVotes.votesOf(nodeId, staker, time),
            c.stakedVotes.votesOf(nodeId, otherStaker, time)
        ];
    }

    function _expectVotes(uint256 time, uint256 node, uint256 first, uint256 second) private view {
        uint256[3] memory votes = _votes(time);
        vm.assertEq(votes[0], node, "node");
        _near(votes[1], first, "staker");
        _near(votes[2], second, "other staker");
    }
}
