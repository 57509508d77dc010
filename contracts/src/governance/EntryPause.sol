// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEntryPause} from "./IEntryPause.sol";
import {ITerms} from "./ITerms.sol";

/// @title EntryPause
/// @dev Names `ITerms.NotAuthorised` instead of declaring the same error again, because most contracts that inherit
/// this one declare it in an interface of their own.
abstract contract EntryPause is IEntryPause {
    /// @notice Longest pause, and shortest time between two.
    uint256 public constant PAUSE_SECONDS = 14 days;

    /// @notice The only account that shuts entry.
    address public immutable guardian;
    /// @notice May end a pause early.
    address public immutable timelock;
    /// @inheritdoc IEntryPause
    uint64 public pausedUntil;

    constructor(address guardian_, address timelock_) {
        guardian = guardian_;
        timelock = timelock_;
    }

    modifier whileOpen() {
        _requireOpen();
        _;
    }

    /// @inheritdoc IEntryPause
    function pauseEntry() external {
        if (msg.sender != guardian) revert ITerms.NotAuthorised(msg.sender);
        uint256 allowedAt = pausedUntil == 0 ? 0 : pausedUntil + PAUSE_SECONDS;
        if (block.timestamp < allowedAt) revert PausedTooRecently(SafeCast.toUint64(allowedAt));
        pausedUntil = SafeCast.toUint64(block.timestamp + PAUSE_SECONDS);
        emit EntryShut(pausedUntil);
    }

    /// @inheritdoc IEntryPause
    function openEntry() external {
        if (msg.sender != guardian && msg.sender != timelock) revert ITerms.NotAuthorised(msg.sender);
        if (block.timestamp >= pausedUntil) return;
        pausedUntil = SafeCast.toUint64(block.timestamp);
        emit EntryOpened(msg.sender);
    }

    function _requireOpen() private view {
        if (block.timestamp < pausedUntil) revert EntryPaused(pausedUntil);
    }
}
