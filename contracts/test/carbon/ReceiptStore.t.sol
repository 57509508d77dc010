// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReceiptStore} from "../../src/carbon/ReceiptStore.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

/// @title Keeps records as the receipts do
contract Archive {
    function write(uint256 number, bytes calldata data) external {
        ReceiptStore.write(number, data);
    }

    function read(uint256 number) external view returns (bytes memory) {
        return ReceiptStore.read(number);
    }

    function place(uint256 number) external view returns (address) {
        return ReceiptStore.place(number);
    }
}

contract ReceiptStoreTest is Base {
    Archive private archive;

    function setUp() public override {
        archive = new Archive();
    }

    function testFuzz_place_isTheAddressOfTheContractCreatedThen(uint64 number) public view {
        _placed(number);
    }

    function test_place_holdsWhereTheNonceGrowsByAByte() public view {
        uint64[11] memory numbers =
            [uint64(1), 127, 128, 255, 256, 65_535, 65_536, 1 << 24, 1 << 32, 1 << 56, type(uint64).max - 1];
        for (uint256 i = 0; i < numbers.length; ++i) {
            _placed(numbers[i]);
        }
    }

    function testFuzz_read_returnsWhatWasWritten(bytes memory first, bytes memory second) public {
        archive.write(1, first);
        archive.write(2, second);
        vm.assertEq(keccak256(archive.read(1)), keccak256(first), "first");
        vm.assertEq(keccak256(archive.read(2)), keccak256(second), "second");
        vm.assertEq(archive.read(3).length, 0, "none");
        vm.assertEq(archive.read(0).length, 0, "none before the first");
    }

    function test_write_holdsTheLongestReceipt() public {
        bytes memory data = new bytes(44 + 20 + 64 + 160 + 256 * 24);
        data[data.length - 1] = 0x01;
        archive.write(1, data);
        vm.assertEq(keccak256(archive.read(1)), keccak256(data), "longest");
    }

    function test_write_leavesCodeThatStopsAtOnce() public {
        archive.write(1, hex"00fe60");
        vm.assertEq(keccak256(archive.place(1).code), keccak256(hex"0000fe60"), "code");
        (bool ok, bytes memory answer) = archive.place(1).call("anything");
        vm.assertTrue(ok && answer.length == 0, "does nothing");
    }

    function test_write_revertsOutOfTurn() public {
        vm.expectRevert(abi.encodeWithSelector(ReceiptStore.RecordMisplaced.selector, 2));
        archive.write(2, "early");
        archive.write(1, "first");
        vm.expectRevert(abi.encodeWithSelector(ReceiptStore.RecordMisplaced.selector, 1));
        archive.write(1, "again");
        archive.write(2, "second");
    }

    function _placed(uint64 number) private view {
        if (number == 0) return;
        address expected = vm.computeCreateAddress(address(archive), number);
        vm.assertEq(archive.place(number), expected, "place");
    }
}
