// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {vm} from "../../script/Vm.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Base} from "../Base.t.sol";

/// @title A proposal, two nodes with stakers, and everyone's wallet delegated to themselves
abstract contract VotingFixture is Base {
    struct Proposal {
        uint256 id;
        address[] targets;
        uint256[] values;
        bytes[] calls;
        string description;
    }

    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;
    uint8 internal constant ABSTAIN = 2;

    uint48 internal nodeId;
    uint48 internal otherNodeId;

    /// @dev Node 1: 1 million of `operator`, 2 of `staker`. Node 2: 3 million of `otherStaker`, 1 of `staker`.
    function setUp() public virtual override {
        super.setUp();
        address[4] memory voters = [holder, operator, staker, otherStaker];
        for (uint256 i = 0; i < voters.length; ++i) {
            vm.prank(voters[i]);
            c.gpuck.delegate(voters[i]);
        }
        nodeId = _activeNode(1_000_000 ether, 0);
        otherNodeId = _register(otherStaker, EnergySource.Wind, 0);
        _stake(otherStaker, otherNodeId, 3_000_000 ether);
        c.nodeRegistry.activate(otherNodeId);
        _stake(staker, nodeId, 2_000_000 ether);
        _stake(staker, otherNodeId, 1_000_000 ether);
        vm.warp(START + 1);
    }

    /// @dev Proposes, as `proposer`, a call of the timelock.
    function _propose(address proposer, address target, bytes memory data) internal returns (Proposal memory p) {
        p.targets = new address[](1);
        p.values = new uint256[](1);
        p.calls = new bytes[](1);
        p.targets[0] = target;
        p.calls[0] = data;
        p.description = "A proposal";
        vm.prank(proposer);
        p.id = c.gpuckGovernor.propose(p.targets, p.values, p.calls, p.description);
    }

    /// @dev A proposal that changes nothing, open to votes.
    function _openProposal() internal returns (Proposal memory p) {
        p = _propose(holder, address(c.gpuck), abi.encodeCall(c.gpuck.delegate, (address(0))));
        vm.warp(c.gpuckGovernor.proposalSnapshot(p.id) + 1);
    }

    function _vote(address voter, uint256 proposalId, uint8 support) internal returns (uint256 weight) {
        vm.prank(voter);
        return c.gpuckGovernor.castVote(proposalId, support);
    }

    function _voteWith(address voter, uint256 proposalId, uint8 support, uint48[] memory nodeIds)
        internal
        returns (uint256 weight)
    {
        vm.prank(voter);
        return c.gpuckGovernor.castVoteWithReasonAndParams(proposalId, support, "", abi.encode(nodeIds));
    }

    function _queue(Proposal memory p) internal {
        c.gpuckGovernor.queue(p.targets, p.values, p.calls, keccak256(bytes(p.description)));
    }

    function _execute(Proposal memory p) internal {
        c.gpuckGovernor.execute(p.targets, p.values, p.calls, keccak256(bytes(p.description)));
    }

    /// @dev Votes a proposal through, up to its execution.
    function _enact(Proposal memory p) internal {
        _enactable(p);
        _execute(p);
    }

    /// @dev As `_enact`, but one step before.
    function _enactable(Proposal memory p) internal {
        vm.warp(c.gpuckGovernor.proposalSnapshot(p.id) + 1);
        _vote(holder, p.id, FOR);
        vm.warp(c.gpuckGovernor.proposalDeadline(p.id) + 1);
        _queue(p);
        vm.warp(c.gpuckGovernor.proposalEta(p.id));
    }

    function _nodes(uint48 one) internal pure returns (uint48[] memory list) {
        list = new uint48[](1);
        list[0] = one;
    }

    function _nodes(uint48 one, uint48 two) internal pure returns (uint48[] memory list) {
        list = new uint48[](2);
        (list[0], list[1]) = (one, two);
    }

    function _assertVotes(uint256 proposalId, uint256 against, uint256 inFavour, uint256 abstain) internal view {
        (uint256 a, uint256 f, uint256 n) = c.gpuckGovernor.proposalVotes(proposalId);
        vm.assertEq(a, against, "against");
        vm.assertEq(f, inFavour, "for");
        vm.assertEq(n, abstain, "abstain");
    }

    function _assertState(uint256 proposalId, IGovernor.ProposalState expected) internal view {
        vm.assertEq(uint256(c.gpuckGovernor.state(proposalId)), uint256(expected), "state");
    }
}
