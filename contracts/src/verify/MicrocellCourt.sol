// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IComputeMarket} from "../compute/IComputeMarket.sol";
import {INodeRegistry} from "../staking/INodeRegistry.sol";
import {IStakeVault} from "../staking/IStakeVault.sol";
import {DotProduct} from "./DotProduct.sol";
import {CellCommitment, FaultProof, IMicrocellCourt, Opening} from "./IMicrocellCourt.sol";
import {MicrocellProof} from "./MicrocellProof.sol";

/// @title MicrocellCourt
/// @dev Voiding the batch comes first and can happen once, so a batch has at most one fault. No call here reaches
/// foreign code: GPUCK calls nobody back.
contract MicrocellCourt is IMicrocellCourt {
    error PenaltyOutOfBounds(uint16 slashBps, uint16 finderBps);

    uint256 public constant K_MAX = 65_536;
    uint8 public constant GEMM_S8 = 1;
    /// @notice Most of a stake that one fault may cost.
    uint16 public constant SLASH_BPS_MAX = 5_000;
    /// @notice Most of a slash that the finder may get: an operator who reports itself still loses half.
    uint16 public constant FINDER_BPS_MAX = 5_000;

    IComputeMarket public immutable market;
    INodeRegistry public immutable registry;
    IStakeVault public immutable vault;
    /// @inheritdoc IMicrocellCourt
    uint16 public immutable slashBps;
    /// @inheritdoc IMicrocellCourt
    uint16 public immutable finderBps;
    /// @inheritdoc IMicrocellCourt
    uint256 public faultCount;

    constructor(
        IComputeMarket market_,
        INodeRegistry registry_,
        IStakeVault vault_,
        uint16 slashBps_,
        uint16 finderBps_
    ) {
        if (slashBps_ == 0 || slashBps_ > SLASH_BPS_MAX || finderBps_ > FINDER_BPS_MAX) {
            revert PenaltyOutOfBounds(slashBps_, finderBps_);
        }
        market = market_;
        registry = registry_;
        vault = vault_;
        slashBps = slashBps_;
        finderBps = finderBps_;
    }

    /// @inheritdoc IMicrocellCourt
    function prove(FaultProof calldata proof) external returns (uint256 faultId) {
        (int32 claimed, int32 actual) = examine(proof);
        if (claimed == actual) revert ElementCorrect(actual);
        faultId = ++faultCount;
        uint48 nodeId = market.batch(proof.batchId).nodeId;
        market.void(proof.batchId);
        registry.jail(nodeId);
        uint256 penalty = Math.ceilDiv(vault.stakeBehind(nodeId) * slashBps, 10_000);
        (uint256 slashed,,) = vault.slash(nodeId, faultId, penalty, finderBps, msg.sender);
        emit FaultProved(
            faultId,
            proof.batchId,
            nodeId,
            msg.sender,
            proof.cell.cellIndex,
            proof.row,
            proof.column,
            claimed,
            actual,
            slashed
        );
    }

    /// @inheritdoc IMicrocellCourt
    function examine(FaultProof calldata proof) public view returns (int32 claimed, int32 actual) {
        _requireCommitted(proof);
        CellCommitment calldata cell = proof.cell;
        _requireValid(cell, proof.row, proof.column);
        _requireRow(MicrocellProof.TAG_A, cell.rootA, cell.m, cell.k, proof.row, proof.a);
        _requireRow(MicrocellProof.TAG_B, cell.rootB, cell.n, cell.k, proof.column, proof.b);
        claimed = _openElement(cell, proof.row, proof.column, proof.c);
        actual = _dot(proof.a, proof.b);
    }

    function _requireCommitted(FaultProof calldata proof) private view {
        IComputeMarket.Batch memory batch = market.batch(proof.batchId);
        if (batch.status != IComputeMarket.BatchStatus.Committed || block.timestamp >= batch.challengeEndsAt) {
            revert BatchNotOpen(proof.batchId);
        }
        bytes32 leaf = MicrocellProof.cellLeaf(proof.position, proof.cell);
        if (!MicrocellProof.verify(batch.cellsRoot, leaf, proof.position, batch.cells, proof.cellSiblings)) {
            revert InvalidOpening("cell");
        }
    }

    function _requireValid(CellCommitment calldata cell, uint256 row, uint256 column) private pure {
        if (cell.op != GEMM_S8) revert InvalidCell("unknown op");
        if (cell.m == 0 || cell.n == 0 || cell.k == 0) revert InvalidCell("empty matrix");
        if (cell.k > K_MAX) revert InvalidCell("k over 65,536");
        uint256 chunks = MicrocellProof.chunksPerRow(cell.k);
        if (
            cell.m * chunks > type(uint32).max || cell.n * chunks > type(uint32).max
                || MicrocellProof.elementLeaves(uint256(cell.m) * cell.n) > type(uint32).max
        ) revert InvalidCell("too many leaves");
        if (row >= cell.m || column >= cell.n) revert InvalidCell("element outside C");
    }

    function _requireRow(bytes1 tag, bytes32 root, uint256 rows, uint256 k, uint256 row, Opening[] calldata openings)
        private
        pure
    {
        uint256 chunks = MicrocellProof.chunksPerRow(k);
        if (openings.length != chunks) revert InvalidOpening(tag == MicrocellProof.TAG_A ? "a" : "b");
        for (uint256 chunk = 0; chunk < chunks; ++chunk) {
            Opening calldata opening = openings[chunk];
            uint256 index = row * chunks + chunk;
            if (
                opening.data.length != MicrocellProof.chunkLength(k, chunk)
                    || !MicrocellProof.verify(
                        root, MicrocellProof.leafHash(tag, index, opening.data), index, rows * chunks, opening.siblings
                    )
            ) revert InvalidOpening(tag == MicrocellProof.TAG_A ? "a" : "b");
        }
    }

    function _openElement(CellCommitment calldata cell, uint256 row, uint256 column, Opening calldata opening)
        private
        pure
        returns (int32)
    {
        uint256 elements = uint256(cell.m) * cell.n;
        uint256 element = row * cell.n + column;
        uint256 index = element / MicrocellProof.ELEMENTS_PER_LEAF;
        if (opening.data.length != MicrocellProof.elementLeafLength(elements, index)) revert InvalidOpening("c");
        bytes32 leaf = MicrocellProof.leafHash(MicrocellProof.TAG_C, index, opening.data);
        if (!MicrocellProof.verify(cell.rootC, leaf, index, MicrocellProof.elementLeaves(elements), opening.siblings)) {
            revert InvalidOpening("c");
        }
        uint256 offset = 4 * (element % MicrocellProof.ELEMENTS_PER_LEAF);
        return int32(uint32(bytes4(opening.data[offset:offset + 4])));
    }

    /// @dev |Σ| ≤ 2⁷ · 2⁷ · 65,536 = 2³⁰, so the sum fits an s32.
    function _dot(Opening[] calldata a, Opening[] calldata b) private pure returns (int32) {
        int256 sum = 0;
        for (uint256 chunk = 0; chunk < a.length; ++chunk) {
            sum += DotProduct.s8(a[chunk].data, b[chunk].data);
        }
        // forge-lint: disable-next-line(unsafe-typecast)
        return int32(sum);
    }
}
