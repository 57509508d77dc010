// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {FaultProof, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {Base} from "../Base.t.sol";
import {Cell, Cells, Tree, Trees} from "../Cells.sol";

/// @title What tests of the court start from: a node at work, and a verifier who reserves before it proves
abstract contract VerifyBase is Base {
    using Cells for Cell;
    using Trees for Tree;

    uint256 internal constant STAKE = 100_000 ether;
    bytes32 internal constant SALT = "salt";

    uint48 internal nodeId;
    uint256 internal jobId;

    function setUp() public virtual override {
        super.setUp();
        nodeId = _activeNode(STAKE, 0);
        jobId = _postJob(1_000, 1 ether);
        vm.prank(verifier);
        c.gpuck.approve(address(c.forcedOpening), type(uint256).max);
    }

    // --- proving -----------------------------------------------------------------------------------------------------

    /// @dev Reserves a call to the court and lets the next block come.
    function _reserve(address finder, bytes memory call) internal {
        vm.prank(finder);
        c.microcellCourt.reserve(_commitment(finder, call));
        _nextBlock();
    }

    function _commitment(address finder, bytes memory call) internal pure returns (bytes32) {
        return keccak256(abi.encode(finder, keccak256(call)));
    }

    function _nextBlock() internal {
        vm.warp(block.timestamp + 1);
        vm.roll(block.number + 1);
    }

    function _proveCall(FaultProof memory p) internal pure returns (bytes memory) {
        return abi.encodeCall(IMicrocellCourt.prove, (p, SALT));
    }

    function _prove(FaultProof memory p) internal returns (uint256 faultId) {
        _reserve(verifier, _proveCall(p));
        vm.prank(verifier);
        return c.microcellCourt.prove(p, SALT);
    }

    function _expectProveRevert(FaultProof memory p, bytes memory reason) internal {
        _reserve(verifier, _proveCall(p));
        vm.expectRevert(reason);
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
    }

    function _expectProvePartialRevert(FaultProof memory p, bytes4 selector) internal {
        _reserve(verifier, _proveCall(p));
        vm.expectPartialRevert(selector);
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
    }

    // --- making cells ------------------------------------------------------------------------------------------------

    /// @dev The last of three cells in a batch; it is 9 × 8 × 5 and wrong at (4, 3), and the proof says so.
    function _wrongCell(uint256 seed) internal returns (Cell memory cell, FaultProof memory p) {
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

    function _commitAndOpen(Cell memory cell, uint32 row, uint32 column) internal returns (FaultProof memory) {
        Tree memory tree = Cells.batch(_one(cell));
        return Cells.proof(_commit(tree.root(), 1), tree, cell, 0, row, column);
    }

    function _one(Cell memory cell) internal pure returns (Cell[] memory cells) {
        cells = new Cell[](1);
        cells[0] = cell;
    }

    function _commit(bytes32 cellsRoot, uint32 cells) internal returns (uint256 batchId) {
        uint32 hour = _hour();
        vm.prank(operator);
        return c.computeMarket.commitBatch(jobId, cellsRoot, cells, 0, hour, MeasurementTier.Emulated);
    }
}
