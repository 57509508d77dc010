// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MeasurementTier} from "../src/compute/IComputeMarket.sol";
import {CellCommitment, FaultProof, Opening} from "../src/verify/IMicrocellCourt.sol";
import {vm} from "../script/Vm.sol";
import {Base} from "./Base.t.sol";
import {Cell, Cells, Tree, Trees} from "./Cells.sol";

/// @title What the main operations cost, as whole transactions
/// @dev Every call runs isolated, so the figures hold the 21,000 gas of a transaction, its calldata and cold storage.
/// snapshots/gas.json is checked with FORGE_SNAPSHOT_CHECK=true and rewritten without it.
contract GasTest is Base {
    using Trees for Tree;

    uint48 internal nodeId;
    uint256 internal jobId;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(10_000 ether, 1_000);
        jobId = _postJob(1_000, 1 ether);
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_token() public {
        vm.prank(staker);
        _gpuck(operator, 1 ether);
        vm.snapshotGasLastCall("gas", "transfer to a holder");
        vm.prank(staker);
        c.gpuck.burn(1 ether, "test");
        vm.snapshotGasLastCall("gas", "burn");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_market() public {
        vm.prank(requester);
        c.computeMarket.postJob("spec", "input", 10, 1 ether, uint64(START + 1 days));
        vm.snapshotGasLastCall("gas", "postJob");
        uint256 first = _commit("first", 3);
        vm.snapshotGasLastCall("gas", "commitBatch, first of the hour");
        _commit("second", 3);
        vm.snapshotGasLastCall("gas", "commitBatch, more in the hour");
        vm.warp(START + 2 days);
        c.computeMarket.settle(first);
        vm.snapshotGasLastCall("gas", "settle with certificate");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_proveK256() public {
        _prove(256, "prove K=256");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_proveK1024() public {
        _prove(1_024, "prove K=1024");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_proveK4096() public {
        _prove(4_096, "prove K=4096");
    }

    /// @dev C is 256 x 256, so the paths are 8, 8 and 10 long. Every row of A is the same, and every row of Bt.
    function _prove(uint32 k, string memory name) private {
        bytes memory a = Cells.randomBytes(k, 1);
        bytes memory b = Cells.randomBytes(k, 2);
        int32[] memory c64 = new int32[](64);
        for (uint256 i = 0; i < 64; ++i) {
            c64[i] = Cells.dot(a, b);
        }
        c64[3] += 1;
        bytes memory element = Cells.elementBytes(c64, 0);
        Tree memory treeA = _repeated("A", a, 256);
        Tree memory treeB = _repeated("B", b, 256);
        Tree memory treeC = _repeated("C", element, 1_024);

        FaultProof memory p;
        p.cell = CellCommitment(jobId, 0, 1, 256, 256, k, treeA.root(), treeB.root(), treeC.root());
        (p.row, p.column) = (77, 131);
        p.a = _one(Opening(a, treeA.path(77)));
        p.b = _one(Opening(b, treeB.path(131)));
        // Element 77 * 256 + 131 is number 3 of leaf 310.
        p.c = Opening(element, treeC.path(310));
        p.batchId = _commit(Cells.leafHash("P", 0, abi.encode(p.cell)), 1);
        vm.prank(verifier);
        c.microcellCourt.prove(p);
        vm.snapshotGasLastCall("gas", name);
    }

    function _repeated(bytes1 tag, bytes memory data, uint256 count) private pure returns (Tree memory) {
        bytes32[] memory leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            leaves[i] = Cells.leafHash(tag, i, data);
        }
        return Trees.build(leaves);
    }

    function _one(Opening memory opening) private pure returns (Opening[] memory list) {
        list = new Opening[](1);
        list[0] = opening;
    }

    function _commit(bytes32 cellsRoot, uint32 cells) private returns (uint256 batchId) {
        uint32 hour = _hour();
        vm.prank(operator);
        return c.computeMarket.commitBatch(jobId, cellsRoot, cells, 10, hour, MeasurementTier.Measured);
    }
}
