// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

/// @title An active node with a commission, and what the tests of the market share
abstract contract ComputeMarketScene is Base {
    uint48 internal nodeId;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(10_000 ether, 2_500);
    }

    function _commit(uint256 jobId, bytes32 cellsRoot, uint32 cells, uint64 energyWh) internal returns (uint256) {
        uint32 hour = _hour();
        vm.prank(operator);
        return c.computeMarket.commitBatch(jobId, cellsRoot, cells, energyWh, hour, MeasurementTier.Measured);
    }

    function _contractOperatorCommits(address account) internal returns (uint256 batchId) {
        uint48 second = _register(account, EnergySource.Wind, 0);
        _stake(staker, second, 10_000 ether);
        c.nodeRegistry.activate(second);
        uint256 jobId = _postJob(1, 100 ether);
        uint32 hour = _hour();
        vm.prank(account);
        return c.computeMarket.commitBatch(jobId, "contract", 1, 500, hour, MeasurementTier.Measured);
    }

    function _purses() internal view returns (uint256[4] memory) {
        return [
            c.gpuck.burned(),
            c.gpuck.balanceOf(operator),
            c.stakeVault.activeStake(nodeId),
            c.gpuck.balanceOf(address(c.gpuckTimelock))
        ];
    }

    function _expectInvalidJob(uint32 cells, uint128 fee, uint64 deadline, string memory reason) internal {
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.InvalidJob.selector, reason));
        vm.prank(requester);
        c.computeMarket.postJob(0, 0, cells, fee, deadline);
    }

    function _expectWrongStatus(uint256 batchId, IComputeMarket.BatchStatus status) internal {
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.WrongBatchStatus.selector, batchId, status));
    }

    function _expectCommitRevert(address caller, uint256 jobId, bytes32 root, uint32 cells, bytes memory reason)
        internal
    {
        uint32 hour = _hour();
        vm.expectRevert(reason);
        vm.prank(caller);
        c.computeMarket.commitBatch(jobId, root, cells, 0, hour, MeasurementTier.Measured);
    }
}
