// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {MeasurementTier} from "../compute/IComputeMarket.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {CertificateClass} from "./ICarbonCertificate.sol";
import {Json} from "./Json.sol";

/// @title The JSON document of a certificate class
library CertificateDocument {
    using Strings for uint256;

    /// @return a `data:` URI in the ERC-1155 metadata form.
    function uri(CertificateClass memory class, uint32 gramsPerKwh) internal pure returns (string memory) {
        bytes memory json = abi.encodePacked(
            '{"name":"',
            sourceName(class.source),
            " Wh, node ",
            uint256(class.nodeId).toString(),
            '","description":"Electricity used for compute in one hour, in Wh. ' 'A record with a footprint.",',
            '"decimals":0,"properties":{',
            properties(class, gramsPerKwh),
            "}}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    function sourceName(EnergySource source) internal pure returns (string memory) {
        string[12] memory names = [
            "none",
            "solar",
            "wind",
            "hydro",
            "nuclear",
            "geothermal",
            "biomass",
            "gas",
            "oil",
            "coal",
            "thermalUnspecified",
            "grid"
        ];
        return names[uint256(source)];
    }

    function tierName(MeasurementTier tier) internal pure returns (string memory) {
        string[4] memory names = ["emulated", "declared", "measured", "metered"];
        return names[uint256(tier)];
    }

    function properties(CertificateClass memory class, uint32 gramsPerKwh) internal pure returns (bytes memory) {
        return bytes.concat(
            Json.text("source", bytes(sourceName(class.source))),
            Json.text("tier", bytes(tierName(class.tier))),
            Json.number("zone", class.zone),
            Json.number("hour", class.hour),
            Json.number("factorVersion", class.factorVersion),
            Json.number("gramsCo2ePerKwh", gramsPerKwh),
            '"node":',
            bytes(uint256(class.nodeId).toString())
        );
    }
}
