// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {GreenRewards} from "../../src/rewards/GreenRewards.sol";
import {IGreenRewards} from "../../src/rewards/IGreenRewards.sol";
import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "../rewards/RewardFixture.sol";

/// @dev Leaves of two words, hashed once: as long as an inner node, and hashed as one.
contract ShortLeafDrop {
    bytes32 private immutable _root;
    uint256 public paid;

    constructor(bytes32 root) {
        _root = root;
    }

    function claim(uint256 index, uint256 amount, bytes32[] calldata proof) external {
        require(MerkleProof.verifyCalldata(proof, _root, keccak256(abi.encode(index, amount))), "proof");
        paid += amount;
    }
}

/// @title F12: an inner node passes for a leaf, or builders and contract hash differently
contract F12MerkleSecondPreimageTest is RewardFixture {
    function test_attack_anInnerNodeIsClaimedAsALeaf() public {
        (bytes32 left, bytes32 right) = (keccak256(abi.encode(0, 1 ether)), keccak256(abi.encode(1, 1 ether)));
        if (left > right) (left, right) = (right, left);
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = _node(keccak256(abi.encode(2, 1 ether)), keccak256(abi.encode(3, 1 ether)));
        ShortLeafDrop drop = new ShortLeafDrop(_node(_node(left, right), proof[0]));
        drop.claim(uint256(left), uint256(right), proof);
        vm.assertEq(drop.paid(), uint256(right), "nobody ever announced that amount");
    }

    function test_defence_noInnerNodeIsALeaf() public {
        bytes32[4] memory leaves;
        for (uint256 i = 0; i < 4; ++i) {
            leaves[i] = _leaf(0, address(uint160(i + 1)), 1 ether);
        }
        (bytes32 left, bytes32 right) = leaves[0] < leaves[1] ? (leaves[0], leaves[1]) : (leaves[1], leaves[0]);
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = _node(leaves[2], leaves[3]);
        _propose(0, _node(_node(left, right), proof[0]), 4 ether);
        _afterDelay();
        // The preimage of the inner node, cut into a claim wherever it fits.
        _expectInvalid(0, address(uint160(uint256(left))), uint256(right), proof);
        _expectInvalid(0, address(uint160(uint256(right))), uint256(left), proof);
        _expectInvalid(0, address(1), 1 ether, proof);
        _expectInvalid(0, address(1), 1 ether, new bytes32[](0));
        bytes32[] memory whole = new bytes32[](2);
        (whole[0], whole[1]) = (leaves[1], proof[0]);
        vm.assertEq(c.greenRewards.claim(0, address(1), 1 ether, whole), 1 ether, "the leaf itself pays");
    }

    /// @dev Hashes and root as OpenZeppelin's StandardMerkleTree builds them, for (uint256 31337, the contract's
    /// address, uint256 7, account, cumulative).
    function test_defence_treeBuildersAndContractAgree() public {
        GreenRewards rewards = GreenRewards(0x0000000000000000000000000000000000C0FFEE);
        vm.etch(address(rewards), address(c.greenRewards).code);
        bytes32 a = 0xdb43eb0a7de2ccdce221789fecc9c485afa0bdbd48b8ac07d484562be0af435d;
        bytes32 b = 0xb2cc6cda68a1f8ef8c2b0e1c5bebe5979ae36bf345a4b4a58eb8251b07ab01ed;
        bytes32 d = 0x72ecc902a7d64f73943f66071e549cdc0acc9b8ae28df9366076b77694d94137;
        vm.assertEq(rewards.leaf(7, address(0xa1), 1 ether), a, "a");
        vm.assertEq(rewards.leaf(7, address(0xb2), 2.5 ether), b, "b");
        vm.assertEq(rewards.leaf(7, address(0xc3), 1), d, "d");
        bytes32[] memory proof = new bytes32[](2);
        (proof[0], proof[1]) = (b, a);
        bytes32 root = 0x7de2eac5db1f20f150278c350af64bc45a48b62a2f7a2b7fcdd6d660b5a8d183;
        vm.assertEq(MerkleProof.processProof(proof, d), root, "root");
    }

    function _expectInvalid(uint256 epoch, address account, uint256 cumulative, bytes32[] memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.InvalidProof.selector));
        c.greenRewards.claim(epoch, account, cumulative, proof);
    }
}
