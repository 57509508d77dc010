// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {CellCommitment} from "../../src/verify/CellCommitment.sol";
import {Turn} from "../../src/verify/IForcedOpening.sol";
import {Cells, Tree, Trees} from "../Cells.sol";
import {VerifyBase} from "./VerifyBase.sol";

/// @notice One leaf of a tree of 2²⁰ leaves: four rounds of 32 children, of which one each leads down to it.
struct DeepPath {
    bytes32[][4] children;
    uint32[4] picks;
    uint256 index;
    bytes leaf;
    bytes32 root;
}

/// @title A demand for one leaf of C among 2²⁰, and the moves of both sides
abstract contract ForcedOpeningBase is VerifyBase {
    using Trees for Tree;

    uint256 internal constant ROUND = 6 hours;
    uint256 internal constant BOND = 1_000 ether;
    /// @dev Leaf 77 · 2¹³ + 5: some bits in every round.
    uint256 internal constant LEAF = 77 * 8_192 + 5;

    DeepPath internal path;
    CellCommitment internal cell;
    uint256 internal batchId;
    uint256 internal demandId;

    /// @dev The cell's element at the leaf's place 0 is wrong: a row of one 1 times a column of one 1 is not 9.
    function setUp() public virtual override {
        super.setUp();
        int32[] memory elements = new int32[](64);
        elements[0] = 9;
        _deepPath(Cells.elementBytes(elements, 0));
        bytes memory one = hex"01";
        Tree memory ones = Trees.build(_uniform("A", one, 8_192));
        Tree memory columns = Trees.build(_uniform("B", one, 8_192));
        cell = CellCommitment(jobId, 0, 1, 8_192, 8_192, 1, ones.root(), columns.root(), path.root);
        batchId = _commit(Cells.leafHash("P", 0, abi.encode(cell)), 1);
    }

    function _deepPath(bytes memory leaf) private {
        (path.index, path.leaf) = (LEAF, leaf);
        bytes32 node = Cells.leafHash("C", LEAF, leaf);
        for (uint256 above = 4; above > 0; --above) {
            uint256 round = above - 1;
            bytes32[] memory children = new bytes32[](32);
            for (uint256 i = 0; i < 32; ++i) {
                children[i] = keccak256(abi.encode(round, i));
            }
            uint256 pick = (LEAF >> (15 - 5 * round)) & 31;
            children[pick] = node;
            (path.picks[round], path.children[round]) = (uint32(pick), children);
            node = Trees.build(children).root();
        }
        path.root = node;
    }

    function _uniform(bytes1 tag, bytes memory data, uint256 count) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            leaves[i] = Cells.leafHash(tag, i, data);
        }
    }

    // --- moves -------------------------------------------------------------------------------------------------------

    function _demandC() internal returns (uint256) {
        vm.prank(verifier);
        demandId = c.forcedOpening.demandMatrix(batchId, "C", 0, cell, new bytes32[](0));
        return demandId;
    }

    function _answer(uint256 round) internal {
        c.forcedOpening.answer(demandId, path.children[round]);
    }

    function _descend(uint256 round) internal {
        bytes32[] memory children = path.children[round];
        uint32 pick = path.picks[round];
        bytes32[] memory siblings = Trees.build(children).path(pick);
        vm.prank(verifier);
        c.forcedOpening.descend(demandId, pick, children[pick], siblings);
    }

    /// @dev Both sides play until the operator has to reveal the leaf.
    function _playToTheLeaf() internal {
        _demandC();
        for (uint256 round = 0; round < 4; ++round) {
            _answer(round);
            _descend(round);
        }
    }

    function _turn() internal view returns (Turn) {
        return c.forcedOpening.demand(demandId).turn;
    }
}
