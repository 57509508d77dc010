// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEmission} from "./IEmission.sol";
import {IGpuck} from "./IGpuck.sol";

/// @title Emission
contract Emission is IEmission {
    /// @notice The schedule could lift the supply over the token's cap.
    error ScheduleOverCap(uint256 genesisSupply, uint256 emittedAtMost, uint256 cap);
    error InvalidSchedule();

    IGpuck public immutable token;
    /// @notice The reward contract: every epoch's budget goes there.
    address public immutable recipient;
    /// @inheritdoc IEmission
    uint256 public immutable genesis;
    /// @inheritdoc IEmission
    uint256 public immutable epochSeconds;
    /// @notice Epochs between two falls of the budget.
    uint256 public immutable epochsPerStep;
    /// @notice Wei that epoch 0 emits.
    uint256 public immutable initialBudget;

    /// @inheritdoc IEmission
    mapping(uint256 epoch => bool) public isMinted;

    constructor(
        IGpuck token_,
        address recipient_,
        uint256 epochSeconds_,
        uint256 epochsPerStep_,
        uint256 initialBudget_
    ) {
        if (epochSeconds_ == 0 || epochsPerStep_ == 0) revert InvalidSchedule();
        // 1 + 0.9 + 0.9² + … = 10: the sum over all time. A schedule that fits never meets the cap.
        uint256 emittedAtMost = 10 * epochsPerStep_ * initialBudget_;
        uint256 supply = token_.totalSupply();
        if (supply + emittedAtMost > token_.cap()) revert ScheduleOverCap(supply, emittedAtMost, token_.cap());
        token = token_;
        recipient = recipient_;
        genesis = block.timestamp;
        epochSeconds = epochSeconds_;
        epochsPerStep = epochsPerStep_;
        initialBudget = initialBudget_;
    }

    /// @inheritdoc IEmission
    function mintEpoch(uint256 epoch) external returns (uint256 amount) {
        if (epoch >= currentEpoch()) revert EpochNotEnded(epoch, startOf(epoch + 1));
        if (isMinted[epoch]) revert EpochAlreadyMinted(epoch);
        isMinted[epoch] = true;
        amount = budget(epoch);
        token.mint(recipient, amount);
        emit EpochMinted(epoch, amount);
    }

    /// @inheritdoc IEmission
    function budget(uint256 epoch) public view returns (uint256 amount) {
        amount = initialBudget;
        for (uint256 step = epoch / epochsPerStep; step > 0 && amount > 0; --step) {
            amount = amount * 9 / 10;
        }
    }

    /// @inheritdoc IEmission
    function currentEpoch() public view returns (uint256) {
        return (block.timestamp - genesis) / epochSeconds;
    }

    /// @inheritdoc IEmission
    function startOf(uint256 epoch) public view returns (uint256) {
        return genesis + epoch * epochSeconds;
    }
}
