// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {CertificateDocument} from "./CertificateDocument.sol";
import {RetirementNote} from "./ICarbonCertificate.sol";
import {PlainText} from "./PlainText.sol";
import {ReceiptContents} from "./ReceiptContents.sol";
import {UtcTime} from "./UtcTime.sol";

/// @title The picture of a receipt: an SVG of text
library RetirementPicture {
    using Strings for uint256;
    using Strings for address;
    using PlainText for string;
    using PlainText for bytes;

    uint256 private constant LINE_BYTES = 56;
    uint256 private constant LINE_HEIGHT = 26;
    uint256 private constant FIRST_LINE = 150;

    /// @dev Rows of text, written from top to bottom.
    struct Page {
        bytes text;
        uint256 y;
    }

    function svg(ReceiptContents memory contents) internal pure returns (bytes memory) {
        Page memory page = Page("", FIRST_LINE);
        _electricity(page, contents);
        _note(page, contents.record.note);
        string memory day = UtcTime.date(contents.record.retiredAt);
        _row(page, "Retired", bytes(string.concat(day, ", for good")));
        _row(page, "By", bytes(contents.record.account.toHexString()));
        string memory height = (page.y + 10).toString();
        return bytes.concat(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="640" height="',
            bytes(height),
            '" viewBox="0 0 640 ',
            bytes(height),
            '" font-family="sans-serif" font-size="15" fill="#1c2b24"><title>Retirement receipt ',
            bytes(contents.receiptId.toString()),
            '</title><rect width="640" height="100%" fill="#f6f8f4"/>'
            '<rect width="640" height="8" fill="#3d7a57"/><text x="32" y="52">Gplusck retirement receipt ',
            bytes(contents.receiptId.toString()),
            '</text><text x="32" y="104" font-size="40">',
            bytes(contents.wattHours.toString()),
            " Wh</text>",
            page.text,
            "</svg>"
        );
    }

    function _electricity(Page memory page, ReceiptContents memory contents) private pure {
        _row(page, "Footprint", bytes(string.concat(contents.milligrams.toString(), " mg CO2e")));
        for (uint256 i = 0; i < contents.bySource.length; ++i) {
            if (contents.bySource[i] == 0) continue;
            string memory name = CertificateDocument.sourceName(EnergySource(i));
            _row(page, "Source", bytes(string.concat(name, ", ", contents.bySource[i].toString(), " Wh")));
        }
        string memory first = UtcTime.hour(contents.firstHour);
        string memory end = UtcTime.hour(uint256(contents.lastHour) + 1);
        _row(page, "Used", bytes(string.concat(first, " to ", end, " UTC")));
        _row(page, "Measurement", bytes(CertificateDocument.tierName(contents.tier)));
        if (contents.voidWattHours == 0) return;
        _row(page, "Void", bytes(string.concat(contents.voidWattHours.toString(), " Wh, found to be misreported")));
    }

    function _note(Page memory page, RetirementNote memory note) private pure {
        if (note.beneficiary != address(0)) _row(page, "For", bytes(note.beneficiary.toHexString()));
        _rows(page, "Name", note.beneficiaryName);
        if (note.beneficiaryCommitment != 0) {
            _rows(page, "Commitment", uint256(note.beneficiaryCommitment).toHexString(32));
        }
        _rows(page, "Reason", note.reason);
        if (note.periodEnd == 0) return;
        string memory start = UtcTime.date(note.periodStart);
        _row(page, "Period", bytes(string.concat(start, " to ", UtcTime.date(note.periodEnd))));
    }

    /// @dev The label stands in front of the first row only. No text, no row.
    function _rows(Page memory page, string memory label, string memory text) private pure {
        bytes[] memory list = text.clean().lines(LINE_BYTES);
        for (uint256 i = 0; i < list.length; ++i) {
            _row(page, i == 0 ? label : "", list[i].xml());
        }
    }

    /// @param text escaped.
    function _row(Page memory page, string memory label, bytes memory text) private pure {
        string memory y = page.y.toString();
        page.text = bytes.concat(
            page.text,
            '<text x="32" y="',
            bytes(y),
            '" fill="#5b6b62">',
            bytes(label),
            '</text><text x="140" y="',
            bytes(y),
            '">',
            text,
            "</text>"
        );
        page.y += LINE_HEIGHT;
    }
}
