// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IComputeMarket, MeasurementTier} from "../src/compute/IComputeMarket.sol";
import {NodeStatus} from "../src/staking/INodeRegistry.sol";
import {CellCommitment, FaultProof, IMicrocellCourt, Opening} from "../src/verify/IMicrocellCourt.sol";
import {MicrocellCourt} from "../src/verify/MicrocellCourt.sol";
import {vm} from "../script/Vm.sol";
import {Base} from "./Base.t.sol";
import {Cell, Cells, Tree, Trees} from "./Cells.sol";

contract MicrocellCourtTest is Base {
    using Cells for Cell;
    using Trees for Tree;

    uint256 internal constant STAKE = 100_000 ether;

    uint48 internal nodeId;
    uint256 internal jobId;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(STAKE, 0);
        jobId = _postJob(1_000, 1 ether);
    }

    // --- what can and cannot be proved -------------------------------------------------------------------------------

    function testFuzz_prove_honestCellIsNeverGuilty(uint256 size, uint256 seed, uint256 element) public {
        Cell memory cell = _honest(size, seed);
        (uint32 row, uint32 column) = _element(cell, element);
        FaultProof memory p = _commitAndOpen(cell, row, column);
        int32 value = cell.c[uint256(row) * cell.commitment.n + column];
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.ElementCorrect.selector, value));
        c.microcellCourt.prove(p);
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
        vm.assertEq(c.microcellCourt.prove(p), 1, "fault id");
    }

    function testFuzz_prove_otherElementsOfAWrongCellStayCorrect(uint256 seed, uint256 bad, uint256 looked) public {
        Cell memory cell = Cells.honest(9, 8, 40, seed);
        bad = bound(bad, 0, 71);
        looked = bound(looked, 0, 71);
        vm.assume(bad != looked);
        cell.c[bad] += 1;
        cell.commit();
        FaultProof memory p = _commitAndOpen(cell, uint32(looked / 8), uint32(looked % 8));
        vm.expectPartialRevert(IMicrocellCourt.ElementCorrect.selector);
        c.microcellCourt.prove(p);
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
        bytes[3] memory data = [p.a[0].data, p.b[0].data, p.c.data];
        bytes memory target = data[place % 3];
        place = bound(place / 3, 0, target.length - 1);
        target[place] ^= bytes1(uint8(1 << (bit % 8)));
        vm.expectPartialRevert(IMicrocellCourt.InvalidOpening.selector);
        c.microcellCourt.prove(p);
    }

    function testFuzz_prove_revertsOnSiblingsOfAnotherLength(uint256 seed, uint256 which, bool longer) public {
        (, FaultProof memory p) = _wrongCell(seed);
        which = which % 4;
        if (which == 0) p.cellSiblings = _resized(p.cellSiblings, longer);
        if (which == 1) p.a[0].siblings = _resized(p.a[0].siblings, longer);
        if (which == 2) p.b[0].siblings = _resized(p.b[0].siblings, longer);
        if (which == 3) p.c.siblings = _resized(p.c.siblings, longer);
        string[4] memory names = ["cell", "a", "b", "c"];
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, names[which]));
        c.microcellCourt.prove(p);
    }

    function testFuzz_prove_revertsOnAnotherRowOrColumn(uint256 seed, uint32 row, uint32 column) public {
        (Cell memory cell, FaultProof memory p) = _wrongCell(seed);
        p.row = uint32(bound(row, 0, cell.commitment.m - 1));
        p.column = uint32(bound(column, 0, cell.commitment.n - 1));
        vm.assume(p.row != 4 || p.column != 3);
        vm.expectPartialRevert(IMicrocellCourt.InvalidOpening.selector);
        c.microcellCourt.prove(p);
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
        p.a[0] = Opening(bytes.concat(leaves[0], leaves[1]), new bytes32[](0));
        _expectInvalid(p, "a");
        p.a[0].siblings = new bytes32[](1);
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
        _expectInvalidCell(CellCommitment(1, 0, 2, 1, 1, 1, 0, 0, 0), "unknown op");
        _expectInvalidCell(CellCommitment(1, 0, 1, 0, 1, 1, 0, 0, 0), "empty matrix");
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, 0, 1, 0, 0, 0), "empty matrix");
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, 1, 0, 0, 0, 0), "empty matrix");
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, 1, 65_537, 0, 0, 0), "k over 65,536");
        _expectInvalidCell(CellCommitment(1, 0, 1, most, 1, 4_097, 0, 0, 0), "too many leaves");
        _expectInvalidCell(CellCommitment(1, 0, 1, 1, most, 4_097, 0, 0, 0), "too many leaves");
        _expectInvalidCell(CellCommitment(1, 0, 1, most, most, 1, 0, 0, 0), "too many leaves");
    }

    function test_prove_revertsOutsideC() public {
        (, FaultProof memory p) = _wrongCell(1);
        p.row = p.cell.m;
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.InvalidCell.selector, "element outside C"));
        c.microcellCourt.prove(p);
    }

    // --- what a fault does -------------------------------------------------------------------------------------------

    function test_prove_voidsJailsAndSlashesOnce() public {
        uint256 purse = c.gpuck.balanceOf(requester);
        uint256 supply = c.gpuck.totalSupply();
        uint256 reward = c.gpuck.balanceOf(verifier);
        (, FaultProof memory p) = _wrongCell(1);
        (int32 claimed, int32 actual) = c.microcellCourt.examine(p);
        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.FaultProved(
            1, p.batchId, nodeId, verifier, p.cell.cellIndex, 4, 3, claimed, actual, STAKE / 10
        );
        vm.prank(verifier);
        vm.assertEq(c.microcellCourt.prove(p), 1, "fault id");

        vm.assertEq(
            uint256(c.computeMarket.batch(p.batchId).status), uint256(IComputeMarket.BatchStatus.Voided), "voided"
        );
        vm.assertEq(c.gpuck.balanceOf(requester), purse + 3 ether, "three cells refunded at once");
        vm.assertEq(uint256(c.nodeRegistry.node(nodeId).status), uint256(NodeStatus.Jailed), "jailed");
        vm.assertEq(c.stakeVault.activeStake(nodeId), STAKE * 9 / 10, "a tenth slashed");
        vm.assertEq(c.gpuck.balanceOf(verifier), reward + STAKE / 50, "a fifth of it to the finder");
        vm.assertEq(c.gpuck.totalSupply(), supply - STAKE * 8 / 100, "the rest burned");

        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
        c.microcellCourt.prove(p);
    }

    function test_prove_secondBatchOfAJailedNodeIsSlashedToo() public {
        (, FaultProof memory first) = _wrongCell(1);
        (, FaultProof memory second) = _wrongCell(2);
        c.microcellCourt.prove(first);
        c.microcellCourt.prove(second);
        vm.assertEq(c.stakeVault.activeStake(nodeId), STAKE * 81 / 100, "a tenth of what was left");
        vm.assertEq(c.microcellCourt.faultCount(), 2, "faults");
    }

    function test_prove_reachesStakeThatLeft() public {
        (, FaultProof memory p) = _wrongCell(1);
        uint256 shares = c.stakeVault.sharesOf(nodeId, operator);
        vm.startPrank(operator);
        c.stakeVault.requestUnbond(nodeId, shares);
        c.nodeRegistry.exit(nodeId);
        vm.stopPrank();
        c.microcellCourt.prove(p);
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), STAKE * 9 / 10, "unbonding stake slashed");
        vm.assertEq(uint256(c.nodeRegistry.node(nodeId).status), uint256(NodeStatus.Exiting), "still exiting");
    }

    function testFuzz_prove_revertsOnceTheWindowIsOver(uint256 late) public {
        (, FaultProof memory p) = _wrongCell(1);
        vm.warp(START + bound(late, 2 days, 100 days));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
        c.microcellCourt.prove(p);
        c.computeMarket.settle(p.batchId);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
        c.microcellCourt.prove(p);
    }

    function test_prove_revertsOnAnUnknownBatch() public {
        (, FaultProof memory p) = _wrongCell(1);
        p.batchId = 99;
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, 99));
        c.microcellCourt.prove(p);
    }

    function testFuzz_constructor_boundsThePenalty(uint16 slashBps, uint16 finderBps) public {
        vm.assume(slashBps == 0 || slashBps > 5_000 || finderBps > 5_000);
        vm.expectRevert(abi.encodeWithSelector(MicrocellCourt.PenaltyOutOfBounds.selector, slashBps, finderBps));
        new MicrocellCourt(c.computeMarket, c.nodeRegistry, c.stakeVault, slashBps, finderBps);
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

    /// @dev The last of three cells in a batch; it is 9 × 8 × 5 and wrong at (4, 3), and the proof says so.
    function _wrongCell(uint256 seed) private returns (Cell memory cell, FaultProof memory p) {
        cell = Cells.honest(9, 8, 5, seed);
        cell.c[4 * 8 + 3] -= 7;
        cell.commit();
        bytes32[] memory leaves = new bytes32[](3);
        leaves[0] = keccak256(abi.encode(seed));
        leaves[1] = keccak256(abi.encode(leaves[0]));
        leaves[2] = Cells.leafHash("P", 2, abi.encode(cell.commitment));
        Tree memory tree = Trees.build(leaves);
        p = Cells.proof(_commit(tree.root(), 3), tree, cell, 2, 4, 3);
    }

    function _commitAndOpen(Cell memory cell, uint32 row, uint32 column) private returns (FaultProof memory) {
        Tree memory tree = Cells.batch(_one(cell));
        return Cells.proof(_commit(tree.root(), 1), tree, cell, 0, row, column);
    }

    function _one(Cell memory cell) private pure returns (Cell[] memory cells) {
        cells = new Cell[](1);
        cells[0] = cell;
    }

    function _commit(bytes32 cellsRoot, uint32 cells) private returns (uint256 batchId) {
        uint32 hour = _hour();
        vm.prank(operator);
        return c.computeMarket.commitBatch(jobId, cellsRoot, cells, 0, hour, MeasurementTier.Emulated);
    }

    function _resized(bytes32[] memory list, bool longer) private pure returns (bytes32[] memory other) {
        other = new bytes32[](longer ? list.length + 1 : list.length - 1);
        for (uint256 i = 0; i < other.length && i < list.length; ++i) {
            other[i] = list[i];
        }
    }

    function _expectInvalid(FaultProof memory p, string memory what) private {
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, what));
        c.microcellCourt.prove(p);
    }

    function _expectInvalidCell(CellCommitment memory about, string memory reason) private {
        FaultProof memory p;
        p.cell = about;
        p.batchId = _commit(Cells.leafHash("P", 0, abi.encode(about)), 1);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.InvalidCell.selector, reason));
        c.microcellCourt.prove(p);
    }
}
