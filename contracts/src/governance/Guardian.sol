// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IGreenRewards} from "../rewards/IGreenRewards.sol";
import {IEntryPause} from "./IEntryPause.sol";
import {IGuardian} from "./IGuardian.sol";

/// @title Guardian
contract Guardian is IGuardian {
    IGovernor public immutable governor;
    IGreenRewards public immutable rewards;
    /// @notice The only account that appoints the council.
    address public immutable timelock;
    /// @inheritdoc IGuardian
    address public council;

    constructor(IGovernor governor_, IGreenRewards rewards_, address timelock_, address council_) {
        governor = governor_;
        rewards = rewards_;
        timelock = timelock_;
        _setCouncil(council_);
    }

    modifier onlyCouncil() {
        if (msg.sender != council) revert NotAuthorised(msg.sender);
        _;
    }

    /// @inheritdoc IGuardian
    function pauseEntry(address target) external onlyCouncil {
        IEntryPause(target).pauseEntry();
    }

    /// @inheritdoc IGuardian
    function openEntry(address target) external onlyCouncil {
        IEntryPause(target).openEntry();
    }

    /// @inheritdoc IGuardian
    function cancel(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash
    ) external onlyCouncil returns (uint256 proposalId) {
        return governor.cancel(targets, values, calldatas, descriptionHash);
    }

    /// @inheritdoc IGuardian
    function disableRoot(uint256 epoch) external onlyCouncil {
        rewards.disable(epoch);
    }

    /// @inheritdoc IGuardian
    function setCouncil(address council_) external {
        if (msg.sender != timelock) revert NotAuthorised(msg.sender);
        _setCouncil(council_);
    }

    function _setCouncil(address council_) private {
        emit CouncilChanged(council, council_);
        council = council_;
    }
}
