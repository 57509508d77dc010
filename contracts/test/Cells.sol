// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CellCommitment} from "../src/verify/CellCommitment.sol";
import {FaultProof, Opening} from "../src/verify/IMicrocellCourt.sol";

/// @notice A Merkle tree kept level by level; level 0 holds the padded leaves.
struct Tree {
    bytes32[][] levels;
}

/// @notice A microcell with its operands, its claimed product and the three trees.
struct Cell {
    CellCommitment commitment;
    bytes a;
    bytes bt;
    int32[] c;
    Tree treeA;
    Tree treeB;
    Tree treeC;
}

/// @title A reference for the commitment format, written for reading and apart from src/verify
library Trees {
    function build(bytes32[] memory leaves) internal pure returns (Tree memory tree) {
        uint256 width = 1;
        uint256 height = 1;
        while (width < leaves.length) {
            width *= 2;
            ++height;
        }
        tree.levels = new bytes32[][](height);
        tree.levels[0] = new bytes32[](width);
        for (uint256 i = 0; i < width; ++i) {
            tree.levels[0][i] = i < leaves.length ? leaves[i] : keccak256(hex"02");
        }
        for (uint256 level = 1; level < height; ++level) {
            bytes32[] memory below = tree.levels[level - 1];
            bytes32[] memory here = new bytes32[](below.length / 2);
            for (uint256 i = 0; i < here.length; ++i) {
                here[i] = keccak256(bytes.concat(hex"01", below[2 * i], below[2 * i + 1]));
            }
            tree.levels[level] = here;
        }
    }

    function root(Tree memory tree) internal pure returns (bytes32) {
        return tree.levels[tree.levels.length - 1][0];
    }

    function path(Tree memory tree, uint256 index) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](tree.levels.length - 1);
        for (uint256 level = 0; level < siblings.length; ++level) {
            siblings[level] = tree.levels[level][(index >> level) ^ 1];
        }
    }
}

/// @title Microcells for tests: made, multiplied, committed and opened the slow and plain way
library Cells {
    using Trees for Tree;

    /// @notice A cell of pseudo-random operands and its right product.
    function honest(uint32 m, uint32 n, uint32 k, uint256 seed) internal pure returns (Cell memory cell) {
        return product(m, n, k, randomBytes(uint256(m) * k, seed), randomBytes(uint256(n) * k, ~seed));
    }

    function product(uint32 m, uint32 n, uint32 k, bytes memory a, bytes memory bt)
        internal
        pure
        returns (Cell memory cell)
    {
        cell.a = a;
        cell.bt = bt;
        cell.c = new int32[](uint256(m) * n);
        for (uint256 i = 0; i < m; ++i) {
            for (uint256 j = 0; j < n; ++j) {
                cell.c[i * n + j] = dot(slice(a, i * k, k), slice(bt, j * k, k));
            }
        }
        cell.commitment =
            CellCommitment({jobId: 1, cellIndex: 0, op: 1, m: m, n: n, k: k, rootA: 0, rootB: 0, rootC: 0});
        commit(cell);
    }

    /// @notice Builds the trees anew, after a change to operands or product.
    function commit(Cell memory cell) internal pure {
        CellCommitment memory about = cell.commitment;
        cell.treeA = Trees.build(rowLeaves("A", cell.a, about.k));
        cell.treeB = Trees.build(rowLeaves("B", cell.bt, about.k));
        cell.treeC = Trees.build(elementLeaves(cell.c));
        about.rootA = cell.treeA.root();
        about.rootB = cell.treeB.root();
        about.rootC = cell.treeC.root();
    }

    function batch(Cell[] memory cells) internal pure returns (Tree memory) {
        bytes32[] memory leaves = new bytes32[](cells.length);
        for (uint256 i = 0; i < cells.length; ++i) {
            leaves[i] = leafHash("P", i, abi.encode(cells[i].commitment));
        }
        return Trees.build(leaves);
    }

    function proof(uint256 batchId, Tree memory tree, Cell memory cell, uint32 position, uint32 row, uint32 column)
        internal
        pure
        returns (FaultProof memory p)
    {
        CellCommitment memory about = cell.commitment;
        p.batchId = batchId;
        p.position = position;
        p.row = row;
        p.column = column;
        p.cell = about;
        p.cellSiblings = tree.path(position);
        p.a = openRow(cell.treeA, cell.a, about.k, row);
        p.b = openRow(cell.treeB, cell.bt, about.k, column);
        uint256 leaf = (uint256(row) * about.n + column) / 64;
        p.c = Opening(elementBytes(cell.c, leaf), cell.treeC.path(leaf));
    }

    /// @notice The whole row, and the paths of its chunks one after another.
    function openRow(Tree memory tree, bytes memory matrix, uint256 k, uint256 row)
        internal
        pure
        returns (Opening memory opening)
    {
        uint256 chunks = (k + 4095) / 4096;
        uint256 depth = tree.levels.length - 1;
        opening = Opening(slice(matrix, row * k, k), new bytes32[](chunks * depth));
        for (uint256 i = 0; i < chunks * depth; ++i) {
            opening.siblings[i] = tree.path(row * chunks + i / depth)[i % depth];
        }
    }

    function rowLeaves(bytes1 tag, bytes memory matrix, uint256 k) internal pure returns (bytes32[] memory leaves) {
        uint256 chunks = (k + 4095) / 4096;
        leaves = new bytes32[](matrix.length / k * chunks);
        for (uint256 i = 0; i < leaves.length; ++i) {
            leaves[i] = leafHash(tag, i, rowChunk(matrix, k, i / chunks, i % chunks));
        }
    }

    function rowChunk(bytes memory matrix, uint256 k, uint256 row, uint256 chunk) internal pure returns (bytes memory) {
        uint256 start = chunk * 4096;
        return slice(matrix, row * k + start, k - start < 4096 ? k - start : 4096);
    }

    function elementLeaves(int32[] memory c) internal pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[]((c.length + 63) / 64);
        for (uint256 i = 0; i < leaves.length; ++i) {
            leaves[i] = leafHash("C", i, elementBytes(c, i));
        }
    }

    function elementBytes(int32[] memory c, uint256 leaf) internal pure returns (bytes memory data) {
        uint256 first = leaf * 64;
        data = new bytes(4 * (c.length - first < 64 ? c.length - first : 64));
        for (uint256 i = 0; i < data.length; ++i) {
            data[i] = bytes4(uint32(c[first + i / 4]))[i % 4];
        }
    }

    function leafHash(bytes1 tag, uint256 index, bytes memory data) internal pure returns (bytes32) {
        return keccak256(bytes.concat(hex"00", tag, bytes4(uint32(index)), data));
    }

    /// @notice Σ a[i] · b[i], one element at a time.
    function dot(bytes memory a, bytes memory b) internal pure returns (int32 sum) {
        for (uint256 i = 0; i < a.length; ++i) {
            sum += int32(int8(uint8(a[i]))) * int8(uint8(b[i]));
        }
    }

    function slice(bytes memory data, uint256 start, uint256 length) internal pure returns (bytes memory part) {
        part = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(part, 32), add(add(data, 32), start), length)
        }
    }

    function randomBytes(uint256 length, uint256 seed) internal pure returns (bytes memory data) {
        bytes memory words = new bytes((length + 31) / 32 * 32);
        for (uint256 i = 0; i < length; i += 32) {
            bytes32 word = keccak256(abi.encode(seed, i));
            assembly ("memory-safe") {
                mstore(add(add(words, 32), i), word)
            }
        }
        return slice(words, 0, length);
    }
}
