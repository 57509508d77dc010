// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MeasurementTier} from "../compute/IComputeMarket.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {CertificateClass} from "./ICarbonCertificate.sol";

/// @title The layout of certificate ids
/// @notice zone 16 · source 8 · hour 32 · tier 4 · factor version 16 · node 48 bits, in the low 124 bits.
/// @dev The casts cut each field out of the id; an enum out of range panics.
library CertificateId {
    function pack(CertificateClass memory class) internal pure returns (uint256 id) {
        id = uint256(class.zone) << 108 | uint256(class.source) << 100 | uint256(class.hour) << 68;
        id |= uint256(class.tier) << 64 | uint256(class.factorVersion) << 48 | class.nodeId;
    }

    // forge-lint: disable-start(unsafe-typecast)
    function unpack(uint256 id) internal pure returns (CertificateClass memory class) {
        class.zone = uint16(id >> 108);
        class.source = sourceOf(id);
        class.hour = hourOf(id);
        class.tier = MeasurementTier((id >> 64) & 0xf);
        class.factorVersion = factorVersionOf(id);
        class.nodeId = nodeOf(id);
    }

    function sourceOf(uint256 id) internal pure returns (EnergySource) {
        return EnergySource(uint8(id >> 100));
    }

    function hourOf(uint256 id) internal pure returns (uint32) {
        return uint32(id >> 68);
    }

    function factorVersionOf(uint256 id) internal pure returns (uint16) {
        return uint16(id >> 48);
    }

    function nodeOf(uint256 id) internal pure returns (uint48) {
        return uint48(id);
    }

    // forge-lint: disable-end(unsafe-typecast)

    /// @notice Green: solar, wind, hydro and geothermal. Nuclear power and biomass are left out: a reward for either is
    /// disputed, and nothing here needs to settle that.
    function isGreen(uint256 id) internal pure returns (bool) {
        EnergySource source = sourceOf(id);
        return source == EnergySource.Solar || source == EnergySource.Wind || source == EnergySource.Hydro
            || source == EnergySource.Geothermal;
    }
}
