// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The emission schedule
/// @notice Time is cut into epochs of `epochSeconds` from `genesis`. An ended epoch may be minted once, by anyone, and
/// the whole amount goes to the reward contract. The amount declines: after every `epochsPerStep` epochs an epoch emits
/// 90 % of what it emitted before, rounded down each time.
interface IEmission {
    event EpochMinted(uint256 indexed epoch, uint256 amount);

    error EpochNotEnded(uint256 epoch, uint256 endsAt);
    error EpochAlreadyMinted(uint256 epoch);

    /// @notice Mints the budget of `epoch` to the reward contract.
    function mintEpoch(uint256 epoch) external returns (uint256 amount);

    /// @notice Wei that `epoch` emits.
    function budget(uint256 epoch) external view returns (uint256);

    /// @notice The epoch that is running now.
    function currentEpoch() external view returns (uint256);

    /// @notice The first second of `epoch`; it ends where `epoch + 1` starts.
    function startOf(uint256 epoch) external view returns (uint256);

    function genesis() external view returns (uint256);

    function epochSeconds() external view returns (uint256);

    function isMinted(uint256 epoch) external view returns (bool);
}
