// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

/// @title Three ended epochs, funded, and roots to claim from
abstract contract RewardFixture is Base {
    uint256 internal constant BUDGET = 100_000 ether;
    uint256 internal constant CAP = 200_000 ether;
    uint256 internal constant FUNDED = 300_000 ether;

    function setUp() public virtual override {
        super.setUp();
        vm.warp(START + 3 days);
        vm.prank(holder);
        _gpuck(address(c.greenRewards), FUNDED);
        vm.prank(verifier);
        c.gpuck.approve(address(c.greenRewards), type(uint256).max);
    }

    function _attest(uint256 recomputer, uint256 epoch, bytes32 root, uint256 total) internal {
        address account = _recomputers()[recomputer];
        vm.prank(account);
        c.greenRewards.attestRoot(epoch, root, "inputs", total);
    }

    /// @dev As many attestations as it takes.
    function _propose(uint256 epoch, bytes32 root, uint256 total) internal {
        _attest(0, epoch, root, total);
        _attest(1, epoch, root, total);
    }

    /// @dev Proposes a tree of two leaves, the account's and another's, and returns the account's proof.
    function _publish(uint256 epoch, address account, uint256 cumulative, uint256 total)
        internal
        returns (bytes32[] memory proof)
    {
        proof = new bytes32[](1);
        proof[0] = _leaf(epoch, stranger, 1);
        _propose(epoch, _node(_leaf(epoch, account, cumulative), proof[0]), total);
    }

    /// @dev Written out once more here: the contract's own `leaf` must agree with it.
    function _leaf(uint256 epoch, address account, uint256 cumulative) internal view returns (bytes32) {
        bytes memory inner = abi.encode(block.chainid, address(c.greenRewards), epoch, account, cumulative);
        return keccak256(bytes.concat(keccak256(inner)));
    }

    function _node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return left < right ? keccak256(bytes.concat(left, right)) : keccak256(bytes.concat(right, left));
    }

    function _afterDelay() internal {
        vm.warp(block.timestamp + 1 days);
    }

    function _dispute(uint256 epoch) internal {
        vm.prank(verifier);
        c.greenRewards.dispute(epoch, "a leaf is missing");
    }

    function _resolve(uint256 epoch, bool valid) internal {
        vm.prank(address(c.gpuckTimelock));
        c.greenRewards.resolve(epoch, valid);
    }

    function _disable(uint256 epoch) internal {
        vm.prank(council);
        c.guardian.disableRoot(epoch);
    }
}
