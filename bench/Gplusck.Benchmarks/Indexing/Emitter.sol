// SPDX-License-Identifier: MIT
pragma solidity ^0.8.0;

/// @title Logs transfers among ten thousand accounts, keeping nothing
contract Emitter {
    event Transfer(address indexed from, address indexed to, uint256 value);

    function emitTransfers(uint256 seed, uint256 count) external {
        for (uint256 i = 0; i < count; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            emit Transfer(account(dice % 10_000), account((dice >> 64) % 10_000), (dice >> 128) % 1e24);
        }
    }

    // Spread over the whole range as real addresses are.
    function account(uint256 index) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(index)))));
    }
}
