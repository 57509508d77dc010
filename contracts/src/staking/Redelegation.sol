// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IStakeVault} from "./IStakeVault.sol";
import {Unbonding} from "./Unbonding.sol";

/// @title Stake that changes its node and still answers for the old one
/// @notice Each node has a magnitude, 1e18 at first, that every slash multiplies by what it left. A redelegation notes
/// the magnitude at its start; what the magnitude has fallen by since is the fraction it owes.
abstract contract Redelegation is Unbonding {
    using SafeCast for uint256;

    /// @notice What a node's slashes mean for stake that left it, one slot.
    /// @param redelegated wei moved away that still answer.
    struct Liability {
        uint96 redelegated;
        uint64 magnitude;
    }

    uint64 internal constant FULL_MAGNITUDE = 1e18;
    /// @notice Below this magnitude no stake is redelegated away: rounding stays under a billionth.
    uint256 public constant MAGNITUDE_MIN = 1e9;

    /// @notice Redelegations so far; ids run from 1.
    uint256 public redelegationCount;

    mapping(uint48 nodeId => Liability) internal _liabilities;
    mapping(uint256 redelegationId => RedelegatedStake) private _redelegations;

    /// @inheritdoc IStakeVault
    function redelegate(uint48 fromNode, uint48 toNode, uint256 shares, uint256 minimumShares)
        external
        returns (uint256 redelegationId)
    {
        if (shares == 0) revert ZeroAmount();
        if (fromNode == toNode) revert SameNode(toNode);
        if (_unbonding[fromNode].freezes > 0) revert FrozenStake(fromNode);
        uint256 present = magnitude(fromNode);
        if (present < MAGNITUDE_MIN) revert MagnitudeSpent(fromNode, present);
        uint256 assets = _leave(fromNode, msg.sender, shares);
        uint256 bought = _join(toNode, msg.sender, assets, true);
        if (bought == 0 || bought < minimumShares) revert TooFewShares(bought, minimumShares);
        _liabilities[fromNode].redelegated = (_liabilities[fromNode].redelegated + assets).toUint96();

        redelegationId = ++redelegationCount;
        uint40 until = (block.timestamp + terms.unbondingSeconds()).toUint40();
        _redelegations[redelegationId] = RedelegatedStake({
            owner: msg.sender,
            fromNode: fromNode,
            toNode: toNode,
            shares: bought.toUint112(),
            magnitude: present.toUint64(),
            until: until,
            generation: _active[toNode].generation,
            assets: assets.toUint96()
        });
        emit Redelegated(redelegationId, fromNode, toNode, msg.sender, assets, bought, until);
    }

    /// @inheritdoc IStakeVault
    function settleRedelegation(uint256 redelegationId) external returns (uint256 burned) {
        RedelegatedStake memory entry = _redelegations[redelegationId];
        if (entry.owner == address(0)) revert UnknownRedelegation(redelegationId);
        uint256 present = magnitude(entry.fromNode);
        bool isVoid = entry.generation != _active[entry.toNode].generation;
        uint256 slashed =
            isVoid ? entry.shares : Math.ceilDiv(entry.shares * (entry.magnitude - present), entry.magnitude);
        bool isDue = block.timestamp >= entry.until && _unbonding[entry.fromNode].freezes == 0;
        bool released = isDue || slashed == entry.shares;
        if (!released && present == entry.magnitude) revert NothingToSettle(redelegationId, entry.until);

        // Rounded down, so that all that is ever taken off the node's sum was once in it.
        uint256 assets = entry.assets * present / entry.magnitude;
        uint256 left = entry.shares - slashed;
        if (released) {
            _liabilities[entry.fromNode].redelegated -= assets.toUint96();
            delete _redelegations[redelegationId];
        } else {
            _redelegations[redelegationId].shares = left.toUint112();
            _redelegations[redelegationId].magnitude = present.toUint64();
            _redelegations[redelegationId].assets = assets.toUint96();
        }
        if (!isVoid) burned = _unlock(entry.toNode, entry.owner, slashed, released ? left : 0);
        emit RedelegationSettled(redelegationId, slashed, burned, released);
        if (burned > 0) token.burn(burned, "redelegated slash");
    }

    /// @inheritdoc IStakeVault
    function redelegation(uint256 redelegationId) external view returns (RedelegatedStake memory) {
        return _redelegations[redelegationId];
    }

    /// @inheritdoc IStakeVault
    function redelegatedStake(uint48 nodeId) external view returns (uint256) {
        return _liabilities[nodeId].redelegated;
    }

    /// @inheritdoc IStakeVault
    function magnitude(uint48 nodeId) public view returns (uint256) {
        return _liabilities[nodeId].magnitude;
    }
}
