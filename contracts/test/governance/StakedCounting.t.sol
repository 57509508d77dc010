// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {vm} from "../../script/Vm.sol";
import {IStakedCounting} from "../../src/governance/IStakedCounting.sol";
import {VotingFixture} from "./VotingFixture.sol";

/// @title Who votes with which stake
/// @dev Wallets: operator 9 million, staker 7, otherStaker 7. Nodes: 3 million and 4, of which staker's 2 and 1. A
/// staker's part is rounded down against a million virtual shares: `_stakedWei` says to what.
contract StakedCountingTest is VotingFixture {
    Proposal internal proposal;

    function setUp() public override {
        super.setUp();
        proposal = _openProposal();
    }

    function test_operator_votesWithItsWalletAndItsNode() public {
        vm.assertEq(_vote(operator, proposal.id, FOR), 12_000_000 ether, "9 + 3 million");
        _assertVotes(proposal.id, 0, 12_000_000 ether, 0);
        vm.assertTrue(c.gpuckGovernor.hasVoted(proposal.id, operator), "hasVoted");
        vm.assertFalse(c.gpuckGovernor.hasVoted(proposal.id, staker), "not the staker");
    }

    function test_staker_votesWithItsWalletAloneWhenItNamesNoNode() public {
        vm.assertEq(_vote(staker, proposal.id, ABSTAIN), 7_000_000 ether, "wallet");
        _assertVotes(proposal.id, 0, 0, 7_000_000 ether);
        vm.assertEq(c.gpuckGovernor.overriddenVotes(proposal.id, nodeId), 0, "nothing taken out");
    }

    function test_override_beforeTheOperatorVotes() public {
        uint256 own = _stakedWei(nodeId);
        vm.expectEmit(address(c.gpuckGovernor));
        emit IStakedCounting.VoteOverridden(proposal.id, nodeId, staker, own);
        vm.assertEq(_voteWith(staker, proposal.id, AGAINST, _nodes(nodeId)), 7_000_000 ether + own, "wallet and stake");
        vm.assertEq(c.gpuckGovernor.overriddenVotes(proposal.id, nodeId), own, "taken out");
        vm.assertEq(_vote(operator, proposal.id, FOR), 12_000_000 ether - own, "the rest of the node");
        _assertVotes(proposal.id, 7_000_000 ether + own, 12_000_000 ether - own, 0);
    }

    function test_override_afterTheOperatorVoted() public {
        uint256 own = _stakedWei(nodeId);
        _vote(operator, proposal.id, FOR);
        vm.expectEmit(address(c.gpuckGovernor));
        emit IStakedCounting.VoteOverridden(proposal.id, nodeId, staker, own);
        _voteWith(staker, proposal.id, AGAINST, _nodes(nodeId));
        _assertVotes(proposal.id, 7_000_000 ether + own, 12_000_000 ether - own, 0);
    }

    function test_override_ofSeveralNodesOneVotedOneNot() public {
        (uint256 first, uint256 second) = (_stakedWei(nodeId), _stakedWei(otherNodeId));
        _vote(otherStaker, proposal.id, ABSTAIN);
        uint256 weight = _voteWith(staker, proposal.id, FOR, _nodes(nodeId, otherNodeId));
        vm.assertEq(weight, 7_000_000 ether + first + second, "wallet and both stakes");
        _assertVotes(proposal.id, 0, weight, 11_000_000 ether - second);
        _vote(operator, proposal.id, AGAINST);
        _assertVotes(proposal.id, 12_000_000 ether - first, weight, 11_000_000 ether - second);
    }

    /// @dev The staker's choice may be the operator's own: nothing is lost, nothing is counted twice.
    function test_override_inFavourOfTheSameSide() public {
        _vote(operator, proposal.id, FOR);
        _voteWith(staker, proposal.id, FOR, _nodes(nodeId));
        _assertVotes(proposal.id, 0, 19_000_000 ether, 0);
    }

    function test_override_byOneWithoutStakeThereChangesNothing() public {
        _vote(operator, proposal.id, FOR);
        vm.assertEq(_voteWith(holder, proposal.id, AGAINST, _nodes(nodeId)), 550_000_000 ether, "its wallet");
        _assertVotes(proposal.id, 550_000_000 ether, 12_000_000 ether, 0);
    }

    function test_nodes_mustRiseAndBeOthers() public {
        _expectInvalid(staker, _nodes(otherNodeId, nodeId), 1, nodeId);
        _expectInvalid(staker, _nodes(nodeId, nodeId), 1, nodeId);
        _expectInvalid(staker, _nodes(0), 0, 0);
        _expectInvalid(operator, _nodes(nodeId), 0, nodeId);
        _expectInvalid(otherStaker, _nodes(nodeId, otherNodeId), 1, otherNodeId);
    }

    function test_tombstoned_nodeHasNoVoteButItsStakersHave() public {
        vm.prank(address(c.microcellCourt));
        c.nodeRegistry.tombstone(nodeId);
        vm.assertEq(_vote(operator, proposal.id, FOR), 9_000_000 ether, "its wallet");
        uint256 own = _stakedWei(nodeId);
        _voteWith(staker, proposal.id, AGAINST, _nodes(nodeId));
        _assertVotes(proposal.id, 7_000_000 ether + own, 9_000_000 ether, 0);
    }

    function test_tombstoned_afterItsVote_isStillOverridden() public {
        _vote(operator, proposal.id, FOR);
        vm.prank(address(c.microcellCourt));
        c.nodeRegistry.tombstone(nodeId);
        uint256 own = _stakedWei(nodeId);
        _voteWith(staker, proposal.id, AGAINST, _nodes(nodeId));
        _assertVotes(proposal.id, 7_000_000 ether + own, 12_000_000 ether - own, 0);
    }

    function test_vote_countsOnce() public {
        _voteWith(staker, proposal.id, FOR, _nodes(nodeId));
        bytes memory twice = abi.encodeWithSelector(IGovernor.GovernorAlreadyCastVote.selector, staker);
        vm.expectRevert(twice);
        _vote(staker, proposal.id, FOR);
        vm.expectRevert(twice);
        _voteWith(staker, proposal.id, AGAINST, _nodes(otherNodeId));
    }

    function test_vote_knowsThreeChoices() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidVoteType.selector));
        _vote(staker, proposal.id, 3);
        string memory mode = c.gpuckGovernor.COUNTING_MODE();
        vm.assertEq(mode, "support=bravo&quorum=for,abstain&params=nodes", "what is counted");
    }

    /// @dev I6, F5. Stake of the snapshot's own second counts as the second ended; a second later is too late.
    function test_vote_knowsTheStakeOfTheSnapshotOnly() public {
        Proposal memory p = _propose(holder, address(c.gpuck), abi.encodeCall(c.gpuck.delegate, (address(1))));
        uint256 snapshot = c.gpuckGovernor.proposalSnapshot(p.id);
        vm.warp(snapshot);
        _stake(verifier, nodeId, 5_000_000 ether);
        vm.warp(snapshot + 1);
        _stake(verifier, nodeId, 4_000_000 ether);
        vm.assertEq(_vote(operator, p.id, FOR), 17_000_000 ether, "9 + 3 + 5 million");
        vm.assertLe(_voteWith(verifier, p.id, FOR, _nodes(nodeId)), 5_000_000 ether, "no wallet, 5 staked");
    }

    function test_getVotes_isWalletAndNode() public view {
        vm.assertEq(c.gpuckGovernor.getVotes(operator, START), 12_000_000 ether, "operator");
        vm.assertEq(c.gpuckGovernor.getVotes(staker, START), 7_000_000 ether, "staker");
        vm.assertEq(
            c.gpuckGovernor.getVotesWithParams(staker, START, abi.encode(_nodes(nodeId, otherNodeId))),
            7_000_000 ether + _stakedWei(nodeId) + _stakedWei(otherNodeId),
            "staker, naming its nodes"
        );
    }

    /// forge-config: default.fuzz.runs = 64
    /// @dev I6. Any stakes, any order, any choice, overriding or not: never more weight than supply.
    function testFuzz_weights_neverExceedTheSupply(
        uint256[4] memory stakes,
        uint256[4] memory choices,
        uint256 order,
        bool tombstone
    ) public {
        address[5] memory voters = [operator, otherStaker, staker, verifier, holder];
        for (uint256 i = 0; i < 4; ++i) {
            uint256 purse = c.gpuck.balanceOf(voters[1 + i % 3]);
            uint48 where = i % 2 == 0 ? nodeId : otherNodeId;
            if (purse >= 1 ether) _stake(voters[1 + i % 3], where, bound(stakes[i], 1 ether, purse));
        }
        Proposal memory p = _propose(holder, address(c.gpuck), abi.encodeCall(c.gpuck.delegate, (address(2))));
        vm.warp(c.gpuckGovernor.proposalSnapshot(p.id) + 1);
        uint256 supply = c.gpuck.getPastTotalSupply(c.gpuckGovernor.proposalSnapshot(p.id));
        uint256 sum = 0;
        for (uint256 i = 0; i < 5; ++i) {
            if (i == 2 && tombstone) {
                vm.prank(address(c.microcellCourt));
                c.nodeRegistry.tombstone(nodeId);
            }
            address voter = voters[(i + order % 5) % 5];
            uint256 choice = choices[i % 4];
            uint48[] memory named = _named(voter, choice);
            _voteWith(voter, p.id, uint8(choice % 3), named);
            (uint256 against, uint256 inFavour, uint256 abstain) = c.gpuckGovernor.proposalVotes(p.id);
            sum = against + inFavour + abstain;
            vm.assertLe(sum, supply, "weights");
        }
        vm.assertGt(sum, 500_000_000 ether, "and they voted");
    }

    function _named(address voter, uint256 choice) private view returns (uint48[] memory) {
        uint48 own = c.nodeRegistry.nodeOf(voter);
        if (choice & 8 == 0) return new uint48[](0);
        if (own == nodeId) return _nodes(otherNodeId);
        if (own == otherNodeId) return _nodes(nodeId);
        return choice & 16 == 0 ? _nodes(nodeId, otherNodeId) : _nodes(nodeId);
    }

    /// @dev What `staker` has with the node, as the snapshot saw it.
    function _stakedWei(uint48 node) private view returns (uint256) {
        return c.stakedVotes.votesOf(node, staker, START);
    }

    function _expectInvalid(address voter, uint48[] memory nodeIds, uint256 index, uint48 which) private {
        vm.expectRevert(abi.encodeWithSelector(IStakedCounting.InvalidNodeList.selector, index, which));
        _voteWith(voter, proposal.id, FOR, nodeIds);
    }
}
