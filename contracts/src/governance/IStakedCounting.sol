// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title How staked GPUCK votes
/// @notice The weight of a vote is what its voter had at the proposal's snapshot:
/// 1. votes that its wallet holds or was delegated;
/// 2. for the operator of a node, the node's active stake, less what stakers of the node took out by voting themselves;
///    nothing once the node is tombstoned;
/// 3. for a staker that names nodes, its own stake with each of them, taken out of the operator's vote, whether the
///    operator votes later or has voted before.
/// A wei is in a wallet or in one node's pool, and counts once: all weights together never exceed the supply.
/// @dev Nodes are named in `params` of `castVoteWithReasonAndParams`: `abi.encode(uint48[] nodeIds)`, in strictly
/// increasing order and without the voter's own. Empty `params` name none.
interface IStakedCounting {
    /// @dev As in OpenZeppelin's Governor.
    enum VoteType {
        Against,
        For,
        Abstain
    }

    /// @notice A staker took its own votes out of its operator's.
    event VoteOverridden(uint256 indexed proposalId, uint48 indexed nodeId, address indexed voter, uint256 weight);

    /// @notice The named nodes are not in strictly increasing order, or the voter's own is among them.
    error InvalidNodeList(uint256 index, uint48 nodeId);

    function proposalVotes(uint256 proposalId)
        external
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);

    /// @notice Votes that stakers of the node took out of its operator's so far.
    function overriddenVotes(uint256 proposalId, uint48 nodeId) external view returns (uint256);
}
