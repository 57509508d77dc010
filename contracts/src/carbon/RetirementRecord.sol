// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {RetirementNote} from "./ICarbonCertificate.sol";
import {Retirement} from "./IRetirementReceipt.sol";

/// @notice What is kept of a retirement: all that its receipt says and that nothing else on chain can tell.
struct RetirementRecord {
    address account;
    uint256 firstRetirementId;
    uint40 retiredAt;
    uint256[] ids;
    uint256[] wattHours;
    RetirementNote note;
}

using RetirementRecords for RetirementRecord global;

/// @title Retirement records as bytes
/// @notice flags 1 · name length 1 · reason length 1 · retiredAt 5 · periodStart 5 · periodEnd 5 · first retirement 6 ·
/// account 20 · [beneficiary 20] · [commitment 32] · name · reason · for each id: id 16, Wh 8.
library RetirementRecords {
    uint256 internal constant NAME_LIMIT = 64;
    uint256 internal constant REASON_LIMIT = 160;

    uint8 private constant HAS_BENEFICIARY = 1;
    uint8 private constant HAS_COMMITMENT = 2;
    uint256 private constant HEAD_BYTES = 44;
    uint256 private constant ENTRY_BYTES = 24;

    function ownerOf(RetirementRecord memory record) internal pure returns (address) {
        return record.note.beneficiary == address(0) ? record.account : record.note.beneficiary;
    }

    /// @dev The certificate contract has checked the lengths, and its ids and amounts fit 124 and 64 bits.
    // forge-lint: disable-start(unsafe-typecast)
    function encode(Retirement calldata retirement) internal view returns (bytes memory) {
        RetirementNote calldata note = retirement.note;
        uint8 flags = (note.beneficiary != address(0) ? HAS_BENEFICIARY : 0)
            | (note.beneficiaryCommitment != 0 ? HAS_COMMITMENT : 0);
        return bytes.concat(
            abi.encodePacked(
                flags,
                uint8(bytes(note.beneficiaryName).length),
                uint8(bytes(note.reason).length),
                uint40(block.timestamp),
                note.periodStart,
                note.periodEnd,
                uint48(retirement.firstRetirementId),
                retirement.account
            ),
            flags & HAS_BENEFICIARY != 0 ? abi.encodePacked(note.beneficiary) : bytes(""),
            flags & HAS_COMMITMENT != 0 ? abi.encodePacked(note.beneficiaryCommitment) : bytes(""),
            bytes(note.beneficiaryName),
            bytes(note.reason),
            _entries(retirement.ids, retirement.wattHours)
        );
    }

    function decode(bytes memory data) internal pure returns (RetirementRecord memory record) {
        RetirementNote memory note = record.note;
        bytes32 head = _word(data, 0);
        uint8 flags = uint8(head[0]);
        record.retiredAt = uint40(bytes5(head << 24));
        note.periodStart = uint40(bytes5(head << 64));
        note.periodEnd = uint40(bytes5(head << 104));
        record.firstRetirementId = uint48(bytes6(head << 144));
        record.account = address(bytes20(_word(data, 24)));
        uint256 at = HEAD_BYTES;
        if (flags & HAS_BENEFICIARY != 0) {
            note.beneficiary = address(bytes20(_word(data, at)));
            at += 20;
        }
        if (flags & HAS_COMMITMENT != 0) {
            note.beneficiaryCommitment = _word(data, at);
            at += 32;
        }
        note.beneficiaryName = string(Bytes.slice(data, at, at += uint8(head[1])));
        note.reason = string(Bytes.slice(data, at, at += uint8(head[2])));
        _readEntries(record, data, at);
    }

    function _entries(uint256[] calldata ids, uint256[] calldata wattHours) private pure returns (bytes memory data) {
        data = new bytes(ids.length * ENTRY_BYTES);
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 at = 32 + i * ENTRY_BYTES;
            uint256 entry = ids[i] << 128 | wattHours[i] << 64;
            // The last eight bytes are zero and lie where the next entry goes, or in free memory.
            assembly ("memory-safe") {
                mstore(add(data, at), entry)
            }
        }
    }
    // forge-lint: disable-end(unsafe-typecast)

    function _readEntries(RetirementRecord memory record, bytes memory data, uint256 at) private pure {
        uint256 count = (data.length - at) / ENTRY_BYTES;
        record.ids = new uint256[](count);
        record.wattHours = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 entry = uint256(_word(data, at + i * ENTRY_BYTES));
            record.ids[i] = entry >> 128;
            record.wattHours[i] = entry >> 64 & type(uint64).max;
        }
    }

    function _word(bytes memory data, uint256 at) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), at))
        }
    }
}
