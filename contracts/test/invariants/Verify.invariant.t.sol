// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {VerifyBase} from "../verify/VerifyBase.sol";
import {VerifyHandler} from "./VerifyHandler.sol";

/// @title What holds through any sequence of faults, demands, silences, punishments, pauses and flights
contract VerifyInvariantTest is VerifyBase {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    VerifyHandler internal handler;

    function setUp() public override {
        super.setUp();
        vm.prank(requester);
        jobId = c.computeMarket.postJob("spec", "input", 1_000_000, 1 ether, uint64(START + 365 days));
        handler = new VerifyHandler(c, nodeId, jobId, operator, verifier);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev I19.
    function invariant_noFaultCostsMoreThanItsShareOfTheSnapshot() public view {
        vm.assertFalse(handler.slashedOverCap(), "slashed over the cap");
    }

    /// @dev I24.
    function invariant_aFaultIsPunishedOnceAndABatchHasOne() public view {
        vm.assertFalse(handler.punishedTwice(), "punished twice");
        vm.assertEq(handler.doubleFaults(), 0, "batches with two faults");
    }

    /// @dev I25. Under `fail_on_revert` the handler punishes without a way out, whatever operator and guardian did.
    function invariant_everyProvenFaultCanBePunished() public {
        for (uint256 i = 0; i < 8; ++i) {
            handler.punish(i);
        }
    }

    /// @dev I35.
    function invariant_feesInAreBurnedPaidRefundedOrStillOpen() public view {
        uint256 gone = handler.feesBurned() + handler.feesPaid() + handler.feesRefunded();
        vm.assertEq(handler.feesIn(), gone + handler.openFees(), "to the wei");
    }

    /// @dev I36.
    function invariant_onlySettlementsBurnFees() public view {
        vm.assertEq(c.computeMarket.feesBurned(), handler.feesBurned(), "burned by settlements");
        vm.assertFalse(handler.settledWithFault(), "a faulted batch settled");
        vm.assertFalse(handler.settledWhileOpen(), "an open batch settled");
    }

    function invariant_forcedOpeningHoldsTheOpenBonds() public view {
        vm.assertEq(c.gpuck.balanceOf(address(c.forcedOpening)), handler.openBonds(), "bonds");
        vm.assertEq(c.gpuck.balanceOf(address(c.microcellCourt)), 0, "the court holds nothing");
    }
}
