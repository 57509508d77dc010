// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";

/// @title Data kept as the code of contracts that do nothing
/// @notice 200 gas a byte and 32,000 for each record, against 690 a byte in storage. The n-th record lies where the
/// n-th contract of its author does, so that no pointer is stored.
library ReceiptStore {
    error RecordMisplaced(uint256 number);

    /// @dev Stored in front of the data: nothing of it ever runs.
    bytes1 private constant STOP = 0x00;

    /// @notice Stores record `number`; numbers must run from 1 without a gap, and the caller must create nothing else.
    function write(uint256 number, bytes memory data) internal {
        // PUSH2 length, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, RETURN: returns what follows it.
        // The caller's records are far shorter than 65,536 bytes.
        // forge-lint: disable-next-line(unsafe-typecast)
        bytes memory creation = abi.encodePacked(hex"61", uint16(data.length + 1), hex"80600a5f395ff3", STOP, data);
        address created;
        assembly ("memory-safe") {
            created := create(0, add(creation, 32), mload(creation))
        }
        if (created != place(number)) revert RecordMisplaced(number);
    }

    /// @return data empty when there is no such record.
    function read(uint256 number) internal view returns (bytes memory data) {
        address record = place(number);
        uint256 size = record.code.length;
        if (size == 0) return data;
        data = new bytes(size - 1);
        assembly ("memory-safe") {
            extcodecopy(record, add(data, 32), 1, sub(size, 1))
        }
    }

    /// @notice Where record `number` of this contract lies: the CREATE address, whose nonce runs from 1.
    function place(uint256 number) internal view returns (address) {
        bytes memory nonce = RLP.encode(number);
        // RLP of the list [address, nonce]: the address is 1 + 20 bytes, the nonce at most 9 for any count to come.
        // forge-lint: disable-next-line(unsafe-typecast)
        bytes1 list = bytes1(uint8(0xc0 + 21 + nonce.length));
        return address(uint160(uint256(keccak256(abi.encodePacked(list, hex"94", address(this), nonce)))));
    }
}
