// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IComputeMarket} from "../../src/compute/IComputeMarket.sol";
import {CellCommitment, CellDefect} from "../../src/verify/CellCommitment.sol";
import {Demand, IForcedOpening, Turn} from "../../src/verify/IForcedOpening.sol";
import {FaultProof, IMicrocellCourt, Opening} from "../../src/verify/IMicrocellCourt.sol";
import {Cell, Cells, Tree, Trees} from "../Cells.sol";
import {ForcedOpeningBase} from "./ForcedOpeningBase.sol";

/// @title What each move of a forced opening takes and does
contract ForcedOpeningTest is ForcedOpeningBase {
    using Trees for Tree;

    // --- demanding ---------------------------------------------------------------------------------------------------

    function test_demand_takesTheBondAndGivesARound() public {
        uint256 purse = c.gpuck.balanceOf(verifier);
        uint40 deadline = uint40(START + ROUND);
        vm.expectEmit(address(c.forcedOpening));
        emit IForcedOpening.LeafDemanded(1, batchId, verifier, "C", 0, path.root, 1 << 20, uint96(BOND), deadline);
        vm.assertEq(_demandC(), 1, "id");
        vm.assertEq(c.gpuck.balanceOf(verifier), purse - BOND, "bond taken");
        vm.assertEq(c.gpuck.balanceOf(address(c.forcedOpening)), BOND, "and held");
        Demand memory entry = c.forcedOpening.demand(1);
        vm.assertEq(entry.challenger, verifier, "challenger");
        vm.assertEq(uint256(entry.deadline), deadline, "deadline");
        vm.assertEq(uint256(entry.levels), 20, "levels");
        vm.assertEq(uint256(entry.turn), uint256(Turn.Holder), "turn");
        vm.assertEq(entry.node, path.root, "node");
        vm.assertEq(uint256(entry.batchId), batchId, "batch");
        vm.assertEq(uint256(entry.bondWei), BOND, "bond");
        vm.assertEq(uint256(entry.leaves), 1 << 20, "leaves");
        vm.assertEq(uint256(entry.extent), 1 << 26, "elements");
        vm.assertEq(c.computeMarket.openUntil(batchId), START + 2 days, "the window is longer");
    }

    function test_demand_onlyInTheWindowOfAStandingBatch() public {
        vm.warp(START + 2 days - 1);
        _demandC();
        vm.assertEq(c.computeMarket.openUntil(batchId), START + 2 days - 1 + 2 * ROUND, "prolonged");
        vm.warp(START + 2 days);
        bytes memory over =
            abi.encodeWithSelector(IForcedOpening.ChallengeOver.selector, batchId, uint64(START + 2 days));
        vm.expectRevert(over);
        vm.prank(verifier);
        c.forcedOpening.demandMatrix(batchId, "C", 0, cell, new bytes32[](0));
        vm.expectRevert(over);
        vm.prank(verifier);
        c.forcedOpening.demandCell(batchId);
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.BatchNotOpen.selector, 99));
        c.forcedOpening.demandCell(99);
        vm.prank(address(c.microcellCourt));
        c.computeMarket.condemn(batchId);
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.BatchNotOpen.selector, batchId));
        c.forcedOpening.demandCell(batchId);
    }

    function test_demand_opensOnlyCommittedCellsThatCanBeJudged() public {
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.InvalidDemand.selector, "no such matrix"));
        c.forcedOpening.demandMatrix(batchId, "P", 0, cell, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, "cell"));
        c.forcedOpening.demandMatrix(batchId, "C", 1, cell, new bytes32[](0));
        CellCommitment memory empty = cell;
        empty.m = 0;
        uint256 other = _commit(Cells.leafHash("P", 0, abi.encode(empty)), 1);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.InvalidCell.selector, CellDefect.EmptyMatrix));
        c.forcedOpening.demandMatrix(other, "C", 0, empty, new bytes32[](0));
    }

    // --- answering and descending ------------------------------------------------------------------------------------

    function test_play_fiveRoundsForAMillionLeaves() public {
        _demandC();
        uint256 answers = 0;
        for (uint256 round = 0; round < 4; ++round) {
            vm.warp(block.timestamp + ROUND - 1);
            uint40 deadline = uint40(block.timestamp + ROUND);
            vm.expectEmit(address(c.forcedOpening));
            emit IForcedOpening.NodesAnswered(demandId, path.children[round], deadline);
            vm.prank(stranger);
            _answer(round);
            ++answers;
            vm.assertEq(uint256(_turn()), uint256(Turn.Challenger), "challenger's turn");
            vm.warp(block.timestamp + ROUND - 1);
            uint32 index = uint32(LEAF >> (15 - 5 * round));
            vm.expectEmit(address(c.forcedOpening));
            emit IForcedOpening.ChildDemanded(
                demandId,
                index,
                uint8(15 - 5 * round),
                path.children[round][path.picks[round]],
                uint40(block.timestamp + ROUND)
            );
            _descend(round);
        }
        vm.warp(block.timestamp + ROUND - 1);
        uint256 purse = c.gpuck.balanceOf(operator);
        vm.expectEmit(address(c.forcedOpening));
        emit IForcedOpening.LeafRevealed(demandId, batchId, "C", uint32(LEAF), path.leaf);
        vm.expectEmit(address(c.forcedOpening));
        emit IForcedOpening.DemandClosed(demandId, batchId, operator, uint96(BOND));
        c.forcedOpening.reveal(demandId, path.leaf);
        vm.assertEq(answers + 1, 5, "rounds");
        vm.assertEq(c.gpuck.balanceOf(operator), purse + BOND, "an operator who answered has the bond");
        vm.assertEq(uint256(_turn()), uint256(Turn.Closed), "closed");
        vm.assertEq(c.gpuck.balanceOf(address(c.forcedOpening)), 0, "nothing stays");
    }

    /// @dev The last move in the last second leaves one more round to prove with what it showed.
    function test_reveal_canStillBeProvedWithAfterTheWindow() public {
        vm.warp(START + 2 days - 1);
        _playToTheLeaf();
        vm.warp(block.timestamp + ROUND - 1);
        c.forcedOpening.reveal(demandId, path.leaf);
        uint256 end = c.computeMarket.openUntil(batchId);
        vm.assertEq(end, START + 2 days - 1 + 2 * ROUND, "a round after the last deadline");
        FaultProof memory p = _proofOfTheLeaf();
        vm.warp(end - 2);
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.ChallengeOpen.selector, batchId, uint64(end)));
        c.computeMarket.settle(batchId);
        uint256 faultId = _prove(p);
        c.microcellCourt.punish(faultId);
        vm.assertEq(c.stakeVault.activeStake(nodeId), STAKE * 9 / 10, "slashed");
    }

    function test_answer_mustBeAllChildrenAndTheRightOnes() public {
        _demandC();
        bytes32[] memory children = path.children[0];
        bytes memory invalid = abi.encodeWithSelector(IForcedOpening.InvalidAnswer.selector, demandId);
        children[31] = 0;
        vm.expectRevert(invalid);
        c.forcedOpening.answer(demandId, children);
        vm.expectRevert(invalid);
        c.forcedOpening.answer(demandId, _half(path.children[0]));
        vm.expectRevert(invalid);
        c.forcedOpening.answer(demandId, new bytes32[](0));
        _answer(0);
    }

    function test_descend_isTheChallengersAndGoesDownTheTree() public {
        _demandC();
        _answer(0);
        bytes32[] memory children = path.children[0];
        uint32 pick = path.picks[0];
        bytes32[] memory siblings = Trees.build(children).path(pick);
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.NotAuthorised.selector, operator));
        vm.prank(operator);
        c.forcedOpening.descend(demandId, pick, children[pick], siblings);

        vm.startPrank(verifier);
        bytes memory invalid = abi.encodeWithSelector(IForcedOpening.InvalidAnswer.selector, demandId);
        vm.expectRevert(invalid);
        c.forcedOpening.descend(demandId, pick, children[pick ^ 1], siblings);
        vm.expectRevert(invalid);
        c.forcedOpening.descend(demandId, pick ^ 1, children[pick], siblings);
        vm.expectRevert(invalid);
        c.forcedOpening.descend(demandId, pick, children[pick], _half(siblings));
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.InvalidDemand.selector, "no such child"));
        c.forcedOpening.descend(demandId, pick + 32, children[pick], siblings);
        c.forcedOpening.descend(demandId, pick, children[pick], siblings);
    }

    function test_reveal_takesTheLeafAsItWasCommitted() public {
        _playToTheLeaf();
        bytes memory invalid = abi.encodeWithSelector(IForcedOpening.InvalidAnswer.selector, demandId);
        bytes memory other = path.leaf;
        other[255] ^= 0x01;
        vm.expectRevert(invalid);
        c.forcedOpening.reveal(demandId, other);
        vm.expectRevert(invalid);
        c.forcedOpening.reveal(demandId, bytes.concat(path.leaf, hex"00"));
        c.forcedOpening.reveal(demandId, path.leaf);
    }

    function test_moves_outOfTurnAreRefused() public {
        _expectWrongTurn(7, Turn.None, 0);
        c.forcedOpening.answer(7, new bytes32[](0));
        _expectWrongTurn(7, Turn.None, 0);
        c.forcedOpening.close(7);
        _demandC();
        _expectWrongTurn(demandId, Turn.Holder, 20);
        c.forcedOpening.reveal(demandId, path.leaf);
        _expectWrongTurn(demandId, Turn.Holder, 20);
        _descend(0);
        _answer(0);
        _expectWrongTurn(demandId, Turn.Challenger, 20);
        _answer(0);
        _expectWrongTurn(demandId, Turn.Challenger, 20);
        c.forcedOpening.reveal(demandId, path.leaf);
        _descend(0);
        for (uint256 round = 1; round < 4; ++round) {
            _answer(round);
            _descend(round);
        }
        _expectWrongTurn(demandId, Turn.Holder, 0);
        _answer(3);
        c.forcedOpening.reveal(demandId, path.leaf);
        _expectWrongTurn(demandId, Turn.Closed, 0);
        c.forcedOpening.reveal(demandId, path.leaf);
        _expectWrongTurn(demandId, Turn.Closed, 0);
        c.forcedOpening.close(demandId);
    }

    // --- other trees -------------------------------------------------------------------------------------------------

    /// @dev Three cells: two levels, and the fourth place holds the absent leaf, which nobody can show.
    function test_demandCell_revealsAnyPresentCell() public {
        (Cell memory wrong, FaultProof memory p) = _wrongCell(3);
        bytes32[] memory leaves = new bytes32[](4);
        leaves[0] = keccak256(abi.encode(3));
        leaves[1] = keccak256(abi.encode(leaves[0]));
        leaves[2] = Cells.leafHash("P", 2, abi.encode(wrong.commitment));
        leaves[3] = keccak256(hex"02");
        vm.startPrank(verifier);
        uint256 id = c.forcedOpening.demandCell(p.batchId);
        c.forcedOpening.answer(id, leaves);
        Tree memory tree = Trees.build(leaves);
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.InvalidDemand.selector, "no such child"));
        c.forcedOpening.descend(id, 3, leaves[3], tree.path(3));
        c.forcedOpening.descend(id, 2, leaves[2], tree.path(2));
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.InvalidAnswer.selector, id));
        c.forcedOpening.reveal(id, "");
        vm.expectEmit(address(c.forcedOpening));
        emit IForcedOpening.LeafRevealed(id, p.batchId, "P", 2, abi.encode(wrong.commitment));
        c.forcedOpening.reveal(id, abi.encode(wrong.commitment));
    }

    /// @dev Rows of 5,000 bytes have a leaf of 4,096 and one of 904; a single leaf is revealed at once.
    function test_demandMatrix_revealsRowsByTheirChunks() public {
        Cell memory rows = Cells.honest(1, 1, 5_000, 1);
        uint256 id = _commit(Cells.batch(_one(rows)).root(), 1);
        _revealChunk(id, rows, "A", 1, Cells.slice(rows.a, 4_096, 904));
        _revealChunk(id, rows, "B", 0, Cells.slice(rows.bt, 0, 4_096));
        vm.startPrank(verifier);
        uint256 single = c.forcedOpening.demandMatrix(id, "C", 0, rows.commitment, new bytes32[](0));
        c.forcedOpening.reveal(single, Cells.elementBytes(rows.c, 0));
        vm.assertEq(uint256(c.forcedOpening.demand(single).turn), uint256(Turn.Closed), "one round");
    }

    function test_levelsPerRound_neverMoreThanFourRoundsOfNodes() public view {
        vm.assertEq(c.forcedOpening.levelsPerRound(1), 5, "one leaf");
        vm.assertEq(c.forcedOpening.levelsPerRound(1 << 20), 5, "2^20");
        vm.assertEq(c.forcedOpening.levelsPerRound((1 << 20) + 1), 6, "a leaf more");
        vm.assertEq(c.forcedOpening.levelsPerRound(1 << 30), 8, "the largest matrix");
        vm.assertEq(c.forcedOpening.levelsPerRound(type(uint32).max), 8, "the largest batch");
    }

    // -----------------------------------------------------------------------------------------------------------------

    function _revealChunk(uint256 id, Cell memory rows, bytes1 tag, uint32 chunk, bytes memory data) private {
        Tree memory tree = tag == "A" ? rows.treeA : rows.treeB;
        vm.startPrank(verifier);
        uint256 opened = c.forcedOpening.demandMatrix(id, tag, 0, rows.commitment, new bytes32[](0));
        c.forcedOpening.answer(opened, tree.levels[0]);
        c.forcedOpening.descend(opened, chunk, tree.levels[0][chunk], tree.path(chunk));
        vm.expectEmit(address(c.forcedOpening));
        emit IForcedOpening.LeafRevealed(opened, id, tag, chunk, data);
        c.forcedOpening.reveal(opened, data);
        vm.stopPrank();
    }

    /// @dev Element 0 of the leaf: its siblings follow from the four rounds.
    function _proofOfTheLeaf() private view returns (FaultProof memory p) {
        (p.batchId, p.cell) = (batchId, cell);
        (p.row, p.column) = (uint32(LEAF * 64 / 8_192), uint32(LEAF * 64 % 8_192));
        Tree memory ones = _ones("A");
        Tree memory columns = _ones("B");
        p.a = Opening(hex"01", ones.path(p.row));
        p.b = Opening(hex"01", columns.path(p.column));
        bytes32[] memory siblings = new bytes32[](20);
        for (uint256 i = 0; i < 20; ++i) {
            uint256 round = 3 - i / 5;
            siblings[i] = Trees.build(path.children[round]).path(path.picks[round])[i % 5];
        }
        p.c = Opening(path.leaf, siblings);
    }

    function _ones(bytes1 tag) private pure returns (Tree memory) {
        bytes32[] memory leaves = new bytes32[](8_192);
        for (uint256 i = 0; i < 8_192; ++i) {
            leaves[i] = Cells.leafHash(tag, i, hex"01");
        }
        return Trees.build(leaves);
    }

    function _half(bytes32[] memory list) private pure returns (bytes32[] memory half) {
        half = new bytes32[](list.length / 2);
        for (uint256 i = 0; i < half.length; ++i) {
            half[i] = list[i];
        }
    }

    function _expectWrongTurn(uint256 id, Turn turn, uint8 levels) private {
        vm.expectRevert(abi.encodeWithSelector(IForcedOpening.WrongTurn.selector, id, turn, levels));
    }
}
