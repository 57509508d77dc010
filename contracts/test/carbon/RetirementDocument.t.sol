// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {CertificateClass, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "./CarbonBase.sol";
import {Documents} from "./Documents.sol";

/// @title The JSON and the picture of receipts, read back
contract RetirementDocumentTest is CarbonBase {
    using Documents for string;

    /// @dev A name that would end the string, the text, the element or the line it stands in.
    string private constant HOSTILE = unicode'"}],"image":"x\\</text><script>alert(\'1\')</script>&\n\u202e';

    function test_tokenUri_isThisDocument() public {
        _mint(staker, 1_000);
        _retire(_noNote(), 250);
        (string memory json, string memory svg) = _read(1);
        vm.assertEq(
            json,
            string.concat(
                '{"name":"Retirement receipt 1","description":"Electricity used for compute, retired for good. The '
                "receipt states how much it was, where it came from and its footprint. Its text is the retiring "
                'account\'s own.","image":"',
                vm.parseJsonString(json, ".image"),
                '","attributes":[{"trait_type":"Wh","value":"250"},{"trait_type":"mg CO2e","value":"12000"},'
                '{"trait_type":"Void Wh","value":"0"},{"trait_type":"Lowest measurement tier","value":"metered"}],'
                '"properties":{"receiptId":"1","firstRetirementId":"1","retiredAt":1795305600,',
                '"account":"0x7a9e1bb8dc5e78c1bf3d6b0f5b6eaed94ea49797","beneficiary":null,"beneficiaryName":"",'
                '"beneficiaryCommitment":null,"reason":"","periodStart":0,"periodEnd":0,"wattHours":"250",'
                '"milligramsCo2e":"12000","voidWattHours":"0","firstHour":498696,"lastHour":498696,'
                '"sources":{"solar":"250"},"certificates":[{"id":"81130906212396044987026734795718663",'
                '"wattHours":"250","source":"solar","tier":"metered","zone":250,"hour":498696,"factorVersion":1,'
                '"gramsCo2ePerKwh":48,"node":7,"void":false}]}}'
            ),
            "json"
        );
        vm.assertEq(
            svg,
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="640" height="316" viewBox="0 0 640 316" '
            'font-family="sans-serif" font-size="15" fill="#1c2b24"><title>Retirement receipt 1</title>'
            '<rect width="640" height="100%" fill="#f6f8f4"/><rect width="640" height="8" fill="#3d7a57"/>'
            '<text x="32" y="52">Gplusck retirement receipt 1</text><text x="32" y="104" font-size="40">250 Wh</text>'
            '<text x="32" y="150" fill="#5b6b62">Footprint</text><text x="140" y="150">12000 mg CO2e</text>'
            '<text x="32" y="176" fill="#5b6b62">Source</text><text x="140" y="176">solar, 250 Wh</text>'
            '<text x="32" y="202" fill="#5b6b62">Used</text>'
            '<text x="140" y="202">2026-11-22 00:00 to 2026-11-22 01:00 UTC</text>'
            '<text x="32" y="228" fill="#5b6b62">Measurement</text><text x="140" y="228">metered</text>'
            '<text x="32" y="254" fill="#5b6b62">Retired</text><text x="140" y="254">2026-11-22, for good</text>'
            '<text x="32" y="280" fill="#5b6b62">By</text>'
            '<text x="140" y="280">0x7a9e1bb8dc5e78c1bf3d6b0f5b6eaed94ea49797</text></svg>',
            "svg"
        );
    }

    function test_document_showsTheWholeNote() public {
        _mint(staker, 1_000);
        RetirementNote memory note = RetirementNote(
            verifier, unicode"水力 & Söhne", 0, "Training run 7", uint40(START - 86_400), uint40(START)
        );
        _retire(note, 1);
        (string memory json, string memory svg) = _read(1);
        vm.assertEq(vm.parseJsonAddress(json, ".properties.beneficiary"), verifier, "beneficiary");
        vm.assertEq(vm.parseJsonString(json, ".properties.beneficiaryName"), note.beneficiaryName, "name");
        vm.assertEq(vm.parseJsonString(json, ".properties.reason"), note.reason, "reason");
        vm.assertEq(vm.parseJsonUint(json, ".properties.periodStart"), START - 86_400, "start");
        vm.assertEq(vm.parseJsonUint(json, ".properties.periodEnd"), START, "end");
        vm.assertTrue(svg.contains(Strings.toHexString(verifier)), "its address");
        vm.assertTrue(svg.contains(unicode">水力 &amp; Söhne</text>"), "name");
        vm.assertTrue(svg.contains(">Training run 7</text>"), "reason");
        vm.assertTrue(svg.contains(">2026-11-21 to 2026-11-22</text>"), "period");
        vm.assertTrue(svg.contains(">For</text>"), "for whom");
    }

    function test_document_showsACommitmentInsteadOfAName() public {
        _mint(staker, 1_000);
        RetirementNote memory note;
        note.beneficiaryCommitment = bytes32(uint256(0xabc));
        _retire(note, 1);
        (string memory json, string memory svg) = _read(1);
        vm.assertEq(
            vm.parseJsonString(json, ".properties.beneficiaryCommitment"),
            "0x0000000000000000000000000000000000000000000000000000000000000abc",
            "commitment"
        );
        vm.assertEq(vm.parseJsonString(json, ".properties.beneficiaryName"), "", "no name");
        // 66 characters take two rows.
        vm.assertTrue(svg.contains(">0x000000000000000000000000000000000000000000000000000000</text>"), "first row");
        vm.assertTrue(svg.contains(">0000000abc</text>"), "second row");
        vm.assertFalse(svg.contains(">Name</text>"), "no name row");
        vm.assertFalse(svg.contains(">Reason</text>"), "no reason row");
        vm.assertFalse(svg.contains(">Period</text>"), "no period row");
        vm.assertFalse(svg.contains(">For</text>"), "no beneficiary row");
    }

    function test_document_addsUpSeveralIds() public {
        (uint256[] memory ids, uint256[] memory amounts) = _three();
        vm.prank(staker);
        c.carbonCertificate.retireBatch(staker, ids, amounts, _noNote());
        (string memory json, string memory svg) = _read(1);
        vm.assertEq(vm.parseJsonString(json, ".properties.wattHours"), "60", "Wh");
        vm.assertEq(vm.parseJsonString(json, ".properties.milligramsCo2e"), "15400", "mg");
        vm.assertEq(vm.parseJsonString(json, ".properties.sources.solar"), "10", "solar");
        vm.assertEq(vm.parseJsonString(json, ".properties.sources.wind"), "20", "wind");
        vm.assertEq(vm.parseJsonString(json, ".properties.sources.gas"), "30", "gas");
        vm.assertFalse(vm.keyExistsJson(json, ".properties.sources.hydro"), "no hydro");
        vm.assertEq(vm.parseJsonUint(json, ".properties.firstHour"), HOUR - 2, "first hour");
        vm.assertEq(vm.parseJsonUint(json, ".properties.lastHour"), HOUR + 5, "last hour");
        vm.assertEq(vm.parseJsonString(json, ".properties.certificates[1].source"), "wind", "second line");
        vm.assertEq(vm.parseJsonString(json, ".properties.certificates[1].wattHours"), "20", "its Wh");
        vm.assertEq(vm.parseJsonString(json, ".properties.certificates[2].tier"), "declared", "third line");
        vm.assertFalse(vm.keyExistsJson(json, ".properties.certificates[3]"), "three lines");
        vm.assertEq(vm.parseJsonString(json, ".attributes[3].value"), "declared", "lowest tier");
        vm.assertTrue(svg.contains(">60 Wh</text>"), "Wh");
        vm.assertTrue(svg.contains(">2026-11-21 22:00 to 2026-11-22 06:00 UTC</text>"), "hours");
        vm.assertTrue(svg.contains(">declared</text>"), "tier");
        vm.assertTrue(svg.contains(">wind, 20 Wh</text>"), "wind");
    }

    function test_document_showsWhatWasVoidedLater() public {
        (uint256[] memory ids, uint256[] memory amounts) = _three();
        vm.prank(staker);
        c.carbonCertificate.retireBatch(staker, ids, amounts, _noNote());
        (, string memory before) = _read(1);
        vm.assertFalse(before.contains("Void"), "nothing void yet");
        _void(ids[1]);
        (string memory json, string memory svg) = _read(1);
        vm.assertEq(vm.parseJsonString(json, ".properties.voidWattHours"), "20", "void Wh");
        vm.assertEq(vm.parseJsonString(json, ".attributes[2].value"), "20", "as an attribute");
        vm.assertEq(vm.parseJsonString(json, ".properties.wattHours"), "60", "still retired");
        vm.assertFalse(vm.parseJsonBool(json, ".properties.certificates[0].void"), "first line");
        vm.assertTrue(vm.parseJsonBool(json, ".properties.certificates[1].void"), "second line");
        vm.assertTrue(svg.contains(">20 Wh, found to be misreported</text>"), "picture");
        _void(ids[0]);
        (json,) = _read(1);
        vm.assertEq(vm.parseJsonString(json, ".properties.voidWattHours"), "30", "more void Wh");
    }

    function test_document_takesHostileTextForText() public {
        _mint(staker, 1_000);
        RetirementNote memory note;
        note.beneficiaryName = HOSTILE;
        note.reason = HOSTILE;
        _retire(note, 1);
        (string memory json, string memory svg) = _read(1);
        string memory shown = unicode'"}],"image":"x\\</text><script>alert(\'1\')</script>& \ufffd';
        vm.assertEq(vm.parseJsonString(json, ".properties.beneficiaryName"), shown, "name");
        vm.assertEq(vm.parseJsonString(json, ".properties.reason"), shown, "reason");
        vm.assertFalse(svg.contains("<script"), "no script");
        vm.assertTrue(svg.contains("&lt;script&gt;alert(&#39;1&#39;)"), "but its text");
    }

    function testFuzz_document_holdsAnyText(bytes memory name, bytes memory reason) public {
        _mint(staker, 1_000);
        RetirementNote memory note;
        note.beneficiaryName = string(_cut(name, 64));
        note.reason = string(_cut(reason, 160));
        _retire(note, 1);
        (string memory json, string memory svg) = _read(1);
        vm.assertEq(vm.parseJsonString(json, ".properties.wattHours"), "1", "parses to the end");
        vm.assertEq(vm.parseJsonString(json, ".attributes[0].trait_type"), "Wh", "no text changes its shape");
        // Every row has two elements, title and heading three; no text adds one.
        uint256 rows = (vm.split(svg, "</text>").length - 1 - 2) / 2;
        vm.assertEq(vm.split(svg, "<").length - 1, 2 + 2 + 2 + 4 + 4 * rows, "tags");
    }

    function test_document_makesNoClaimOfItsOwn() public {
        _mint(staker, 1_000);
        _retire(_note(), 1);
        (string memory json, string memory svg) = _read(1);
        string[5] memory claims = ["offset", "Offset", "neutral", "compensat", "avoided"];
        for (uint256 i = 0; i < claims.length; ++i) {
            vm.assertFalse(json.contains(claims[i]), claims[i]);
            vm.assertFalse(svg.contains(claims[i]), claims[i]);
        }
    }

    function test_document_holds256Ids() public {
        uint256[] memory ids = new uint256[](256);
        uint256[] memory amounts = new uint256[](256);
        for (uint32 i = 0; i < 256; ++i) {
            ids[i] = _mint(staker, _class(EnergySource.Wind, HOUR + i), 2);
            amounts[i] = 1 + i % 2;
        }
        vm.prank(staker);
        c.carbonCertificate.retireBatch(staker, ids, amounts, _noNote());
        uint256 gas = gasleft();
        string memory uri = c.retirementReceipt.tokenURI(1);
        vm.assertLe(gas - gasleft(), 30_000_000, "what public nodes allow a call");
        string memory json = uri.read("application/json");
        vm.assertEq(vm.parseJsonString(json, ".properties.wattHours"), "384", "Wh");
        vm.assertEq(vm.parseJsonUint(json, ".properties.certificates[255].hour"), HOUR + 255, "last line");
    }

    function _three() private returns (uint256[] memory ids, uint256[] memory amounts) {
        ids = new uint256[](3);
        amounts = new uint256[](3);
        ids[0] = _mint(staker, _class(EnergySource.Solar, HOUR + 5), 10);
        ids[1] = _mint(staker, _class(EnergySource.Wind, HOUR - 2), 20);
        CertificateClass memory class = _class(EnergySource.Gas, HOUR);
        class.tier = MeasurementTier.Declared;
        ids[2] = _mint(staker, class, 30);
        (amounts[0], amounts[1], amounts[2]) = (10, 20, 30);
    }

    function _retire(RetirementNote memory note, uint256 wattHours) private {
        uint256 id = c.carbonCertificate.idOf(_class(EnergySource.Solar, HOUR));
        vm.prank(staker);
        c.carbonCertificate.retire(id, wattHours, note);
    }

    function _read(uint256 receiptId) private view returns (string memory json, string memory svg) {
        json = c.retirementReceipt.tokenURI(receiptId).read("application/json");
        svg = vm.parseJsonString(json, ".image").read("image/svg+xml");
    }

    function _cut(bytes memory text, uint256 limit) private pure returns (bytes memory) {
        if (text.length <= limit) return text;
        assembly ("memory-safe") {
            mstore(text, limit)
        }
        return text;
    }
}
