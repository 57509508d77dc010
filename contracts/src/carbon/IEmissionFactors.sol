// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EnergySource} from "../staking/INodeRegistry.sol";

/// @title Life-cycle emission factors per electricity source
/// @notice Append-only sets, numbered from 1. A certificate keeps the set in force when it was minted.
interface IEmissionFactors {
    /// @param source where the figures come from, with year.
    /// @param gramsPerKwh gCO2e per kWh, indexed by `EnergySource`.
    event FactorSetAdded(uint16 indexed version, string source, uint32[] gramsPerKwh);

    error NotAuthorised(address caller);
    error InvalidFactorSet(string reason);
    error UnknownVersion(uint16 version);

    /// @notice Appends a set and puts it in force; only the curator.
    function add(string calldata source, uint32[] calldata gramsPerKwh) external returns (uint16 version);

    /// @notice gCO2e per kWh; equally mgCO2e per Wh.
    function gramsPerKwh(uint16 version, EnergySource source) external view returns (uint32);

    /// @notice The version in force; 0 before the first.
    function current() external view returns (uint16);
}
