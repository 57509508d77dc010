// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What an operator claims about one microcell C = A · B, s8 × s8 → s32.
/// @param op 1 = GEMM_S8, the only one so far.
/// @param m rows of A and C. @param n rows of Bt (columns of C). @param k columns of A and of Bt.
/// @param rootA root of A, M rows of K bytes. @param rootB root of Bt, N rows of K bytes. @param rootC root of C.
struct CellCommitment {
    uint256 jobId;
    uint32 cellIndex;
    uint8 op;
    uint32 m;
    uint32 n;
    uint32 k;
    bytes32 rootA;
    bytes32 rootB;
    bytes32 rootC;
}

/// @notice What can make a committed cell one that no honest operator commits.
/// @dev `Encoding`: the leaf is not an encoded commitment. `ForeignJob`: the cell is of another job than its batch.
enum CellDefect {
    None,
    Encoding,
    ForeignJob,
    UnknownOp,
    EmptyMatrix,
    LongRow,
    LargeMatrix
}

/// @title Which cells can be judged
library CellDefects {
    uint256 internal constant GEMM_S8 = 1;
    /// @notice Longest row: |Σ| ≤ 2⁷ · 2⁷ · 65,536 = 2³⁰ fits an s32 in any order of summation.
    uint256 internal constant K_MAX = 65_536;
    /// @notice Most elements a matrix may have; the index of every leaf then fits a uint32.
    uint256 internal constant ELEMENTS_MAX = 1 << 30;

    /// @notice The first thing wrong with a product of these sizes. Sizes are below 2³².
    function ofProduct(uint256 op, uint256 m, uint256 n, uint256 k) internal pure returns (CellDefect) {
        if (op != GEMM_S8) return CellDefect.UnknownOp;
        if (m == 0 || n == 0 || k == 0) return CellDefect.EmptyMatrix;
        if (k > K_MAX) return CellDefect.LongRow;
        if (m * k > ELEMENTS_MAX || n * k > ELEMENTS_MAX || m * n > ELEMENTS_MAX) return CellDefect.LargeMatrix;
        return CellDefect.None;
    }

    /// @notice The first thing wrong with the bytes of a leaf of a batch of job `jobId`.
    function ofLeaf(bytes calldata leaf, uint256 jobId) internal pure returns (CellDefect) {
        if (leaf.length != 288) return CellDefect.Encoding;
        uint256[9] memory words = abi.decode(leaf, (uint256[9]));
        uint256 u32 = type(uint32).max;
        if (words[1] > u32 || words[2] > type(uint8).max || words[3] > u32 || words[4] > u32 || words[5] > u32) {
            return CellDefect.Encoding;
        }
        if (words[0] != jobId) return CellDefect.ForeignJob;
        return ofProduct(words[2], words[3], words[4], words[5]);
    }
}
