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

/// @notice Leaf bytes and the siblings from the leaf up to the root.
struct Opening {
    bytes data;
    bytes32[] siblings;
}

/// @notice Evidence that one element of one committed product is wrong.
/// @param position index of the cell in its batch's tree. @param cellSiblings its path.
/// @param row row of A and C. @param column row of Bt and column of C.
/// @param a the chunks of row `row` of A, in order: one for K ≤ 4,096, else one per 4,096 bytes.
/// @param b likewise row `column` of Bt. @param c the leaf of C that holds the element.
struct FaultProof {
    uint256 batchId;
    uint32 position;
    uint32 row;
    uint32 column;
    CellCommitment cell;
    bytes32[] cellSiblings;
    Opening[] a;
    Opening[] b;
    Opening c;
}

/// @title Judges one wrong element
/// @notice The court opens one row of A, one row of Bt and one element of C against the roots the operator committed,
/// and does the dot product itself. When it differs, the batch is voided, the node jailed and its stake slashed.
interface IMicrocellCourt {
    event FaultProved(
        uint256 indexed faultId,
        uint256 indexed batchId,
        uint48 indexed nodeId,
        address finder,
        uint32 cellIndex,
        uint32 row,
        uint32 column,
        int32 claimed,
        int32 actual,
        uint256 slashed
    );

    error BatchNotOpen(uint256 batchId);
    error InvalidCell(string reason);
    error InvalidOpening(string what);
    error ElementCorrect(int32 value);

    /// @notice Proves a wrong element of an open batch; the caller is the finder and gets the finder's share.
    /// @return faultId 1, 2, 3, … in order of proof.
    function prove(FaultProof calldata proof) external returns (uint256 faultId);

    /// @notice What `prove` would find, without its effects; for a local call before sending. Reverts on an invalid
    /// opening.
    function examine(FaultProof calldata proof) external view returns (int32 claimed, int32 actual);

    function faultCount() external view returns (uint256);

    /// @notice Share of the node's stake that a fault costs, in 1/10,000.
    function slashBps() external view returns (uint16);

    /// @notice Share of the slash that the finder gets, in 1/10,000; the rest is burned.
    function finderBps() external view returns (uint16);
}
