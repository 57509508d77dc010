// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "./RewardFixture.sol";

/// @title What rewards cost, as whole transactions
/// @dev A claim's proof is as long as that of a tree of 131,072 leaves.
contract RewardsGasTest is RewardFixture {
    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_claimOfAHolder() public {
        (uint256 first,) = _claimTwice(staker, "claim");
        vm.assertLe(first, 92_000, "ceiling");
    }

    /// @dev Who holds no GPUCK yet pays 17,100 more once, for the balance.
    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_claimOfANewHolder() public {
        _claimTwice(stranger, "claim of a new holder");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_roots() public {
        _attest(0, 0, "root", 1 ether);
        vm.snapshotGasLastCall("rewards", "attestRoot, first");
        _attest(1, 0, "root", 1 ether);
        vm.snapshotGasLastCall("rewards", "attestRoot, proposing");
        _dispute(0);
        vm.snapshotGasLastCall("rewards", "dispute");
        _resolve(0, false);
        vm.snapshotGasLastCall("rewards", "resolve, wrong root");
        _propose(1, "root", 1 ether);
        _disable(1);
        vm.snapshotGasLastCall("rewards", "disable, through the guardian");
    }

    function _claimTwice(address account, string memory name) private returns (uint256 first, uint256 repeat) {
        bytes32[] memory proof = _proposeDeep(0, account, 1 ether);
        _proposeDeep(1, account, 2 ether);
        _afterDelay();
        // Somebody has claimed before: the first claim of all writes the books from zero.
        _proposeDeep(2, verifier, 3 ether);
        _afterDelay();
        c.greenRewards.claim(2, verifier, 3 ether, proof);
        c.greenRewards.claim(0, account, 1 ether, proof);
        first = vm.snapshotGasLastCall("rewards", string.concat(name, ", first"));
        c.greenRewards.claim(1, account, 2 ether, proof);
        repeat = vm.snapshotGasLastCall("rewards", string.concat(name, ", repeat"));
    }

    function _proposeDeep(uint256 epoch, address account, uint256 cumulative) private returns (bytes32[] memory proof) {
        proof = new bytes32[](17);
        bytes32 node = _leaf(epoch, account, cumulative);
        for (uint256 i = 0; i < proof.length; ++i) {
            // Always the right child: what the order costs must not depend on where contracts are deployed.
            proof[i] = bytes32(type(uint256).max - i);
            node = _node(node, proof[i]);
        }
        _propose(epoch, node, 10 ether);
    }
}
