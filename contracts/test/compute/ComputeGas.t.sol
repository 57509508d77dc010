// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {Base} from "../Base.t.sol";

/// @title What jobs, commits and settlements cost, as whole transactions
contract ComputeGasTest is Base {
    uint48 internal nodeId;
    uint256 internal jobId;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(10_000 ether, 1_000);
        jobId = _postJob(1_000, 1 ether);
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_market() public {
        vm.prank(requester);
        c.computeMarket.postJob("spec", "input", 10, 1 ether, uint64(START + 1 days));
        vm.snapshotGasLastCall("compute", "postJob");
        uint256 first = _commit("first", 3);
        vm.snapshotGasLastCall("compute", "commitBatch, first of the hour");
        _commit("second", 3);
        vm.snapshotGasLastCall("compute", "commitBatch, more in the hour");
        vm.warp(START + 2 days);
        c.computeMarket.settle(first);
        vm.snapshotGasLastCall("compute", "settle with certificate");
    }

    function _commit(bytes32 cellsRoot, uint32 cells) private returns (uint256 batchId) {
        uint32 hour = _hour();
        vm.prank(operator);
        return c.computeMarket.commitBatch(jobId, cellsRoot, cells, 10, hour, MeasurementTier.Measured);
    }
}
