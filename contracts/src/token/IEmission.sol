// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The emission schedule
/// @notice Time is cut into epochs of `epochSeconds` from `genesis`. Ended epochs are minted in order, each once, by
/// anyone, to the reward contract. Two figures bound an epoch: its budget, which falls after every `epochsPerStep`
/// epochs to 90 % of what it was, rounded down each time; and nine tenths of the fees that settlements burned since the
/// epoch before was minted. Every GPUCK minted after genesis therefore follows a larger burned one: the supply never
/// grows over what it was, and falls with every fee.
interface IEmission {
    /// @param budget most the schedule allows. @param burned fees burned since the last minted epoch.
    event EpochMinted(uint256 indexed epoch, uint256 amount, uint256 budget, uint256 burned);

    error EpochNotEnded(uint256 epoch, uint256 endsAt);
    error EpochAlreadyMinted(uint256 epoch);
    /// @notice An earlier epoch comes first.
    error EpochOutOfOrder(uint256 epoch, uint256 next);
    error InvalidSchedule();
    /// @notice The schedule alone could lift the supply over the token's cap.
    error ScheduleOverCap(uint256 genesisSupply, uint256 emittedAtMost, uint256 cap);

    /// @notice Mints what `epoch` emits to the reward contract; `epoch` is `nextEpoch()`.
    function mintEpoch(uint256 epoch) external returns (uint256 amount);

    /// @notice Wei that `mintEpoch` would mint now for `epoch`, were it the next.
    function mintable(uint256 epoch) external view returns (uint256);

    /// @notice Most wei that `epoch` emits.
    function budget(uint256 epoch) external view returns (uint256);

    /// @notice The epoch to mint next; all before it are minted.
    function nextEpoch() external view returns (uint256);

    /// @notice Of the fees that settlements ever burned, the wei that minted epochs have answered for.
    function burnedCounted() external view returns (uint256);

    /// @notice The epoch that is running now.
    function currentEpoch() external view returns (uint256);

    /// @notice The first second of `epoch`; it ends where `epoch + 1` starts.
    function startOf(uint256 epoch) external view returns (uint256);

    function genesis() external view returns (uint256);

    function epochSeconds() external view returns (uint256);

    function isMinted(uint256 epoch) external view returns (bool);
}
