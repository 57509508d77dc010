// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MeasurementTier} from "../compute/IComputeMarket.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {CertificateClass} from "./ICarbonCertificate.sol";

/// @title The layout of certificate ids
/// @notice zone 16 · source 8 · hour 32 · tier 4 · factor version 16 · node 48 bits, in the low 124 bits.
library CertificateId {
    function pack(CertificateClass memory class) internal pure returns (uint256 id) {
        id = uint256(class.zone) << 108 | uint256(class.source) << 100 | uint256(class.hour) << 68;
        id |= uint256(class.tier) << 64 | uint256(class.factorVersion) << 48 | class.nodeId;
    }

    /// @dev The casts cut each field out of the id; an enum out of range panics.
    function unpack(uint256 id) internal pure returns (CertificateClass memory class) {
        // forge-lint: disable-start(unsafe-typecast)
        class.zone = uint16(id >> 108);
        class.source = EnergySource(uint8(id >> 100));
        class.hour = uint32(id >> 68);
        class.tier = MeasurementTier((id >> 64) & 0xf);
        class.factorVersion = uint16(id >> 48);
        class.nodeId = uint48(id);
        // forge-lint: disable-end(unsafe-typecast)
    }
}
