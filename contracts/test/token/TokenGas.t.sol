// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

/// @title What GPUCK costs to move, as whole transactions
/// @dev Every call runs isolated, so the figures hold the 21,000 gas of a transaction, its calldata and cold storage.
/// Votes cost more where a delegate's checkpoint is written: a slot each for an old one of the same second, a slot
/// pushed to the list and its length for a new one.
contract TokenGasTest is Base {
    address internal immutable fresh = _actor("fresh");
    address internal immutable otherFresh = _actor("otherFresh");

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_transfer() public {
        uint256 toHolder = _transfer(staker, operator, "transfer, to a holder");
        vm.assertLe(toHolder, 21_000 + 21_000, "to a holder");
        uint256 toNew = _transfer(staker, fresh, "transfer, to a new account");
        vm.assertLe(toNew, 21_000 + 38_000, "to a new account");
        vm.prank(staker);
        c.gpuck.delegate(stranger);
        vm.warp(START + 1);
        _transfer(staker, operator, "transfer, the sender delegates");
        vm.warp(START + 2);
        _transfer(operator, staker, "transfer, the recipient delegates");
        vm.prank(operator);
        c.gpuck.delegate(stranger);
        vm.warp(START + 3);
        _transfer(staker, operator, "transfer, both delegate to one");
        vm.prank(operator);
        c.gpuck.delegate(verifier);
        vm.warp(START + 4);
        _transfer(staker, operator, "transfer, both delegate, new checkpoints");
        _transfer(staker, operator, "transfer, both delegate, checkpoints of this second");
        vm.prank(otherStaker);
        c.gpuck.delegate(otherStaker);
        vm.prank(otherFresh);
        c.gpuck.delegate(otherFresh);
        vm.warp(START + 5);
        _transfer(otherStaker, otherFresh, "transfer, to a new account with its first checkpoint");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_burnDelegateAndMint() public {
        vm.prank(staker);
        c.gpuck.burn(1 ether, "test");
        vm.snapshotGasLastCall("token", "burn");
        vm.prank(staker);
        c.gpuck.delegate(staker);
        vm.snapshotGasLastCall("token", "delegate, first");
        vm.warp(START + 1);
        vm.prank(staker);
        c.gpuck.delegate(operator);
        uint256 change = vm.snapshotGasLastCall("token", "delegate, to another");
        vm.assertLe(change, 145_000, "two new checkpoints");
        vm.warp(START + 2 days);
        c.emission.mintEpoch(0);
        vm.snapshotGasLastCall("token", "mintEpoch, nothing burned");
    }

    function _transfer(address from, address to, string memory name) private returns (uint256) {
        vm.prank(from);
        _gpuck(to, 1 ether);
        return vm.snapshotGasLastCall("token", name);
    }
}
