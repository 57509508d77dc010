// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {IRetirementReceipt, Retirement} from "../../src/carbon/IRetirementReceipt.sol";
import {RetirementRecord} from "../../src/carbon/RetirementRecord.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "./CarbonBase.sol";

/// @title Who owns receipts, what is kept of them, and the green Wh an account has retired
contract RetirementReceiptTest is CarbonBase {
    bytes4 private constant NONE = bytes4(keccak256("ERC721NonexistentToken(uint256)"));

    function test_names() public view {
        vm.assertEq(c.retirementReceipt.name(), "Gplusck retirement receipt", "name");
        vm.assertEq(c.retirementReceipt.symbol(), "GPUCK-RR", "symbol");
    }

    function test_owner_isTheAccountOrTheBeneficiary() public {
        uint256 id = _mint(staker, 10);
        RetirementNote memory note;
        vm.startPrank(staker);
        c.carbonCertificate.retire(id, 1, note);
        note.beneficiary = stranger;
        c.carbonCertificate.retire(id, 1, note);
        c.carbonCertificate.retire(id, 1, note);
        vm.stopPrank();
        vm.assertEq(c.retirementReceipt.ownerOf(1), staker, "own");
        vm.assertEq(c.retirementReceipt.ownerOf(2), stranger, "beneficiary");
        vm.assertEq(c.retirementReceipt.balanceOf(staker), 1, "one");
        vm.assertEq(c.retirementReceipt.balanceOf(stranger), 2, "two");
        vm.assertEq(c.retirementReceipt.balanceOf(verifier), 0, "none");
        vm.expectRevert(abi.encodeWithSignature("ERC721InvalidOwner(address)", address(0)));
        c.retirementReceipt.balanceOf(address(0));
    }

    function test_unknownReceipt_isNobodys() public {
        uint256 id = _mint(staker, 10);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
        uint256[3] memory unknown = [uint256(0), 2, type(uint256).max];
        for (uint256 i = 0; i < unknown.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(NONE, unknown[i]);
            vm.expectRevert(refusal);
            c.retirementReceipt.ownerOf(unknown[i]);
            vm.expectRevert(refusal);
            c.retirementReceipt.tokenURI(unknown[i]);
            vm.expectRevert(refusal);
            c.retirementReceipt.locked(unknown[i]);
            vm.expectRevert(refusal);
            c.retirementReceipt.getApproved(unknown[i]);
            vm.expectRevert(refusal);
            c.retirementReceipt.record(unknown[i]);
        }
    }

    function testFuzz_issue_revertsForAnyoneButTheCertificate(address caller) public {
        vm.assume(caller != address(c.carbonCertificate));
        Retirement memory retirement;
        bytes memory refusal = abi.encodeWithSelector(IRetirementReceipt.NotAuthorised.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        c.retirementReceipt.issue(retirement);
        vm.expectRevert(refusal);
        c.retirementReceipt.refresh(1);
        vm.stopPrank();
    }

    function test_links_pointAtEachOther() public view {
        vm.assertEq(address(c.carbonCertificate.receipt()), address(c.retirementReceipt), "receipt");
        vm.assertEq(address(c.carbonCertificate.factors()), address(c.emissionFactors), "factors");
        vm.assertEq(c.carbonCertificate.market(), address(c.computeMarket), "market");
        vm.assertEq(address(c.retirementReceipt.certificate()), address(c.carbonCertificate), "certificate");
        vm.assertEq(address(c.retirementReceipt.document()), address(c.retirementDocument), "document");
        vm.assertEq(address(c.retirementDocument.certificate()), address(c.carbonCertificate), "its certificate");
        vm.assertEq(address(c.retirementDocument.factors()), address(c.emissionFactors), "its factors");
    }

    function testFuzz_record_keepsEverything(
        RetirementNote memory note,
        bool named,
        uint64[5] memory amounts,
        uint32 hour,
        uint40 time
    ) public {
        note.beneficiaryName = _cut(note.beneficiaryName, 64);
        note.reason = _cut(note.reason, 160);
        if (named) note.beneficiaryCommitment = 0;
        else note.beneficiaryName = "";
        (note.periodStart, note.periodEnd) = note.periodStart <= note.periodEnd
            ? (note.periodStart, note.periodEnd)
            : (note.periodEnd, note.periodStart);
        vm.warp(bound(time, START, type(uint40).max));
        hour = uint32(bound(hour, 0, type(uint32).max - 5));
        uint256 count = 1 + uint256(hour) % 5;
        (uint256[] memory ids, uint256[] memory wattHours) = (new uint256[](count), new uint256[](count));
        for (uint32 i = 0; i < count; ++i) {
            wattHours[i] = bound(amounts[i], 1, type(uint64).max);
            ids[i] = _mint(staker, _class(EnergySource(1 + i), hour + i), wattHours[i]);
        }
        vm.prank(staker);
        c.carbonCertificate.retireBatch(staker, ids, wattHours, note);
        RetirementRecord memory expected = RetirementRecord(staker, 1, uint40(block.timestamp), ids, wattHours, note);
        vm.assertEq(
            keccak256(abi.encode(c.retirementReceipt.record(1))), keccak256(abi.encode(expected)), "the whole record"
        );
    }

    function test_soulbound_refusesEveryCallThatWouldMoveOrApprove() public {
        uint256 id = _mint(staker, 10);
        vm.startPrank(staker);
        c.carbonCertificate.retire(id, 1, _note());
        bytes memory refusal = abi.encodeWithSelector(IRetirementReceipt.Soulbound.selector);
        vm.expectRevert(refusal);
        c.retirementReceipt.transferFrom(staker, stranger, 1);
        vm.expectRevert(refusal);
        c.retirementReceipt.safeTransferFrom(staker, stranger, 1);
        vm.expectRevert(refusal);
        c.retirementReceipt.safeTransferFrom(staker, stranger, 1, "");
        vm.expectRevert(refusal);
        c.retirementReceipt.approve(stranger, 1);
        vm.expectRevert(refusal);
        c.retirementReceipt.setApprovalForAll(stranger, true);
        vm.stopPrank();
        vm.assertEq(c.retirementReceipt.getApproved(1), address(0), "nobody is approved");
        vm.assertFalse(c.retirementReceipt.isApprovedForAll(staker, stranger), "for all neither");
        vm.assertTrue(c.retirementReceipt.locked(1), "locked");
        vm.assertEq(c.retirementReceipt.ownerOf(1), staker, "owner");
    }

    // --- green Wh --------------------------------------------------------------------------------------------------

    function test_pastRetiredGreenWh_countsGreenSourcesOnly() public {
        uint256 expected = 0;
        bool[12] memory green = [false, true, true, true, false, true, false, false, false, false, false, false];
        for (uint256 i = 0; i < 12; ++i) {
            uint256 id = _mint(staker, _class(EnergySource(i), HOUR), 1 << i);
            vm.prank(staker);
            c.carbonCertificate.retire(id, 1 << i, _note());
            if (green[i]) expected += 1 << i;
        }
        vm.warp(START + 1);
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(staker, uint48(START)), expected, "green");
    }

    function test_pastRetiredGreenWh_countsTheGreenPartOfABatch() public {
        uint256[] memory ids = _list(
            _mint(staker, _class(EnergySource.Coal, HOUR), 10), _mint(staker, _class(EnergySource.Wind, HOUR), 10)
        );
        vm.prank(staker);
        c.carbonCertificate.retireBatch(staker, ids, _list(3, 4), _note());
        vm.warp(START + 1);
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(staker, uint48(START)), 4, "wind");
    }

    function test_pastRetiredGreenWh_countsForTheAccountAlone() public {
        uint256 id = _mint(staker, 10);
        RetirementNote memory note;
        note.beneficiary = stranger;
        vm.startPrank(staker);
        c.carbonCertificate.setApprovalForAll(verifier, true);
        vm.stopPrank();
        vm.prank(verifier);
        c.carbonCertificate.retireFrom(staker, id, 6, note);
        vm.warp(START + 1);
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(staker, uint48(START)), 6, "whose Wh they were");
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(stranger, uint48(START)), 0, "beneficiary");
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(verifier, uint48(START)), 0, "operator");
    }

    function test_pastRetiredGreenWh_changesInTheSecondOfTheRetirement() public {
        uint256 id = _mint(staker, 100);
        vm.startPrank(staker);
        c.carbonCertificate.retire(id, 1, _note());
        c.carbonCertificate.retire(id, 2, _note());
        vm.warp(START + 10);
        c.carbonCertificate.retire(id, 4, _note());
        vm.warp(START + 11);
        c.carbonCertificate.retire(id, 8, _note());
        vm.warp(START + 20);
        vm.stopPrank();
        _past(0, 0);
        _past(START - 1, 0);
        _past(START, 3);
        _past(START + 9, 3);
        _past(START + 10, 7);
        _past(START + 11, 15);
        _past(START + 19, 15);
    }

    function test_pastRetiredGreenWh_revertsForThePresent() public {
        vm.expectRevert(abi.encodeWithSelector(IRetirementReceipt.NotYetPast.selector, START, START));
        c.retirementReceipt.pastRetiredGreenWh(staker, uint48(START));
        vm.expectRevert(abi.encodeWithSelector(IRetirementReceipt.NotYetPast.selector, type(uint48).max, START));
        c.retirementReceipt.pastRetiredGreenWh(staker, type(uint48).max);
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(staker, uint48(START - 1)), 0, "the past is known");
    }

    /// @dev Against a plain list of every retirement.
    function testFuzz_pastRetiredGreenWh_agreesWithAList(uint8[12] memory gaps, uint8[12] memory amounts, uint16 asked)
        public
    {
        uint256 id = _mint(staker, 100_000);
        uint256[12] memory times;
        uint256 time = START;
        for (uint256 i = 0; i < 12; ++i) {
            // Every fourth gap is none: several retirements of a second.
            time += i % 4 == 3 ? 0 : gaps[i];
            times[i] = time;
            vm.warp(time);
            vm.prank(staker);
            c.carbonCertificate.retire(id, 1 + uint256(amounts[i]), _note());
        }
        vm.warp(time + 100);
        uint256 timepoint = START - 50 + asked % (time + 150 - START);
        uint256 expected = 0;
        for (uint256 i = 0; i < 12; ++i) {
            if (times[i] <= timepoint) expected += 1 + uint256(amounts[i]);
        }
        _past(timepoint, expected);
    }

    function test_pastRetiredGreenWh_staysAfterReceiptsOfOthers() public {
        uint256 id = _mint(staker, 100);
        uint256 foreign = _mint(stranger, _class(EnergySource.Wind, HOUR), 100);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 5, _note());
        vm.warp(START + 5);
        RetirementNote memory note;
        note.beneficiary = staker;
        vm.prank(stranger);
        c.carbonCertificate.retire(foreign, 50, note);
        vm.warp(START + 6);
        _past(START + 5, 5);
        vm.assertEq(c.retirementReceipt.balanceOf(staker), 2, "two receipts");
    }

    function _past(uint256 timepoint, uint256 expected) private view {
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(staker, uint48(timepoint)), expected, "green Wh");
    }

    function _cut(string memory text, uint256 limit) private pure returns (string memory) {
        if (bytes(text).length > limit) {
            assembly ("memory-safe") {
                mstore(text, limit)
            }
        }
        return text;
    }
}
