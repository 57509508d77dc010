// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {IGpuck} from "../../src/token/IGpuck.sol";

/// @title Many delegators of one node, each with a stake of their own
contract Crowd {
    IGpuck private immutable token;
    IStakeVault private immutable vault;
    uint160 private size;

    constructor(IGpuck token_, IStakeVault vault_) {
        token = token_;
        vault = vault_;
    }

    /// @dev Takes what it hands out from its own balance.
    function grow(uint48 nodeId, uint160 count) external {
        for (uint160 i = 1; i <= count; ++i) {
            address account = address((uint160(nodeId) << 128) + 0xC0FFEE0000 + size + i);
            require(token.transfer(account, 1 ether), "transfer");
            vm.startPrank(account);
            token.approve(address(vault), 1 ether);
            vault.stake(nodeId, 1 ether, 0);
            vm.stopPrank();
        }
        size += count;
    }
}
