// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {CellCommitment, CellDefect} from "../../src/verify/CellCommitment.sol";
import {Fault, FaultKind, FaultProof, FaultStage, IMicrocellCourt, Opening} from "../../src/verify/IMicrocellCourt.sol";
import {vm} from "../../script/Vm.sol";
import {Cell, Cells, Tree, Trees} from "../Cells.sol";
import {VerifyBase} from "./VerifyBase.sol";

contract MicrocellCourtTest is VerifyBase {
    using Cells for Cell;
    using Trees for Tree;

    // --- what can and cannot be proved -------------------------------------------------------------------------------

    function testFuzz_prove_honestCellIsNeverGuilty(uint256 size, uint256 seed, uint256 element) public {
        Cell memory cell = _honest(size, seed);
        (uint32 row, uint32 column) = _element(cell, element);
        FaultProof memory p = _commitAndOpen(cell, row, column);
        int32 value = cell.c[uint256(row) * cell.commitment.n + column];
        _expectProveRevert(p, abi.encodeWithSelector(IMicrocellCourt.ElementCorrect.selector, value));
    }

    function testFuzz_prove_oneWrongElementIsAlwaysGuilty(uint256 size, uint256 seed, uint256 element, int32 wrong)
        public
    {
        Cell memory cell = _honest(size, seed);
        (uint32 row, uint32 column) = _element(cell, element);
        uint256 flat = uint256(row) * cell.commitment.n + column;
        int32 right = cell.c[flat];
        vm.assume(wrong != right);
        cell.c[flat] = wrong;
        cell.commit();
        FaultProof memory p = _commitAndOpen(cell, row, column);
        (int32 claimed, int32 actual) = c.microcellCourt.examine(p);
        vm.assertEq(int256(claimed), wrong, "claimed");
        vm.assertEq(int256(actual), right, "actual");
        _prove(p);
    }

    function testFuzz_prove_otherElementsOfAWrongCellStayCorrect(uint256 seed, uint256 bad, uint256 looked) public {
        Cell memory cell = Cells.honest(9, 8, 40, seed);
        bad = bound(bad, 0, 71);
        looked = bound(looked, 0, 71);
        vm.assume(bad != looked);
        cell.c[bad] += 1;
        cell.commit();
        FaultProof memory p = _commitAndOpen(cell, uint32(looked / 8), uint32(looked % 8));
        _expectProvePartialRevert(p, IMicrocellCourt.ElementCorrect.selector);
    }

    /// forge-config: default.fuzz.runs = 24
    /// forge-config: long.fuzz.runs = 500
    function testFuzz_examine_rowsOfSeveralChunks(uint256 k, uint256 seed) public {
        Cell memory cell = Cells.honest(2, 2, uint32(bound(k, 4_090, 9_000)), seed);
        cell.c[3] ^= 1;
        cell.commit();
        (int32 claimed, int32 actual) = c.microcellCourt.examine(_commitAndOpen(cell, 1, 1));
        vm.assertEq(int256(actual), int256(claimed ^ 1), "actual");
    }

    function test_examine_widestRowOfTheLargestProducts() public {
        bytes memory extreme = new bytes(65_536);
        for (uint256 i = 0; i < extreme.length; ++i) {
            extreme[i] = 0x80;
        }
        Cell memory cell = Cells.product(1, 1, 65_536, extreme, extreme);
        cell.c[0] = -(2 ** 30);
        cell.commit();
        (int32 claimed, int32 actual) = c.microcellCourt.examine(_commitAndOpen(cell, 0, 0));
        vm.assertEq(int256(claimed), -(2 ** 30), "claimed");
        vm.assertEq(int256(actual), 2 ** 30, "65,536 times -128 * -128 is exact");
    }

    // --- what an opening must look like ------------------------------------------------------------------------------

    function testFuzz_prove_revertsOnAnyFlippedBit(uint256 seed, uint256 place, uint8 bit) public {
        (, FaultProof memory p) = _wrongCell(seed);
        bytes[3] memory data = [p.a.data, p.b.data, p.c.data];
        bytes memory target = data[place % 3];
        place = bound(place / 3, 0, target.length - 1);
        target[place] ^= bytes1(uint8(1 << (bit % 8)));
        _expectProvePartialRevert(p, IMicrocellCourt.InvalidOpening.selector);
    }

    function testFuzz_prove_revertsOnSiblingsOfAnotherLength(uint256 seed, uint256 which, bool longer) public {
        (, FaultProof memory p) = _wrongCell(seed);
        which = which % 4;
        if (which == 0) p.cellSiblings = _resized(p.cellSiblings, longer);
        if (which == 1) p.a.siblings = _resized(p.a.siblings, longer);
        if (which == 2) p.b.siblings = _resized(p.b.siblings, longer);
        if (which == 3) p.c.siblings = _resized(p.c.siblings, longer);
        string[4] memory names = ["cell", "a", "b", "c"];
        _expectInvalid(p, names[which]);
    }

    function testFuzz_prove_revertsOnAnotherRowOrColumn(uint256 seed, uint32 row, uint32 column) public {
        (Cell memory cell, FaultProof memory p) = _wrongCell(seed);
        p.row = uint32(bound(row, 0, cell.commitment.m - 1));
        p.column = uint32(bound(column, 0, cell.commitment.n - 1));
        vm.assume(p.row != 4 || p.column != 3);
        _expectProvePartialRevert(p, IMicrocellCourt.InvalidOpening.selector);
    }

    function test_prove_revertsWhenRowsOfAAndBtAreSwapped() public {
        Cell memory cell = Cells.honest(4, 4, 32, 1);
        cell.c[5] += 1;
        cell.commit();
        FaultProof memory p = _commitAndOpen(cell, 1, 1);
        (p.a, p.b) = (p.b, p.a);
        _expectInvalid(p, "a");
    }

    function test_prove_revertsWhenATreeCarriesAnotherTag() public {
        Cell memory cell = Cells.honest(4, 4, 32, 1);
        cell.treeA = Trees.build(Cells.rowLeaves("B", cell.a, 32));
        cell.commitment.rootA = cell.treeA.root();
        _expectInvalid(_commitAndOpen(cell, 1, 1), "a");
    }

    function test_prove_revertsWhenALeafStandsAtAnotherIndex() public {
        Cell memory cell = Cells.honest(4, 4, 32, 1);
        bytes32[] memory leaves = Cells.rowLeaves("A", cell.a, 32);
        (leaves[1], leaves[2]) = (leaves[2], leaves[1]);
        cell.treeA = Trees.build(leaves);
        cell.commitment.rootA = cell.treeA.root();
        _expectInvalid(_commitAndOpen(cell, 1, 1), "a");
    }

    /// @dev An inner node offered as a leaf: its 64 bytes hash under another prefix.
    function test_prove_revertsOnASecondPreimage() public {
        Cell memory cell = Cells.honest(2, 1, 64, 1);
        FaultProof memory p = _commitAndOpen(cell, 0, 0);
        bytes32[] memory leaves = cell.treeA.levels[0];
        p.a = Opening(bytes.concat(leaves[0], leaves[1]), new bytes32[](0));
        _expectInvalid(p, "a");
        p.a.siblings = new bytes32[](1);
        _expectInvalid(p, "a");
    }

    function testFuzz_prove_revertsWhenTheCellOpenedIsNotTheCellCommitted(uint256 seed, uint256 field, uint32 lie)
        public
    {
        (, FaultProof memory p) = _wrongCell(seed);
        CellCommitment memory about = p.cell;
        bytes32 committed = keccak256(abi.encode(about));
        field = field % 4;
        if (field == 0) about.m = lie;
        if (field == 1) about.n = lie;
        if (field == 2) about.k = lie;
        if (field == 3) about.cellIndex = lie;
        vm.assume(keccak256(abi.encode(about)) != committed);
        _expectInvalid(p, "cell");
    }

    /// @dev The trees belong to 8 rows of 40; the commitment says 16, or 39 or 41 columns.
    function test_prove_revertsWhenCommittedSizesDoNotFitTheTrees() public {
        uint32[3][4] memory lies = [[uint32(16), 8, 40], [uint32(8), 16, 40], [uint32(8), 8, 39], [uint32(8), 8, 41]];
        string[4] memory names = ["a", "b", "a", "a"];
        for (uint256 i = 0; i < lies.length; ++i) {
            Cell memory cell = Cells.honest(8, 8, 40, i);
            Cell[] memory cells = new Cell[](1);
            FaultProof memory p = Cells.proof(i + 1, Cells.batch(_one(cell)), cell, 0, 1, 1);
            (cell.commitment.m, cell.commitment.n, cell.commitment.k) = (lies[i][0], lies[i][1], lies[i][2]);
            cells[0] = cell;
            _commit(Cells.batch(cells).root(), 1);
            _expectInvalid(p, names[i]);
        }
    }

    function test_prove_revertsOnAnImpossibleCell() public {
        uint32 most = type(uint32).max;
        _expectInvalidCell(CellCommitment(1, 0, 2, 1, 1, 1, 0, 0, 0), CellDefect.UnknownOp);
        _expectInvalidCell(CellCommitment(1, 0, 1, 0, 1, 1, 0, 0, 0), CellDefect.EmptyMatrix);
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, 0, 1, 0, 0, 0), CellDefect.EmptyMatrix);
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, 1, 0, 0, 0, 0), CellDefect.EmptyMatrix);
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, 1, 65_537, 0, 0, 0), CellDefect.LongRow);
        _expectInvalidCell(CellCommitment(1, 0, 1, 16_385, 1, 65_536, 0, 0, 0), CellDefect.LargeMatrix);
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, 16_385, 65_536, 0, 0, 0), CellDefect.LargeMatrix);
        _expectInvalidCell(CellCommitment(1, 0, 1, 32_769, 32_768, 1, 0, 0, 0), CellDefect.LargeMatrix);
        _expectInvalidCell(CellCommitment(1, 0, 1, most, most, 1, 0, 0, 0), CellDefect.LargeMatrix);
    }

    /// @dev 2³⁰ elements are still judged: what fails here are the empty openings.
    function test_prove_largestCellIsJudged() public {
        FaultProof memory p;
        p.cell = CellCommitment(1, 0, 1, 16_384, 16_384, 65_536, 0, 0, 0);
        p.batchId = _commit(Cells.leafHash("P", 0, abi.encode(p.cell)), 1);
        _expectInvalid(p, "a");
    }

    function test_prove_revertsOutsideC() public {
        (, FaultProof memory p) = _wrongCell(1);
        p.row = p.cell.m;
        _expectInvalid(p, "element outside C");
        p.row = 0;
        p.column = p.cell.n;
        _expectInvalid(p, "element outside C");
    }

    // --- what a fault does -------------------------------------------------------------------------------------------

    function test_prove_recordsTheFaultAndStopsTheSettlement() public {
        (, FaultProof memory p) = _wrongCell(1);
        (int32 claimed, int32 actual) = c.microcellCourt.examine(p);
        _reserve(verifier, _proveCall(p));
        uint256 expected = uint256(_commitment(verifier, _proveCall(p)));
        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.FaultProved(
            expected, p.batchId, nodeId, FaultKind.WrongElement, verifier, p.cell.cellIndex, 4, 3, claimed, actual
        );
        vm.prank(verifier);
        uint256 faultId = c.microcellCourt.prove(p, SALT);
        vm.assertEq(faultId, expected, "the id is the reservation");
        _expectFault(faultId, FaultKind.WrongElement, FaultStage.Proved, verifier, p.batchId);
        vm.assertEq(
            uint256(c.computeMarket.batch(p.batchId).status), uint256(IComputeMarket.BatchStatus.Faulted), "faulted"
        );
        vm.assertEq(c.stakeVault.activeStake(nodeId), STAKE, "nothing slashed yet");
        vm.warp(START + 30 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                IComputeMarket.WrongBatchStatus.selector, p.batchId, IComputeMarket.BatchStatus.Faulted
            )
        );
        c.computeMarket.settle(p.batchId);
    }

    function test_prove_onceForABatch() public {
        (Cell memory cell, FaultProof memory p) = _wrongCell(1);
        FaultProof memory again = _copy(p);
        _prove(p);
        again.row = again.row ^ 1;
        again.a = Cells.openRow(cell.treeA, cell.a, 5, again.row);
        _expectProveRevert(again, abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
    }

    function testFuzz_prove_revertsOnceTheWindowIsOver(uint256 late) public {
        (, FaultProof memory p) = _wrongCell(1);
        _reserve(verifier, _proveCall(p));
        vm.warp(START + bound(late, 2 days, 100 days));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
        c.computeMarket.settle(p.batchId);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
    }

    /// @dev A reservation does not keep the batch open: only the proof's own second counts.
    function test_prove_inTheLastSecondOfTheWindow() public {
        (, FaultProof memory p) = _wrongCell(1);
        vm.warp(START + 2 days - 2);
        _reserve(verifier, _proveCall(p));
        vm.assertEq(block.timestamp, START + 2 days - 1, "the last second");
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
    }

    function test_prove_reservedInTimeButTooLate() public {
        (, FaultProof memory p) = _wrongCell(1);
        vm.warp(START + 2 days - 1);
        _expectProveRevert(p, abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
    }

    function test_prove_revertsOnAnUnknownBatch() public {
        (, FaultProof memory p) = _wrongCell(1);
        p.batchId = 99;
        _expectProveRevert(p, abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, 99));
    }

    // --- making cells ------------------------------------------------------------------------------------------------

    function _honest(uint256 size, uint256 seed) private pure returns (Cell memory) {
        uint32 m = uint32(1 + size % 11);
        uint32 n = uint32(1 + (size >> 8) % 11);
        return Cells.honest(m, n, uint32(1 + (size >> 16) % 130), seed);
    }

    function _element(Cell memory cell, uint256 element) private pure returns (uint32 row, uint32 column) {
        return (uint32(element % cell.commitment.m), uint32((element >> 128) % cell.commitment.n));
    }

    function _copy(FaultProof memory p) private pure returns (FaultProof memory) {
        return abi.decode(abi.encode(p), (FaultProof));
    }

    function _resized(bytes32[] memory list, bool longer) private pure returns (bytes32[] memory other) {
        other = new bytes32[](longer ? list.length + 1 : list.length - 1);
        for (uint256 i = 0; i < other.length && i < list.length; ++i) {
            other[i] = list[i];
        }
    }

    function _expectInvalid(FaultProof memory p, string memory what) private {
        _expectProveRevert(p, abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, what));
    }

    function _expectInvalidCell(CellCommitment memory about, CellDefect defect) private {
        FaultProof memory p;
        p.cell = about;
        p.batchId = _commit(Cells.leafHash("P", 0, abi.encode(about)), 1);
        _expectProveRevert(p, abi.encodeWithSelector(IMicrocellCourt.InvalidCell.selector, defect));
    }

    function _expectFault(uint256 faultId, FaultKind kind, FaultStage stage, address finder, uint256 batchId)
        private
        view
    {
        Fault memory entry = c.microcellCourt.fault(faultId);
        vm.assertEq(uint256(entry.kind), uint256(kind), "kind");
        vm.assertEq(uint256(entry.stage), uint256(stage), "stage");
        vm.assertEq(entry.finder, finder, "finder");
        vm.assertEq(uint256(entry.batchId), batchId, "batch");
        vm.assertEq(uint256(entry.since), block.timestamp, "since");
    }
}
