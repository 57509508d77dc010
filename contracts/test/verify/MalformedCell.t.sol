// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IComputeMarket} from "../../src/compute/IComputeMarket.sol";
import {CellCommitment} from "../../src/verify/CellCommitment.sol";
import {FaultKind, FaultStage, IMicrocellCourt, Opening} from "../../src/verify/IMicrocellCourt.sol";
import {Cells, Tree, Trees} from "../Cells.sol";
import {VerifyBase} from "./VerifyBase.sol";

/// @title Committed leaves that are no cells
contract MalformedCellTest is VerifyBase {
    using Trees for Tree;

    function test_proveMalformed_everyDefectIsAFault() public {
        uint32 most = type(uint32).max;
        _expectFault(abi.encode(CellCommitment(2, 0, 1, 1, 1, 1, 0, 0, 0)));
        _expectFault(abi.encode(CellCommitment(jobId, 0, 0, 1, 1, 1, 0, 0, 0)));
        _expectFault(abi.encode(CellCommitment(jobId, 0, 2, 1, 1, 1, 0, 0, 0)));
        _expectFault(abi.encode(CellCommitment(jobId, 0, 1, 0, 1, 1, 0, 0, 0)));
        _expectFault(abi.encode(CellCommitment(jobId, 0, 1, 1, 0, 1, 0, 0, 0)));
        _expectFault(abi.encode(CellCommitment(jobId, 0, 1, 1, 1, 0, 0, 0, 0)));
        _expectFault(abi.encode(CellCommitment(jobId, 0, 1, 1, 1, 65_537, 0, 0, 0)));
        _expectFault(abi.encode(CellCommitment(jobId, 0, 1, most, most, 1, 0, 0, 0)));
        _expectFault("");
        _expectFault(bytes.concat(abi.encode(CellCommitment(jobId, 0, 1, 1, 1, 1, 0, 0, 0)), hex"00"));
    }

    /// @dev A word above its type could be read by nobody: neither `prove` nor a verifier decodes it.
    function testFuzz_proveMalformed_aWordAboveItsTypeIsAFault(uint256 field, uint256 high) public {
        field = bound(field, 1, 5);
        uint256[9] memory words = [jobId, 0, 1, 1, 1, 1, 0, 0, 0];
        words[field] = bound(high, field == 2 ? 256 : uint256(1) << 32, type(uint256).max);
        _expectFault(abi.encode(words));
    }

    function test_proveMalformed_revertsForAnyCellThatCanBeJudged() public {
        _expectWellFormed(CellCommitment(jobId, type(uint32).max, 1, 1, 1, 65_536, 0, 0, 0));
        _expectWellFormed(CellCommitment(jobId, 0, 1, 16_384, 1, 65_536, 0, 0, 0));
        _expectWellFormed(CellCommitment(jobId, 0, 1, 1, 16_384, 65_536, 0, 0, 0));
        _expectWellFormed(CellCommitment(jobId, 0, 1, 32_768, 32_768, 1, 0, 0, 0));
    }

    function test_proveMalformed_revertsWhenTheLeafIsNotThere() public {
        bytes memory leaf = "no cell";
        uint256 batchId = _commit(Cells.leafHash("P", 0, leaf), 1);
        _expectRevert(batchId, 1, Opening(leaf, new bytes32[](0)), "cell");
        _expectRevert(batchId, 0, Opening("another", new bytes32[](0)), "cell");
        _expectRevert(batchId, 0, Opening(leaf, new bytes32[](1)), "cell");
    }

    function test_proveMalformed_needsAnOpenBatchAndAReservation() public {
        bytes memory leaf = "no cell";
        uint256 batchId = _commit(Cells.leafHash("P", 0, leaf), 1);
        Opening memory opening = Opening(leaf, new bytes32[](0));
        bytes memory call = abi.encodeCall(IMicrocellCourt.proveMalformed, (batchId, 0, opening, SALT));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotReserved.selector, _commitment(verifier, call)));
        vm.prank(verifier);
        c.microcellCourt.proveMalformed(batchId, 0, opening, SALT);
        _reserve(verifier, call);
        vm.warp(START + 2 days);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, batchId));
        vm.prank(verifier);
        c.microcellCourt.proveMalformed(batchId, 0, opening, SALT);
    }

    /// @dev At position 2 of 3.
    function _expectFault(bytes memory leaf) private {
        bytes32[] memory leaves = new bytes32[](3);
        leaves[0] = keccak256(abi.encode(leaf, 0));
        leaves[1] = keccak256(abi.encode(leaf, 1));
        leaves[2] = Cells.leafHash("P", 2, leaf);
        Tree memory tree = Trees.build(leaves);
        uint256 batchId = _commit(tree.root(), 3);
        Opening memory opening = Opening(leaf, tree.path(2));
        bytes memory call = abi.encodeCall(IMicrocellCourt.proveMalformed, (batchId, 2, opening, SALT));
        _reserve(verifier, call);
        uint256 expected = uint256(_commitment(verifier, call));
        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.FaultProved(expected, batchId, nodeId, FaultKind.MalformedCell, verifier, 0, 0, 0, 0, 0);
        vm.prank(verifier);
        vm.assertEq(c.microcellCourt.proveMalformed(batchId, 2, opening, SALT), expected, "id");
        vm.assertEq(uint256(c.microcellCourt.fault(expected).kind), uint256(FaultKind.MalformedCell), "kind");
        vm.assertEq(uint256(c.microcellCourt.fault(expected).stage), uint256(FaultStage.Proved), "stage");
        vm.assertEq(
            uint256(c.computeMarket.batch(batchId).status), uint256(IComputeMarket.BatchStatus.Faulted), "batch"
        );
    }

    function _expectWellFormed(CellCommitment memory cell) private {
        bytes memory leaf = abi.encode(cell);
        uint256 batchId = _commit(Cells.leafHash("P", 0, leaf), 1);
        Opening memory opening = Opening(leaf, new bytes32[](0));
        _reserve(verifier, abi.encodeCall(IMicrocellCourt.proveMalformed, (batchId, 0, opening, SALT)));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.CellWellFormed.selector));
        vm.prank(verifier);
        c.microcellCourt.proveMalformed(batchId, 0, opening, SALT);
    }

    function _expectRevert(uint256 batchId, uint32 position, Opening memory opening, string memory what) private {
        _reserve(verifier, abi.encodeCall(IMicrocellCourt.proveMalformed, (batchId, position, opening, SALT)));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, what));
        vm.prank(verifier);
        c.microcellCourt.proveMalformed(batchId, position, opening, SALT);
    }
}
