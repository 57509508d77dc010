// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICarbonCertificate, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "./CarbonBase.sol";

/// @title What a retirement may say
contract RetirementNoteTest is CarbonBase {
    function test_note_boundsItsTexts() public {
        RetirementNote memory note;
        note.beneficiaryName = string(new bytes(65));
        _refused(note, abi.encodeWithSelector(ICarbonCertificate.TextTooLong.selector, 65, 64));
        note.beneficiaryName = string(new bytes(64));
        note.reason = string(new bytes(161));
        _refused(note, abi.encodeWithSelector(ICarbonCertificate.TextTooLong.selector, 161, 160));
        note.reason = string(new bytes(160));
        _accepted(note);
    }

    function test_note_hasANameOrACommitment() public {
        RetirementNote memory note;
        note.beneficiaryName = "x";
        note.beneficiaryCommitment = bytes32(uint256(1));
        _refused(note, abi.encodeWithSelector(ICarbonCertificate.NameAndCommitment.selector));
        note.beneficiaryName = "";
        _accepted(note);
        note.beneficiaryName = "x";
        note.beneficiaryCommitment = 0;
        _accepted(note);
    }

    function test_note_periodDoesNotEndBeforeItStarts() public {
        RetirementNote memory note;
        (note.periodStart, note.periodEnd) = (uint40(START), uint40(START - 1));
        _refused(note, abi.encodeWithSelector(ICarbonCertificate.InvalidPeriod.selector, START, START - 1));
        note.periodEnd = uint40(START);
        _accepted(note);
        (note.periodStart, note.periodEnd) = (0, type(uint40).max);
        _accepted(note);
    }

    function _refused(RetirementNote memory note, bytes memory reason) private {
        uint256 id = _mint(staker, 1);
        vm.startPrank(staker);
        vm.expectRevert(reason);
        c.carbonCertificate.retire(id, 1, note);
        vm.stopPrank();
    }

    function _accepted(RetirementNote memory note) private {
        uint256 id = _mint(staker, 1);
        vm.startPrank(staker);
        uint256 receiptId = c.carbonCertificate.retire(id, 1, note);
        vm.stopPrank();
        RetirementNote memory kept = c.retirementReceipt.record(receiptId).note;
        vm.assertEq(keccak256(abi.encode(kept)), keccak256(abi.encode(note)), "kept as given");
    }
}
