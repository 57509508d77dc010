// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// An ERC-20 ledger that moves made-up amounts between made-up accounts, as many as it is told.
contract Scatter {
    uint256 private constant ACCOUNTS = 10_000;

    mapping(address account => uint256 amount) public balanceOf;

    event Transfer(address indexed from, address indexed to, uint256 value);

    /// `count` transfers that depend on `seed`. An account that holds nothing is not the sender: the amount is minted.
    function scatter(uint256 seed, uint256 count) external {
        for (uint256 i = 0; i < count; i++) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            address from = accountOf(word % ACCOUNTS);
            address to = accountOf((word >> 32) % ACCOUNTS);
            uint256 value = word >> 160;
            uint256 held = balanceOf[from];
            if (held == 0) {
                from = address(0);
            } else {
                value %= held + 1;
                balanceOf[from] = held - value;
            }
            balanceOf[to] += value;
            emit Transfer(from, to, value);
        }
    }

    function accountOf(uint256 index) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(index)))));
    }
}
