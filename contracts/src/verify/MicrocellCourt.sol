// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IComputeMarket} from "../compute/IComputeMarket.sol";
import {ITerms, Shares} from "../governance/ITerms.sol";
import {INodeRegistry} from "../staking/INodeRegistry.sol";
import {IStakeVault} from "../staking/IStakeVault.sol";
import {CellCommitment, CellDefect, CellDefects} from "./CellCommitment.sol";
import {CellOpening} from "./CellOpening.sol";
import {DotProduct} from "./DotProduct.sol";
import {Equivocation} from "./Equivocation.sol";
import {Equivocator, Fault, FaultKind, FaultProof, FaultStage, IMicrocellCourt, Opening} from "./IMicrocellCourt.sol";
import {MicrocellProof} from "./MicrocellProof.sol";

/// @title MicrocellCourt
/// @dev The market marks a batch as faulted once, so a batch has at most one fault. The only foreign code reached is an
/// operator's ERC-1271 check, in a static call.
contract MicrocellCourt is Equivocation {
    ITerms public immutable terms;
    /// @notice Where withheld data is demanded.
    address public immutable forcedOpening;

    constructor(
        ITerms terms_,
        IComputeMarket market_,
        INodeRegistry registry_,
        IStakeVault vault_,
        address forcedOpening_
    ) Equivocation(market_, registry_, vault_) {
        terms = terms_;
        forcedOpening = forcedOpening_;
    }

    /// @inheritdoc IMicrocellCourt
    function prove(FaultProof calldata proof, bytes32) external returns (uint256 faultId) {
        faultId = _redeem(FaultKind.WrongElement, proof.batchId);
        (uint48 nodeId, int32 claimed, int32 actual) = _examine(proof);
        if (claimed == actual) revert ElementCorrect(actual);
        market.condemn(proof.batchId);
        emit FaultProved(
            faultId,
            proof.batchId,
            nodeId,
            FaultKind.WrongElement,
            msg.sender,
            proof.cell.cellIndex,
            proof.row,
            proof.column,
            claimed,
            actual
        );
    }

    /// @inheritdoc IMicrocellCourt
    function proveMalformed(uint256 batchId, uint32 position, Opening calldata leaf, bytes32)
        external
        returns (uint256 faultId)
    {
        faultId = _redeem(FaultKind.MalformedCell, batchId);
        (uint256 jobId, uint48 nodeId, uint32 cells, bytes32 cellsRoot) = market.openBatch(batchId);
        bytes32 hash = MicrocellProof.leafHash(MicrocellProof.TAG_CELL, position, leaf.data);
        if (!MicrocellProof.verify(cellsRoot, hash, position, cells, leaf.siblings)) revert InvalidOpening("cell");
        if (CellDefects.ofLeaf(leaf.data, jobId) == CellDefect.None) revert CellWellFormed();
        market.condemn(batchId);
        emit FaultProved(faultId, batchId, nodeId, FaultKind.MalformedCell, msg.sender, 0, 0, 0, 0, 0);
    }

    /// @inheritdoc IMicrocellCourt
    function recordWithheld(uint256 demandId, uint256 batchId, address challenger) external {
        if (msg.sender != forcedOpening) revert NotAuthorised(msg.sender);
        _record(demandId, FaultKind.DataWithheld, batchId, challenger);
        (, uint48 nodeId,,) = market.openBatch(batchId);
        market.condemn(batchId);
        emit FaultProved(demandId, batchId, nodeId, FaultKind.DataWithheld, challenger, 0, 0, 0, 0, 0);
    }

    /// @inheritdoc IMicrocellCourt
    function punish(uint256 faultId) external {
        Fault storage entry = _faults[faultId];
        if (entry.stage != FaultStage.Proved) revert NotProved(faultId);
        entry.stage = FaultStage.Punished;
        entry.since = SafeCast.toUint40(block.timestamp);
        (uint48 nodeId, uint256 stakeWei) =
            entry.kind == FaultKind.Equivocation ? _endNode(faultId) : _voidBatch(entry.batchId);
        Shares memory shares = terms.shares();
        // Rounded down: a fault never costs more than the share of the snapshot.
        uint256 amount = stakeWei * shares.slashBps / 10_000;
        (uint256 slashed,,) = vault.slash(nodeId, faultId, amount, shares.finderBps, entry.finder);
        emit FaultPunished(faultId, entry.batchId, nodeId, slashed);
    }

    /// @inheritdoc IMicrocellCourt
    function examine(FaultProof calldata proof) external view returns (int32 claimed, int32 actual) {
        (, claimed, actual) = _examine(proof);
    }

    function _examine(FaultProof calldata proof) private view returns (uint48 nodeId, int32 claimed, int32 actual) {
        CellCommitment calldata cell = proof.cell;
        uint32 cells;
        bytes32 cellsRoot;
        (, nodeId, cells, cellsRoot) = market.openBatch(proof.batchId);
        CellOpening.requireCell(cellsRoot, cells, proof.position, cell, proof.cellSiblings);
        CellOpening.requireWellFormed(cell);
        if (proof.row >= cell.m || proof.column >= cell.n) revert InvalidOpening("element outside C");
        CellOpening.requireRow(MicrocellProof.TAG_A, cell.rootA, cell.m, cell.k, proof.row, proof.a);
        CellOpening.requireRow(MicrocellProof.TAG_B, cell.rootB, cell.n, cell.k, proof.column, proof.b);
        claimed = CellOpening.element(cell, proof.row, proof.column, proof.c);
        // A well-formed cell's K bounds the sum by 2³⁰.
        // forge-lint: disable-next-line(unsafe-typecast)
        actual = int32(DotProduct.s8(proof.a.data, proof.b.data));
    }

    function _voidBatch(uint256 batchId) private returns (uint48 nodeId, uint256 stakeWei) {
        IComputeMarket.Batch memory batch = market.batch(batchId);
        market.void(batchId);
        registry.jail(batch.nodeId);
        return (batch.nodeId, batch.stakeWei);
    }

    function _endNode(uint256 faultId) private returns (uint48 nodeId, uint256 stakeWei) {
        Equivocator memory entry = _equivocators[faultId];
        uint256 batchId = _faults[faultId].batchId;
        if (batchId != 0) market.void(batchId);
        if (entry.otherBatchId != 0) market.void(entry.otherBatchId);
        registry.tombstone(entry.nodeId);
        return (entry.nodeId, entry.stakeWei);
    }
}
