// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CellCommitment} from "./CellCommitment.sol";

/// @title The commitment format of microcells
/// @notice leaf = keccak256(0x00 ‖ tag ‖ uint32 index ‖ bytes); node = keccak256(0x01 ‖ left ‖ right);
/// absent leaf = keccak256(0x02). A tree of n leaves is padded with absent leaves to the next power of two; the root of
/// a single leaf is the leaf. The tag stops one matrix from standing in for another, the index stops reordering.
/// @dev Leaf layouts:
/// `A`, `B`: one row of K bytes (s8, two's complement), or 4,096-byte chunks of it when K > 4,096 (the last one
///           shorter); index = row × chunks + chunk. `B` holds the rows of Bt, that is, the columns of the
///           right operand.
/// `C`:      64 consecutive s32, big-endian, in row-major order (the last leaf shorter); index = element / 64.
/// `P`:      abi.encode(CellCommitment), 288 bytes; index = position in the batch.
library MicrocellProof {
    bytes1 internal constant TAG_A = "A";
    bytes1 internal constant TAG_B = "B";
    bytes1 internal constant TAG_C = "C";
    bytes1 internal constant TAG_CELL = "P";

    uint256 internal constant CHUNK_BYTES = 4_096;
    uint256 internal constant ELEMENTS_PER_LEAF = 64;
    uint256 internal constant CELL_BYTES = 288;

    /// @notice Chunks that one row of `k` bytes is cut into.
    function chunksPerRow(uint256 k) internal pure returns (uint256) {
        return (k + CHUNK_BYTES - 1) / CHUNK_BYTES;
    }

    /// @notice Bytes of chunk `chunk` of a row of `k` bytes.
    function chunkLength(uint256 k, uint256 chunk) internal pure returns (uint256) {
        uint256 left = k - chunk * CHUNK_BYTES;
        return left < CHUNK_BYTES ? left : CHUNK_BYTES;
    }

    /// @notice Leaves of a C matrix of `elements` elements.
    function elementLeaves(uint256 elements) internal pure returns (uint256) {
        return (elements + ELEMENTS_PER_LEAF - 1) / ELEMENTS_PER_LEAF;
    }

    /// @notice Bytes of leaf `leaf` of a C matrix of `elements` elements.
    function elementLeafLength(uint256 elements, uint256 leaf) internal pure returns (uint256) {
        uint256 left = elements - leaf * ELEMENTS_PER_LEAF;
        return 4 * (left < ELEMENTS_PER_LEAF ? left : ELEMENTS_PER_LEAF);
    }

    /// @param index below a leaf count of at most 2³².
    function leafHash(bytes1 tag, uint256 index, bytes calldata data) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let pointer := mload(0x40)
            // 0x00, the tag and four bytes of index; what the index overhangs is overwritten by the data.
            mstore(pointer, or(shr(8, tag), shl(208, index)))
            calldatacopy(add(pointer, 6), data.offset, data.length)
            hash := keccak256(pointer, add(data.length, 6))
        }
    }

    /// @dev A commitment has nine words of fixed size, so its encoding lies in the calldata as it is.
    function cellLeaf(uint256 position, CellCommitment calldata cell) internal pure returns (bytes32) {
        bytes calldata encoded;
        assembly ("memory-safe") {
            encoded.offset := cell
            encoded.length := CELL_BYTES
        }
        return leafHash(TAG_CELL, position, encoded);
    }

    /// @notice Levels above the leaves of a tree of `leaves` leaves: ceil(log2(leaves)).
    function depth(uint256 leaves) internal pure returns (uint256 levels) {
        while (uint256(1) << levels < leaves) ++levels;
    }

    /// @notice Whether `leaf` stands at `index` of the tree of `leaves` leaves under `root`.
    function verify(bytes32 root, bytes32 leaf, uint256 index, uint256 leaves, bytes32[] calldata siblings)
        internal
        pure
        returns (bool)
    {
        return index < leaves && siblings.length == depth(leaves) && climb(leaf, index, siblings) == root;
    }

    /// @notice The node above `node`, as many levels up as there are siblings. The bits of `index` say on which side
    /// the siblings stand, the lowest bit first.
    function climb(bytes32 node, uint256 index, bytes32[] calldata siblings) internal pure returns (bytes32 top) {
        assembly ("memory-safe") {
            // A node's preimage are the 65 bytes from 0x1f: 0x01, left, right. The right half overlaps the free memory
            // pointer, so that pointer is put back.
            let pointer := mload(0x40)
            mstore(0x00, 0x01)
            let end := add(siblings.offset, shl(5, siblings.length))
            for { let at := siblings.offset } lt(at, end) { at := add(at, 32) } {
                let side := shl(5, and(index, 1))
                mstore(add(0x20, side), node)
                mstore(sub(0x40, side), calldataload(at))
                node := keccak256(0x1f, 0x41)
                index := shr(1, index)
            }
            mstore(0x40, pointer)
            top := node
        }
    }

    /// @notice The node above `nodes`, whose number is a power of two.
    function fold(bytes32[] memory nodes) internal pure returns (bytes32) {
        for (uint256 width = nodes.length; width > 1; width /= 2) {
            for (uint256 i = 0; i < width; i += 2) {
                nodes[i / 2] = nodeHash(nodes[i], nodes[i + 1]);
            }
        }
        return nodes[0];
    }

    /// @notice keccak256(0x01 ‖ left ‖ right).
    function nodeHash(bytes32 left, bytes32 right) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let pointer := mload(0x40)
            mstore(0x00, 0x01)
            mstore(0x20, left)
            mstore(0x40, right)
            hash := keccak256(0x1f, 0x41)
            mstore(0x40, pointer)
        }
    }
}
