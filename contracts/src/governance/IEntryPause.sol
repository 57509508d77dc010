// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A door that the guardian may shut for a while
/// @notice Only ways in are shut: new stake, new work, new orders, new accusations. Every way out stays open: unbond,
/// withdraw, cancel, claim, retire, settle, prove, slash, redeem.
interface IEntryPause {
    /// @param until first second at which entry is open again.
    event EntryShut(uint64 until);
    event EntryOpened(address indexed by);

    error EntryPaused(uint64 until);
    /// @notice The last pause ended less than 14 days ago, or has not ended.
    error PausedTooRecently(uint64 allowedAt);

    /// @notice Shuts entry for 14 days; only the guardian, and not before 14 days have passed since the last pause
    /// ended.
    function pauseEntry() external;

    /// @notice Ends a pause at once; only the guardian or the timelock. Without a pause it changes nothing.
    function openEntry() external;

    /// @notice First second at which entry is open; 0 before the first pause.
    function pausedUntil() external view returns (uint64);
}
