// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What retiring green Wh is worth
/// @notice An operator's boost: 10,000 (none) to 12,500, in 1/10,000. It grows in proportion to the green Wh that the
/// account retired in the 30 days before a moment, and is full when they match the Wh that its node claimed for the 720
/// full hours before it. An account without a node, or whose node used nothing, has none. Only retired Wh count: they
/// are gone for good and counted for one account, so that certificates held or borrowed for a moment give nothing.
/// @dev Reads one counter an hour, about 2 million gas: for local calls, above all by whoever computes reward roots.
interface IGreenBoost {
    /// @notice The boost as of the second before this one.
    function boost(address account) external view returns (uint256 bps);

    /// @notice The boost as of a past second. The same for ever once the second is two hours past: until then batches
    /// may still claim energy for the hour before it.
    function pastBoost(address account, uint48 timepoint) external view returns (uint256 bps);

    /// @notice Green Wh the account retired in the 30 days up to `timepoint`.
    function retiredWh(address account, uint48 timepoint) external view returns (uint256);

    /// @notice Wh that the account's node claimed for the 720 hours before the one of `timepoint`.
    function usedWh(address account, uint48 timepoint) external view returns (uint256);
}
