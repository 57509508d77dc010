// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The guardian: it stops, and can do nothing else
/// @notice A council, appointed by the timelock, may shut entry to a contract for a while (and open it again early),
/// cancel a proposal of the governor, and disable a reward root before it activates. It holds nothing, moves nothing,
/// and no other contract gives it any right.
interface IGuardian {
    event CouncilChanged(address indexed previous, address indexed council);

    error NotAuthorised(address caller);

    /// @notice Shuts entry to `target` for 14 days; only the council.
    function pauseEntry(address target) external;

    /// @notice Takes a pause of `target` back; only the council.
    function openEntry(address target) external;

    /// @notice Cancels a proposal that is not executed yet; only the council. The arguments are those of the proposal.
    function cancel(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId);

    /// @notice Disables the reward root of `epoch` before it activates; only the council.
    function disableRoot(uint256 epoch) external;

    /// @notice Appoints another council; only the timelock. The zero address dismisses it.
    function setCouncil(address council_) external;

    function council() external view returns (address);
}
