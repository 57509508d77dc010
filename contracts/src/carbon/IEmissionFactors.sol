// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EnergySource} from "../staking/INodeRegistry.sol";

/// @title Life-cycle emission factors per electricity source
/// @notice Append-only sets, numbered from 1. A certificate keeps the set in force when it was minted.
interface IEmissionFactors {
    /// @param source where the figures come from, with year.
    /// @param gramsPerKwh gCO2e per kWh, indexed by `EnergySource`.
    event FactorSetAdded(uint16 indexed version, string source, uint32[] gramsPerKwh);

    /// @param root Merkle root over `zoneHourLeaf`, as OpenZeppelin's trees have it (sorted pairs).
    /// @param fromHour,toHour the hours it speaks of, Unix time / 3600, the last one excluded.
    /// @param source where the figures come from, with year.
    event ZoneHoursAdded(uint16 indexed version, bytes32 indexed root, uint32 fromHour, uint32 toHour, string source);

    error NotAuthorised(address caller);
    error InvalidFactorSet(string reason);
    error InvalidZoneHours(string reason);
    error UnknownVersion(uint16 version);

    /// @notice Appends a set and puts it in force; only the curator.
    function add(string calldata source, uint32[] calldata gramsPerKwh) external returns (uint16 version);

    /// @notice Adds factors of single hours of single grid zones to set `version`; only the curator. Hours are added in
    /// order and once: no root ever speaks of an hour that another one covered.
    function addZoneHours(uint16 version, bytes32 root, uint32 from, uint32 to, string calldata source) external;

    /// @notice Whether set `version` says that a kWh drawn in `zone` in `hour` stands for `grams` gCO2e. Certificates
    /// are reckoned with the set's yearly factor of their source; this is for statements beside them.
    function zoneHourFactor(uint16 version, uint16 zone, uint32 hour, uint32 grams, bytes32[] calldata proof)
        external
        view
        returns (bool proved);

    /// @notice keccak256(keccak256(abi.encode(zone, hour, grams))): hashed twice, so that no inner node is a leaf.
    function zoneHourLeaf(uint16 zone, uint32 hour, uint32 grams) external pure returns (bytes32);

    /// @notice The hour from which set `version` has no zone-hour factors yet.
    function zoneHoursEnd(uint16 version) external view returns (uint32);

    /// @notice gCO2e per kWh; equally mgCO2e per Wh.
    function gramsPerKwh(uint16 version, EnergySource source) external view returns (uint32);

    /// @notice The version in force; 0 before the first.
    function current() external view returns (uint16);
}
