// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {MeasurementTier} from "../compute/IComputeMarket.sol";

/// @notice What a certificate id says. Packed, from the most significant bit:
/// zone 16 · source 8 · hour 32 · tier 4 · factor version 16 · node 48, in the low 124 bits.
struct CertificateClass {
    uint16 zone;
    EnergySource source;
    uint32 hour;
    MeasurementTier tier;
    uint16 factorVersion;
    uint48 nodeId;
}

/// @title Records of electricity used for compute, in Wh
/// @notice ERC-1155: one id per node, hour, source, tier and factor set; the amount is in Wh. A record carries a
/// footprint; it is not an offset. Retiring is for good: the Wh leave circulation and stay written to the retirement.
interface ICarbonCertificate is IERC1155 {
    event CertificateMinted(
        uint256 indexed id,
        uint48 indexed nodeId,
        uint256 indexed batchId,
        address to,
        EnergySource source,
        uint256 wattHours
    );
    /// @param milligrams footprint of the retired Wh in mgCO2e: Wh × gCO2e/kWh, exact.
    event Retired(
        uint256 indexed retirementId,
        uint256 indexed id,
        address indexed account,
        address beneficiary,
        string beneficiaryName,
        string reason,
        uint256 wattHours,
        uint256 milligrams
    );

    error NotAuthorised(address caller);
    error ZeroAmount();

    /// @notice Mints `wattHours` of the class of this batch to `to`; only the compute market.
    function mint(address to, CertificateClass calldata class, uint256 batchId, uint256 wattHours)
        external
        returns (uint256 id);

    /// @notice Retires `wattHours` of the caller's `id` for `beneficiary`.
    /// @param beneficiaryName free text, public for ever: no personal data.
    function retire(
        uint256 id,
        uint256 wattHours,
        address beneficiary,
        string calldata beneficiaryName,
        string calldata reason
    ) external returns (uint256 retirementId);

    function retiredOf(address account, uint256 id) external view returns (uint256 wattHours);

    function totalMinted(uint256 id) external view returns (uint256 wattHours);

    function totalRetired(uint256 id) external view returns (uint256 wattHours);

    function idOf(CertificateClass calldata class) external pure returns (uint256 id);

    function classOf(uint256 id) external pure returns (CertificateClass memory class);

    /// @notice Footprint of `wattHours` of `id` in mgCO2e.
    function footprint(uint256 id, uint256 wattHours) external view returns (uint256 milligrams);
}
