// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// A token that anyone may mint, burn and scatter.
contract TestToken is ERC20("Test token", "TST") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    /// One transfer to each of `count` addresses that depend on `seed`.
    function scatter(uint256 seed, uint256 count) external {
        for (uint256 i = 0; i < count; i++) {
            _mint(address(uint160(uint256(keccak256(abi.encode(seed, i % 50))))), i + 1);
        }
    }
}
