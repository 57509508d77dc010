// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {INodeRegistry, NodeStatus} from "../staking/INodeRegistry.sol";
import {StakedVotes} from "../staking/StakedVotes.sol";
import {IStakedCounting} from "./IStakedCounting.sol";

/// @title StakedCounting
abstract contract StakedCounting is IStakedCounting, GovernorVotes {
    /// @param cast the operator's choice + 1, once it voted with the node's stake; 0 before.
    struct NodeVote {
        uint8 cast;
        uint240 overridden;
    }

    struct Tally {
        uint256[3] votes;
        mapping(address voter => bool) hasVoted;
        mapping(uint48 nodeId => NodeVote) ofNode;
    }

    StakedVotes public immutable stakedVotes;
    INodeRegistry public immutable registry;

    mapping(uint256 proposalId => Tally) private _tallies;

    constructor(StakedVotes stakedVotes_, INodeRegistry registry_) {
        stakedVotes = stakedVotes_;
        registry = registry_;
    }

    /// @inheritdoc IGovernor
    function COUNTING_MODE() public pure override returns (string memory) {
        return "support=bravo&quorum=for,abstain&params=nodes";
    }

    /// @inheritdoc IGovernor
    function hasVoted(uint256 proposalId, address account) public view override returns (bool) {
        return _tallies[proposalId].hasVoted[account];
    }

    /// @inheritdoc IStakedCounting
    function proposalVotes(uint256 proposalId)
        public
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        uint256[3] storage votes = _tallies[proposalId].votes;
        return (votes[0], votes[1], votes[2]);
    }

    /// @inheritdoc IStakedCounting
    function overriddenVotes(uint256 proposalId, uint48 nodeId) external view returns (uint256) {
        return _tallies[proposalId].ofNode[nodeId].overridden;
    }

    function _quorumReached(uint256 proposalId) internal view override returns (bool) {
        (, uint256 forVotes, uint256 abstainVotes) = proposalVotes(proposalId);
        return forVotes + abstainVotes >= quorum(proposalSnapshot(proposalId));
    }

    function _voteSucceeded(uint256 proposalId) internal view override returns (bool) {
        (uint256 againstVotes, uint256 forVotes,) = proposalVotes(proposalId);
        return forVotes > againstVotes;
    }

    /// @dev Everything the account can vote with, overrides of its own node's stakers not yet deducted.
    function _getVotes(address account, uint256 timepoint, bytes memory params)
        internal
        view
        virtual
        override
        returns (uint256 votes)
    {
        votes = super._getVotes(account, timepoint, params);
        uint48 ownNode = registry.nodeOf(account);
        if (_votesForNode(ownNode)) votes += stakedVotes.nodeVotes(ownNode, timepoint);
        uint48[] memory nodeIds = _nodes(params);
        for (uint256 i = 0; i < nodeIds.length; ++i) {
            // Ids start at 1.
            if (nodeIds[i] == ownNode || nodeIds[i] <= (i == 0 ? 0 : nodeIds[i - 1])) {
                revert InvalidNodeList(i, nodeIds[i]);
            }
            votes += stakedVotes.votesOf(nodeIds[i], account, timepoint);
        }
    }

    /// @param weight of `_getVotes`, which has checked `params`.
    function _countVote(uint256 proposalId, address account, uint8 support, uint256 weight, bytes memory params)
        internal
        override
        returns (uint256)
    {
        if (support > uint8(VoteType.Abstain)) revert GovernorInvalidVoteType();
        Tally storage tally = _tallies[proposalId];
        if (tally.hasVoted[account]) revert GovernorAlreadyCastVote(account);
        tally.hasVoted[account] = true;

        uint48 ownNode = registry.nodeOf(account);
        if (_votesForNode(ownNode)) {
            NodeVote storage own = tally.ofNode[ownNode];
            own.cast = support + 1;
            weight -= own.overridden;
        }
        uint48[] memory nodeIds = _nodes(params);
        for (uint256 i = 0; i < nodeIds.length; ++i) {
            _override(proposalId, nodeIds[i], account);
        }
        tally.votes[support] += weight;
        return weight;
    }

    function _override(uint256 proposalId, uint48 nodeId, address account) private {
        uint256 weight = stakedVotes.votesOf(nodeId, account, proposalSnapshot(proposalId));
        Tally storage tally = _tallies[proposalId];
        NodeVote storage node = tally.ofNode[nodeId];
        node.overridden += SafeCast.toUint240(weight);
        if (node.cast != 0) tally.votes[node.cast - 1] -= weight;
        emit VoteOverridden(proposalId, nodeId, account, weight);
    }

    function _votesForNode(uint48 nodeId) private view returns (bool) {
        return nodeId != 0 && registry.statusOf(nodeId) != NodeStatus.Tombstoned;
    }

    function _nodes(bytes memory params) private pure returns (uint48[] memory) {
        return params.length == 0 ? new uint48[](0) : abi.decode(params, (uint48[]));
    }
}
