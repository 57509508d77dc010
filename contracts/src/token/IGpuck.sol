// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title GPUCK, the token compute is paid in
/// @notice ERC-20 with permit (ERC-2612) and votes (ERC-5805, timestamp clock). 18 decimals. A transfer moves exactly
/// the amount asked: nothing is taxed or burned on the way. Only `emission` mints; anyone burns what they hold.
interface IGpuck is IERC20 {
    /// @notice `amount` wei left the supply for good.
    /// @param reason why, as a short ASCII label (`"fee"`, `"slash"`, …).
    event Burned(address indexed from, uint256 amount, bytes32 indexed reason);

    /// @notice The caller is not the emission contract.
    error NotEmission(address caller);
    /// @notice Minting would lift the supply over the cap.
    error CapExceeded(uint256 supply, uint256 cap);

    /// @notice Mints `amount` wei to `to`; only for `emission`.
    function mint(address to, uint256 amount) external;

    /// @notice Burns `amount` wei of the caller's own balance.
    function burn(uint256 amount, bytes32 reason) external;

    /// @notice The most wei that can ever exist.
    function cap() external view returns (uint256);

    /// @notice The only minter, fixed at deployment.
    function emission() external view returns (address);

    /// @notice Every wei ever minted, the genesis supply included. Never falls.
    function minted() external view returns (uint256);

    /// @notice Every wei ever burned. Never falls. `totalSupply() == minted() - burned()`.
    function burned() external view returns (uint256);
}
