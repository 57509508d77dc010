// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title The timelock: treasury, and curator of emission factors
/// @notice Runs what the governor queued, after a delay, for anyone who asks. It has no admin: even its own delay
/// changes only through a proposal.
contract GpuckTimelock is TimelockController {
    constructor(uint256 delaySeconds, address governor)
        TimelockController(delaySeconds, _only(governor), _only(address(0)), address(0))
    {}

    function _only(address account) private pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }
}
