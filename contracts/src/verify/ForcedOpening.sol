// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IComputeMarket} from "../compute/IComputeMarket.sol";
import {ITerms} from "../governance/ITerms.sol";
import {INodeRegistry} from "../staking/INodeRegistry.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {CellCommitment} from "./CellCommitment.sol";
import {CellOpening} from "./CellOpening.sol";
import {Demand, IForcedOpening, Turn} from "./IForcedOpening.sol";
import {IMicrocellCourt} from "./IMicrocellCourt.sol";
import {MicrocellProof} from "./MicrocellProof.sol";

/// @title ForcedOpening
/// @dev The only tokens it ever holds are the bonds of open demands.
contract ForcedOpening is IForcedOpening {
    using SafeERC20 for IGpuck;

    IGpuck public immutable token;
    ITerms public immutable terms;
    IComputeMarket public immutable market;
    INodeRegistry public immutable registry;
    IMicrocellCourt public immutable court;

    /// @notice Demands so far; ids run from 1.
    uint256 public demandCount;

    mapping(uint256 demandId => Demand) private _demands;

    constructor(IGpuck token_, ITerms terms_, IComputeMarket market_, INodeRegistry registry_, IMicrocellCourt court_) {
        token = token_;
        terms = terms_;
        market = market_;
        registry = registry_;
        court = court_;
    }

    /// @inheritdoc IForcedOpening
    function demandCell(uint256 batchId) external returns (uint256 demandId) {
        IComputeMarket.Batch memory batch = _requireInWindow(batchId);
        return _demand(batchId, MicrocellProof.TAG_CELL, 0, batch.cellsRoot, batch.cells, 0);
    }

    /// @inheritdoc IForcedOpening
    function demandMatrix(
        uint256 batchId,
        bytes1 tag,
        uint32 position,
        CellCommitment calldata cell,
        bytes32[] calldata siblings
    ) external returns (uint256 demandId) {
        IComputeMarket.Batch memory batch = _requireInWindow(batchId);
        CellOpening.requireCell(batch.cellsRoot, batch.cells, position, cell, siblings);
        CellOpening.requireWellFormed(cell);
        uint256 chunks = MicrocellProof.chunksPerRow(cell.k);
        if (tag == MicrocellProof.TAG_A) return _demand(batchId, tag, position, cell.rootA, cell.m * chunks, cell.k);
        if (tag == MicrocellProof.TAG_B) return _demand(batchId, tag, position, cell.rootB, cell.n * chunks, cell.k);
        if (tag != MicrocellProof.TAG_C) revert InvalidDemand("no such matrix");
        uint256 elements = uint256(cell.m) * cell.n;
        return _demand(batchId, tag, position, cell.rootC, MicrocellProof.elementLeaves(elements), elements);
    }

    /// @inheritdoc IForcedOpening
    function answer(uint256 demandId, bytes32[] calldata children) external {
        Demand storage entry = _requireMove(demandId, Turn.Holder);
        if (entry.levels == 0) revert WrongTurn(demandId, Turn.Holder, 0);
        if (children.length != 1 << _step(entry) || MicrocellProof.fold(children) != entry.node) {
            revert InvalidAnswer(demandId);
        }
        entry.turn = Turn.Challenger;
        entry.deadline = _nextDeadline(entry.batchId);
        emit NodesAnswered(demandId, children, entry.deadline);
    }

    /// @inheritdoc IForcedOpening
    function descend(uint256 demandId, uint32 child, bytes32 node, bytes32[] calldata siblings) external {
        if (msg.sender != _demands[demandId].challenger) revert NotAuthorised(msg.sender);
        Demand storage entry = _requireMove(demandId, Turn.Challenger);
        uint256 step = _step(entry);
        uint256 levels = entry.levels - step;
        uint256 index = (uint256(entry.index) << step) + child;
        // Behind the last leaf only absent ones follow, and nobody can show those.
        if (child >= 1 << step || index << levels >= entry.leaves) revert InvalidDemand("no such child");
        if (siblings.length != step || MicrocellProof.climb(node, child, siblings) != entry.node) {
            revert InvalidAnswer(demandId);
        }
        entry.node = node;
        entry.index = SafeCast.toUint32(index);
        entry.levels = SafeCast.toUint8(levels);
        entry.turn = Turn.Holder;
        entry.deadline = _nextDeadline(entry.batchId);
        emit ChildDemanded(demandId, entry.index, entry.levels, node, entry.deadline);
    }

    /// @inheritdoc IForcedOpening
    function reveal(uint256 demandId, bytes calldata data) external {
        Demand storage entry = _requireMove(demandId, Turn.Holder);
        if (entry.levels != 0) revert WrongTurn(demandId, Turn.Holder, entry.levels);
        if (data.length != _leafLength(entry) || MicrocellProof.leafHash(entry.tag, entry.index, data) != entry.node) {
            revert InvalidAnswer(demandId);
        }
        (, uint48 nodeId,,) = market.openBatch(entry.batchId);
        entry.turn = Turn.Closed;
        emit LeafRevealed(demandId, entry.batchId, entry.tag, entry.index, data);
        _payBond(demandId, entry, registry.operatorOf(nodeId));
    }

    /// @inheritdoc IForcedOpening
    function close(uint256 demandId) external {
        Demand storage entry = _demands[demandId];
        Turn turn = entry.turn;
        if (turn != Turn.Holder && turn != Turn.Challenger) revert WrongTurn(demandId, turn, entry.levels);
        IComputeMarket.Batch memory batch = market.batch(entry.batchId);
        bool fallen =
            batch.status == IComputeMarket.BatchStatus.Faulted || batch.status == IComputeMarket.BatchStatus.Voided;
        if (!fallen && block.timestamp < entry.deadline) revert MoveOpen(demandId, entry.deadline);
        entry.turn = Turn.Closed;
        if (turn == Turn.Challenger && !fallen) {
            _payBond(demandId, entry, registry.operatorOf(batch.nodeId));
        } else {
            if (!fallen && block.timestamp < batch.provableUntil) {
                court.recordWithheld(demandId, entry.batchId, entry.challenger);
            }
            _payBond(demandId, entry, entry.challenger);
        }
    }

    /// @inheritdoc IForcedOpening
    function demand(uint256 demandId) external view returns (Demand memory) {
        return _demands[demandId];
    }

    /// @inheritdoc IForcedOpening
    function levelsPerRound(uint256 leaves) public pure returns (uint256) {
        return Math.max(5, (MicrocellProof.depth(leaves) + 3) / 4);
    }

    function _demand(uint256 batchId, bytes1 tag, uint32 position, bytes32 root, uint256 leaves, uint256 extent)
        private
        returns (uint256 demandId)
    {
        demandId = ++demandCount;
        Demand memory entry = Demand({
            challenger: msg.sender,
            deadline: _nextDeadline(batchId),
            levels: SafeCast.toUint8(MicrocellProof.depth(leaves)),
            tag: tag,
            turn: Turn.Holder,
            index: 0,
            node: root,
            batchId: SafeCast.toUint40(batchId),
            bondWei: SafeCast.toUint96(terms.challengerBondWei()),
            leaves: SafeCast.toUint32(leaves),
            extent: SafeCast.toUint32(extent)
        });
        _demands[demandId] = entry;
        emit LeafDemanded(
            demandId, batchId, msg.sender, tag, position, root, entry.leaves, entry.bondWei, entry.deadline
        );
        token.safeTransferFrom(msg.sender, address(this), entry.bondWei);
    }

    function _payBond(uint256 demandId, Demand storage entry, address to) private {
        emit DemandClosed(demandId, entry.batchId, to, entry.bondWei);
        token.safeTransfer(to, entry.bondWei);
    }

    /// @dev The deadline of the next move. The batch stays open for that move and a round to prove with what it shows.
    function _nextDeadline(uint256 batchId) private returns (uint40 deadline) {
        uint256 round = terms.roundSeconds();
        deadline = SafeCast.toUint40(block.timestamp + round);
        market.prolong(batchId, SafeCast.toUint40(deadline + round));
    }

    function _requireInWindow(uint256 batchId) private view returns (IComputeMarket.Batch memory batch) {
        batch = market.batch(batchId);
        if (batch.status != IComputeMarket.BatchStatus.Committed) revert BatchNotOpen(batchId);
        if (block.timestamp >= batch.challengeEndsAt) revert ChallengeOver(batchId, batch.challengeEndsAt);
    }

    function _requireMove(uint256 demandId, Turn turn) private view returns (Demand storage entry) {
        entry = _demands[demandId];
        if (entry.turn != turn) revert WrongTurn(demandId, entry.turn, entry.levels);
        if (block.timestamp >= entry.deadline) revert MoveOver(demandId, entry.deadline);
    }

    /// @dev Levels that the present round opens.
    function _step(Demand storage entry) private view returns (uint256) {
        return Math.min(levelsPerRound(entry.leaves), entry.levels);
    }

    function _leafLength(Demand storage entry) private view returns (uint256) {
        if (entry.tag == MicrocellProof.TAG_CELL) return MicrocellProof.CELL_BYTES;
        if (entry.tag == MicrocellProof.TAG_C) return MicrocellProof.elementLeafLength(entry.extent, entry.index);
        return MicrocellProof.chunkLength(entry.extent, entry.index % MicrocellProof.chunksPerRow(entry.extent));
    }
}
