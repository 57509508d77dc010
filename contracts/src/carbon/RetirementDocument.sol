// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {CertificateDocument} from "./CertificateDocument.sol";
import {ICarbonCertificate, RetirementNote} from "./ICarbonCertificate.sol";
import {IEmissionFactors} from "./IEmissionFactors.sol";
import {IRetirementDocument} from "./IRetirementDocument.sol";
import {Json} from "./Json.sol";
import {PlainText} from "./PlainText.sol";
import {ReceiptContents, ReceiptLine, ReceiptSums} from "./ReceiptContents.sol";
import {RetirementPicture} from "./RetirementPicture.sol";
import {RetirementRecord} from "./RetirementRecord.sol";

/// @title RetirementDocument
contract RetirementDocument is IRetirementDocument {
    using Strings for uint256;
    using Strings for address;
    using PlainText for string;
    using PlainText for bytes;

    ICarbonCertificate public immutable certificate;
    IEmissionFactors public immutable factors;

    constructor(ICarbonCertificate certificate_, IEmissionFactors factors_) {
        certificate = certificate_;
        factors = factors_;
    }

    /// @inheritdoc IRetirementDocument
    function uri(uint256 receiptId, RetirementRecord memory record) external view returns (string memory) {
        ReceiptContents memory contents = ReceiptSums.read(receiptId, record, certificate, factors);
        bytes memory json = bytes.concat(
            '{"name":"Retirement receipt ',
            bytes(contents.receiptId.toString()),
            '","description":"Electricity used for compute, retired for good. The receipt states how much it was, '
            'where it came from and its footprint. Its text is the retiring account\'s own.","image":"',
            "data:image/svg+xml;base64,",
            bytes(Base64.encode(RetirementPicture.svg(contents))),
            '","attributes":[',
            _attributes(contents),
            '],"properties":{',
            _properties(contents),
            "}}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    function _attributes(ReceiptContents memory contents) private pure returns (bytes memory) {
        return bytes.concat(
            _attribute("Wh", contents.wattHours.toString()),
            ",",
            _attribute("mg CO2e", contents.milligrams.toString()),
            ",",
            _attribute("Void Wh", contents.voidWattHours.toString()),
            ",",
            _attribute("Lowest measurement tier", CertificateDocument.tierName(contents.tier))
        );
    }

    function _attribute(string memory name, string memory value) private pure returns (bytes memory) {
        return bytes.concat('{"trait_type":"', bytes(name), '","value":"', bytes(value), '"}');
    }

    function _properties(ReceiptContents memory contents) private pure returns (bytes memory) {
        return bytes.concat(
            _retirement(contents),
            _note(contents.record.note),
            _sums(contents),
            '"sources":{',
            _sources(contents),
            '},"certificates":[',
            _lines(contents.lines),
            "]"
        );
    }

    function _retirement(ReceiptContents memory contents) private pure returns (bytes memory) {
        return bytes.concat(
            Json.quantity("receiptId", contents.receiptId),
            Json.quantity("firstRetirementId", contents.record.firstRetirementId),
            Json.number("retiredAt", contents.record.retiredAt),
            Json.text("account", bytes(contents.record.account.toHexString()))
        );
    }

    function _note(RetirementNote memory note) private pure returns (bytes memory) {
        return bytes.concat(
            note.beneficiary == address(0)
                ? bytes('"beneficiary":null,')
                : Json.text("beneficiary", bytes(note.beneficiary.toHexString())),
            Json.text("beneficiaryName", note.beneficiaryName.clean().json()),
            note.beneficiaryCommitment == 0
                ? bytes('"beneficiaryCommitment":null,')
                : Json.text("beneficiaryCommitment", bytes(uint256(note.beneficiaryCommitment).toHexString(32))),
            Json.text("reason", note.reason.clean().json()),
            Json.number("periodStart", note.periodStart),
            Json.number("periodEnd", note.periodEnd)
        );
    }

    function _sums(ReceiptContents memory contents) private pure returns (bytes memory) {
        return bytes.concat(
            Json.quantity("wattHours", contents.wattHours),
            Json.quantity("milligramsCo2e", contents.milligrams),
            Json.quantity("voidWattHours", contents.voidWattHours),
            Json.number("firstHour", contents.firstHour),
            Json.number("lastHour", contents.lastHour)
        );
    }

    function _sources(ReceiptContents memory contents) private pure returns (bytes memory list) {
        for (uint256 i = 0; i < contents.bySource.length; ++i) {
            if (contents.bySource[i] == 0) continue;
            if (list.length > 0) list = bytes.concat(list, ",");
            string memory name = CertificateDocument.sourceName(EnergySource(i));
            list = bytes.concat(list, '"', bytes(name), '":"', bytes(contents.bySource[i].toString()), '"');
        }
    }

    function _lines(ReceiptLine[] memory lines) private pure returns (bytes memory) {
        bytes[] memory list = new bytes[](lines.length);
        for (uint256 i = 0; i < lines.length; ++i) {
            ReceiptLine memory line = lines[i];
            list[i] = bytes.concat(
                i == 0 ? bytes("{") : bytes(",{"),
                Json.quantity("id", line.id),
                Json.quantity("wattHours", line.wattHours),
                CertificateDocument.properties(line.class, line.gramsPerKwh),
                line.isVoid ? bytes(',"void":true}') : bytes(',"void":false}')
            );
        }
        return Bytes.concat(list);
    }
}
