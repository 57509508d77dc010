// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IStakeVault} from "./IStakeVault.sol";
import {StakePools} from "./StakePool.sol";

/// @title Voting power of staked GPUCK
/// @notice One wei in an active pool is one vote, at the end of any past second. Unbonding stake has none. The votes of
/// a node's stakers never add up to more than the node's.
contract StakedVotes {
    IStakeVault public immutable vault;

    constructor(IStakeVault vault_) {
        vault = vault_;
    }

    /// @notice Votes of all active stake of a node at the end of second `timestamp`, which must be past.
    function nodeVotes(uint48 nodeId, uint256 timestamp) external view returns (uint256 votes) {
        (votes,) = vault.pastPool(nodeId, timestamp);
    }

    /// @notice Votes of one account's active stake with a node at the end of second `timestamp`, which must be past.
    function votesOf(uint48 nodeId, address account, uint256 timestamp) external view returns (uint256) {
        (uint256 assets, uint256 shares) = vault.pastPool(nodeId, timestamp);
        return StakePools.toAssets(vault.pastSharesOf(nodeId, account, timestamp), assets, shares);
    }
}
