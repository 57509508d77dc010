// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CellCommitment, CellDefect, CellDefects} from "./CellCommitment.sol";
import {IMicrocellCourt, Opening} from "./IMicrocellCourt.sol";
import {MicrocellProof} from "./MicrocellProof.sol";

/// @title Opens committed cells, rows and elements, or reverts
library CellOpening {
    /// @notice Requires that the batch under `cellsRoot` holds `cell` at `position`.
    function requireCell(
        bytes32 cellsRoot,
        uint256 cells,
        uint256 position,
        CellCommitment calldata cell,
        bytes32[] calldata siblings
    ) internal pure {
        bytes32 leaf = MicrocellProof.cellLeaf(position, cell);
        if (!MicrocellProof.verify(cellsRoot, leaf, position, cells, siblings)) {
            revert IMicrocellCourt.InvalidOpening("cell");
        }
    }

    function requireWellFormed(CellCommitment calldata cell) internal pure {
        CellDefect defect = CellDefects.ofProduct(cell.op, cell.m, cell.n, cell.k);
        if (defect != CellDefect.None) revert IMicrocellCourt.InvalidCell(defect);
    }

    /// @notice Requires that `opening` holds row `row` of a matrix of `rows` rows of `k` bytes, chunk by chunk.
    function requireRow(bytes1 tag, bytes32 root, uint256 rows, uint256 k, uint256 row, Opening calldata opening)
        internal
        pure
    {
        uint256 chunks = MicrocellProof.chunksPerRow(k);
        uint256 depth = MicrocellProof.depth(rows * chunks);
        if (opening.data.length != k || opening.siblings.length != chunks * depth) _invalid(tag);
        for (uint256 chunk = 0; chunk < chunks; ++chunk) {
            bytes32 leaf = MicrocellProof.leafHash(tag, row * chunks + chunk, _chunk(opening.data, chunk));
            bytes32[] calldata siblings = opening.siblings[chunk * depth:(chunk + 1) * depth];
            if (MicrocellProof.climb(leaf, row * chunks + chunk, siblings) != root) _invalid(tag);
        }
    }

    /// @notice The element of C at (row, column), from the leaf that holds it.
    function element(CellCommitment calldata cell, uint256 row, uint256 column, Opening calldata opening)
        internal
        pure
        returns (int32)
    {
        uint256 elements = uint256(cell.m) * cell.n;
        uint256 flat = row * cell.n + column;
        uint256 index = flat / MicrocellProof.ELEMENTS_PER_LEAF;
        bytes32 leaf = MicrocellProof.leafHash(MicrocellProof.TAG_C, index, opening.data);
        if (
            opening.data.length != MicrocellProof.elementLeafLength(elements, index)
                || !MicrocellProof.verify(
                    cell.rootC, leaf, index, MicrocellProof.elementLeaves(elements), opening.siblings
                )
        ) _invalid(MicrocellProof.TAG_C);
        uint256 offset = 4 * (flat % MicrocellProof.ELEMENTS_PER_LEAF);
        return int32(uint32(bytes4(opening.data[offset:offset + 4])));
    }

    function _chunk(bytes calldata row, uint256 chunk) private pure returns (bytes calldata) {
        uint256 start = chunk * MicrocellProof.CHUNK_BYTES;
        return row[start:start + MicrocellProof.chunkLength(row.length, chunk)];
    }

    function _invalid(bytes1 tag) private pure {
        if (tag == MicrocellProof.TAG_A) revert IMicrocellCourt.InvalidOpening("a");
        if (tag == MicrocellProof.TAG_B) revert IMicrocellCourt.InvalidOpening("b");
        revert IMicrocellCourt.InvalidOpening("c");
    }
}
