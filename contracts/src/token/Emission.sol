// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IComputeMarket} from "../compute/IComputeMarket.sol";
import {IEmission} from "./IEmission.sol";
import {IGpuck} from "./IGpuck.sol";

/// @title Emission
contract Emission is IEmission {
    IGpuck public immutable token;
    /// @notice Where fees burn.
    IComputeMarket public immutable market;
    /// @notice The reward contract: every epoch's emission goes there.
    address public immutable recipient;
    /// @inheritdoc IEmission
    uint256 public immutable genesis;
    /// @inheritdoc IEmission
    uint256 public immutable epochSeconds;
    /// @notice Epochs between two falls of the budget.
    uint256 public immutable epochsPerStep;
    /// @notice Budget of epoch 0, in wei.
    uint256 public immutable initialBudget;

    /// @inheritdoc IEmission
    uint256 public nextEpoch;
    /// @inheritdoc IEmission
    uint256 public burnedCounted;

    constructor(
        IGpuck token_,
        IComputeMarket market_,
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
        market = market_;
        recipient = recipient_;
        genesis = block.timestamp;
        epochSeconds = epochSeconds_;
        epochsPerStep = epochsPerStep_;
        initialBudget = initialBudget_;
    }

    /// @inheritdoc IEmission
    function mintEpoch(uint256 epoch) external returns (uint256 amount) {
        if (epoch >= currentEpoch()) revert EpochNotEnded(epoch, startOf(epoch + 1));
        if (epoch < nextEpoch) revert EpochAlreadyMinted(epoch);
        if (epoch > nextEpoch) revert EpochOutOfOrder(epoch, nextEpoch);
        amount = mintable(epoch);
        uint256 burned = _uncounted();
        nextEpoch = epoch + 1;
        burnedCounted += burned;
        emit EpochMinted(epoch, amount, budget(epoch), burned);
        token.mint(recipient, amount);
    }

    /// @inheritdoc IEmission
    function mintable(uint256 epoch) public view returns (uint256) {
        return Math.min(budget(epoch), _uncounted() * 9 / 10);
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

    /// @inheritdoc IEmission
    function isMinted(uint256 epoch) external view returns (bool) {
        return epoch < nextEpoch;
    }

    function _uncounted() private view returns (uint256) {
        return market.feesBurned() - burnedCounted;
    }
}
