// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {TermBounds} from "./TermBounds.sol";

/// @title The timelock: treasury, and the one account that governance acts through
/// @notice Runs what the governor queued, after a delay, for anyone who asks. Only the governor schedules and cancels.
/// It has no admin: even its own delay changes only through a proposal, and stays within hard bounds.
contract GpuckTimelock is TimelockController {
    uint256 private constant DELAY_SECONDS_MIN = 1 days;
    uint256 private constant DELAY_SECONDS_MAX = 30 days;

    error DelayOutOfBounds(uint256 delaySeconds, uint256 minimum, uint256 maximum);

    constructor(uint256 delaySeconds, address governor)
        TimelockController(delaySeconds, _only(governor), _only(address(0)), address(0))
    {
        _requireBounded(delaySeconds);
    }

    /// @inheritdoc TimelockController
    function updateDelay(uint256 delaySeconds) public override {
        super.updateDelay(delaySeconds);
        _requireBounded(delaySeconds);
    }

    function _requireBounded(uint256 delaySeconds) private view {
        uint256 minimum = TermBounds.floor(DELAY_SECONDS_MIN);
        if (delaySeconds < minimum || delaySeconds > DELAY_SECONDS_MAX) {
            revert DelayOutOfBounds(delaySeconds, minimum, DELAY_SECONDS_MAX);
        }
    }

    function _only(address account) private pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }
}
