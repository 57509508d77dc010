// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MeasurementTier} from "../compute/IComputeMarket.sol";
import {CertificateId} from "./CertificateId.sol";
import {CertificateClass, ICarbonCertificate} from "./ICarbonCertificate.sol";
import {IEmissionFactors} from "./IEmissionFactors.sol";
import {RetirementRecord} from "./RetirementRecord.sol";

/// @notice One id of a receipt.
struct ReceiptLine {
    uint256 id;
    uint256 wattHours;
    CertificateClass class;
    uint32 gramsPerKwh;
    bool isVoid;
}

/// @notice All that a receipt shows.
/// @param tier the lowest of its lines.
/// @param bySource Wh by `EnergySource`.
struct ReceiptContents {
    uint256 receiptId;
    RetirementRecord record;
    ReceiptLine[] lines;
    uint256 wattHours;
    uint256 milligrams;
    uint256 voidWattHours;
    uint32 firstHour;
    uint32 lastHour;
    MeasurementTier tier;
    uint256[12] bySource;
}

using ReceiptSums for ReceiptContents global;

/// @title Reads what a receipt shows
library ReceiptSums {
    function read(
        uint256 receiptId,
        RetirementRecord memory record,
        ICarbonCertificate certificate,
        IEmissionFactors factors
    ) internal view returns (ReceiptContents memory contents) {
        contents.receiptId = receiptId;
        contents.record = record;
        contents.lines = new ReceiptLine[](record.ids.length);
        contents.firstHour = type(uint32).max;
        contents.tier = type(MeasurementTier).max;
        for (uint256 i = 0; i < record.ids.length; ++i) {
            ReceiptLine memory line = contents.lines[i];
            line.id = record.ids[i];
            line.wattHours = record.wattHours[i];
            line.class = CertificateId.unpack(line.id);
            line.gramsPerKwh = factors.gramsPerKwh(line.class.factorVersion, line.class.source);
            line.isVoid = certificate.isVoid(line.id);
            _add(contents, line);
        }
    }

    function _add(ReceiptContents memory contents, ReceiptLine memory line) private pure {
        contents.wattHours += line.wattHours;
        contents.milligrams += line.wattHours * line.gramsPerKwh;
        if (line.isVoid) contents.voidWattHours += line.wattHours;
        contents.bySource[uint256(line.class.source)] += line.wattHours;
        if (line.class.hour < contents.firstHour) contents.firstHour = line.class.hour;
        if (line.class.hour > contents.lastHour) contents.lastHour = line.class.hour;
        if (line.class.tier < contents.tier) contents.tier = line.class.tier;
    }
}
