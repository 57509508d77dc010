// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {ICarbonCertificate, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {IERC5192} from "../../src/carbon/IERC5192.sol";
import {IERC8393Retirement} from "../../src/carbon/IERC8393.sol";
import {IRetirementReceipt} from "../../src/carbon/IRetirementReceipt.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "./CarbonBase.sol";

/// @title Retiring: own, on behalf, in batches
contract RetirementTest is CarbonBase {
    function test_retire_emitsAndBooks() public {
        uint256 id = _mint(staker, 10);
        RetirementNote memory note =
            RetirementNote(verifier, "", keccak256("who"), "reading", uint40(START - 5), uint40(START));
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, address(0), id, 4);
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(1, id, staker, verifier, "", "reading", 4, 192);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC8393Retirement.CreditRetired(staker, id, 4);
        vm.expectEmit(address(c.retirementReceipt));
        emit IERC721.Transfer(address(0), verifier, 1);
        vm.expectEmit(address(c.retirementReceipt));
        emit IERC5192.Locked(1);
        vm.expectEmit(address(c.retirementReceipt));
        emit IRetirementReceipt.ReceiptIssued(
            1, staker, verifier, 1, 1, 4, 192, keccak256("who"), uint40(START - 5), uint40(START)
        );
        vm.recordLogs();
        vm.prank(staker);
        vm.assertEq(c.carbonCertificate.retire(id, 4, note), 1, "receipt");
        vm.assertEq(vm.getRecordedLogs().length, 6, "and no other event");

        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 6, "held");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 4, "retired of the account");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(verifier, id), 0, "not of the beneficiary");
        vm.assertEq(c.carbonCertificate.totalRetired(id), 4, "retired in all");
        vm.assertEq(c.carbonCertificate.totalMinted(id), 10, "minted");
        vm.assertEq(c.carbonCertificate.retirementCount(), 1, "retirements");
        vm.assertEq(c.carbonCertificate.receiptCount(), 1, "receipts");
    }

    function testFuzz_retire_mintedIsHeldPlusRetired(uint64 minted, uint64 moved, uint64 retired) public {
        minted = uint64(bound(minted, 2, type(uint64).max));
        moved = uint64(bound(moved, 1, minted - 1));
        retired = uint64(bound(retired, 1, moved));
        uint256 id = _mint(staker, minted);
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, moved, "");
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(
            1, id, stranger, address(0), "A reader", "reading", retired, uint256(retired) * 48
        );
        vm.prank(stranger);
        c.carbonCertificate.retire(id, retired, _note());
        uint256 held = c.carbonCertificate.balanceOf(staker, id) + c.carbonCertificate.balanceOf(stranger, id);
        vm.assertEq(c.carbonCertificate.totalMinted(id), held + c.carbonCertificate.totalRetired(id), "identity");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(stranger, id), retired, "retired of the account");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), moved - retired, "left");
    }

    function test_retire_addsToWhatWasRetired() public {
        uint256 id = _mint(staker, 10);
        vm.startPrank(staker);
        vm.assertEq(c.carbonCertificate.retire(id, 4, _note()), 1, "first receipt");
        vm.assertEq(c.carbonCertificate.retire(id, 6, _note()), 2, "second receipt");
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 10, "of the account");
        vm.assertEq(c.carbonCertificate.totalRetired(id), 10, "in all");
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 0, "held");
        vm.assertEq(c.carbonCertificate.retirementCount(), 2, "retirements");
    }

    function testFuzz_retire_revertsOverTheBalance(uint64 minted, uint256 wattHours) public {
        minted = uint64(bound(minted, 1, type(uint64).max));
        wattHours = bound(wattHours, uint256(minted) + 1, type(uint256).max);
        uint256 id = _mint(staker, minted);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, minted, wattHours, id));
        vm.prank(staker);
        c.carbonCertificate.retire(id, wattHours, _note());
    }

    function test_retire_revertsOnNothing() public {
        uint256 id = _mint(staker, 1);
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.ZeroAmount.selector));
        vm.prank(staker);
        c.carbonCertificate.retire(id, 0, _note());
    }

    // --- on behalf -------------------------------------------------------------------------------------------------

    function test_retireFrom_byAnOperatorCountsForTheAccount() public {
        uint256 id = _mint(staker, 10);
        vm.prank(staker);
        c.carbonCertificate.setApprovalForAll(stranger, true);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(stranger, staker, address(0), id, 3);
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(1, id, staker, address(0), "A reader", "reading", 3, 144);
        vm.prank(stranger);
        vm.assertEq(c.carbonCertificate.retireFrom(staker, id, 3, _note()), 1, "receipt");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 3, "of the account");
        vm.assertEq(c.retirementReceipt.ownerOf(1), staker, "its receipt");
        vm.prank(staker);
        vm.assertEq(c.carbonCertificate.retireFrom(staker, id, 7, _note()), 2, "the account itself");
    }

    function testFuzz_retireFrom_revertsWithoutApproval(address caller) public {
        vm.assume(caller != staker);
        _mint(staker, 10);
        bytes memory refusal = abi.encodeWithSelector(MISSING_APPROVAL, caller, staker);
        vm.startPrank(caller);
        // Nothing else of these calls is right either: the approval is looked at first.
        vm.expectRevert(refusal);
        c.carbonCertificate.retireFrom(staker, 0, 0, _note());
        vm.expectRevert(refusal);
        c.carbonCertificate.retireBatch(staker, new uint256[](0), new uint256[](0), _note());
        vm.expectRevert(refusal);
        c.carbonCertificate.retire(0, staker, 0);
        vm.expectRevert(refusal);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, caller, 0, 0, "", "");
        vm.expectRevert(refusal);
        c.carbonCertificate
            .safeBatchTransferAndClaimFrom(staker, caller, new uint256[](0), new uint256[](1), "", new bytes[](2));
        vm.stopPrank();
    }

    // --- batches ---------------------------------------------------------------------------------------------------

    function test_retireBatch_numbersItsIdsInARowUnderOneReceipt() public {
        uint256[] memory ids = _list(_mint(staker, 10), _mint(staker, _class(EnergySource.Gas, HOUR), 10));
        vm.prank(staker);
        c.carbonCertificate.retire(ids[0], 1, _note());
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferBatch(staker, staker, address(0), ids, _list(2, 3));
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(2, ids[0], staker, address(0), "A reader", "reading", 2, 96);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC8393Retirement.CreditRetired(staker, ids[0], 2);
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(3, ids[1], staker, address(0), "A reader", "reading", 3, 1_470);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC8393Retirement.CreditRetired(staker, ids[1], 3);
        vm.expectEmit(address(c.retirementReceipt));
        emit IRetirementReceipt.ReceiptIssued(2, staker, staker, 2, 2, 5, 1_566, 0, 0, 0);
        vm.prank(staker);
        vm.assertEq(c.carbonCertificate.retireBatch(staker, ids, _list(2, 3), _note()), 2, "receipt");
        vm.assertEq(c.carbonCertificate.retirementCount(), 3, "retirements");
        vm.assertEq(c.carbonCertificate.receiptCount(), 2, "receipts");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, ids[1]), 3, "second id");
        vm.prank(staker);
        c.carbonCertificate.retire(ids[0], 1, _note());
        vm.assertEq(c.retirementReceipt.record(3).firstRetirementId, 4, "the next follows");
    }

    function test_retireBatch_byAnOperator() public {
        uint256[] memory ids = _list(_mint(staker, 10), _mint(staker, _class(EnergySource.Gas, HOUR), 10));
        vm.prank(staker);
        c.carbonCertificate.setApprovalForAll(stranger, true);
        vm.prank(stranger);
        c.carbonCertificate.retireBatch(staker, ids, _list(2, 3), _note());
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, ids[1]), 3, "of the account");
        vm.assertEq(c.retirementReceipt.balanceOf(stranger), 0, "nothing for the operator");
    }

    function test_retireBatch_takesAnIdTwiceOnlyIfItsWhLast() public {
        uint256 id = _mint(staker, 10);
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, 4, 6, id));
        c.carbonCertificate.retireBatch(staker, _list(id, id), _list(6, 6), _note());
        c.carbonCertificate.retireBatch(staker, _list(id, id), _list(6, 4), _note());
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.totalRetired(id), 10, "each Wh once");
    }

    function test_retireBatch_ofOneEmitsASingleTransfer() public {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory amounts = new uint256[](1);
        (ids[0], amounts[0]) = (_mint(staker, 10), 2);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, address(0), ids[0], 2);
        vm.prank(staker);
        c.carbonCertificate.retireBatch(staker, ids, amounts, _note());
    }

    function test_retireBatch_revertsOnUnequalListsAndOnNothing() public {
        uint256[] memory ids = _list(_mint(staker, 10), _mint(staker, _class(EnergySource.Gas, HOUR), 10));
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 1));
        c.carbonCertificate.retireBatch(staker, ids, new uint256[](1), _note());
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 3));
        c.carbonCertificate.retireBatch(staker, ids, new uint256[](3), _note());
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.ZeroAmount.selector));
        c.carbonCertificate.retireBatch(staker, ids, _list(1, 0), _note());
        vm.expectRevert(_count(0));
        c.carbonCertificate.retireBatch(staker, new uint256[](0), new uint256[](0), _note());
        vm.stopPrank();
    }

    function test_retireBatch_takesUpTo256Ids() public {
        uint256 id = _mint(staker, 1_000);
        (uint256[] memory ids, uint256[] memory amounts) = _many(id, 257);
        vm.startPrank(staker);
        vm.expectRevert(_count(257));
        c.carbonCertificate.retireBatch(staker, ids, amounts, _note());
        (ids, amounts) = _many(id, 256);
        c.carbonCertificate.retireBatch(staker, ids, amounts, _note());
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.retirementCount(), 256, "retirements");
        vm.assertEq(c.retirementReceipt.record(1).ids.length, 256, "lines");
    }

    function _many(uint256 id, uint256 count) private pure returns (uint256[] memory ids, uint256[] memory amounts) {
        ids = new uint256[](count);
        amounts = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            (ids[i], amounts[i]) = (id, 1);
        }
    }

    function _count(uint256 count) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICarbonCertificate.InvalidRetirementCount.selector, count, 256);
    }
}
