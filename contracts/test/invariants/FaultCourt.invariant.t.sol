// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Base} from "../Base.t.sol";
import {FaultCourtHandler} from "./FaultCourtHandler.sol";

/// @title What stays true of the fault court through any number of cases at once
contract FaultCourtInvariantTest is Base {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    FaultCourtHandler internal handler;
    uint256 internal burnedAtStart;

    function setUp() public override {
        super.setUp();
        address[] memory operators = new address[](2);
        (operators[0], operators[1]) = (operator, otherStaker);
        address[] memory accusers = new address[](2);
        (accusers[0], accusers[1]) = (verifier, requester);
        for (uint256 i = 0; i < 2; ++i) {
            uint48 nodeId = _register(operators[i], EnergySource.Solar, 0);
            _stake(operators[i], nodeId, 20_000 ether);
            c.nodeRegistry.activate(nodeId);
            _stake(staker, nodeId, 10_000 ether);
            vm.prank(operators[i]);
            c.gpuck.approve(address(c.faultCourt), type(uint256).max);
            vm.prank(accusers[i]);
            c.gpuck.approve(address(c.faultCourt), type(uint256).max);
        }
        vm.warp(START + 10 days);
        burnedAtStart = c.gpuck.burned();
        handler = new FaultCourtHandler(c, operators, accusers, _panel(), staker);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev I23. Frozen while accused, and only then; `broken` also tells of frozen stake that left.
    function invariant_stakeIsFrozenExactlyWhileAccused() public view {
        for (uint48 nodeId = 1; nodeId <= 2; ++nodeId) {
            vm.assertTrue(c.stakeVault.isFrozen(nodeId) == handler.openOn(nodeId) > 0, "frozen");
        }
    }

    /// @dev I24, I26. Each case ended once, as the model says, and paid whom the model says, to the wei.
    function invariant_everyCaseEndsOnceAndPaysExactly() public view {
        vm.assertEq(handler.broken(), "", "as the model");
    }

    /// @dev I26. The court holds the bonds of open cases and nothing else.
    function invariant_courtHoldsTheBondsOfOpenCases() public view {
        vm.assertEq(c.gpuck.balanceOf(address(c.faultCourt)), handler.held(), "bonds");
    }

    /// @dev I18. What the court took is burned or rewarded, all of it.
    function invariant_whatWasTakenIsBurnedOrRewarded() public view {
        uint256 burned = c.gpuck.burned() - burnedAtStart - handler.burnedBonds();
        vm.assertLe(burned, handler.slashed(), "burned");
        vm.assertGe(burned, handler.slashed() * 8_000 / 10_000, "all but the finder's share");
    }

    /// @dev After every sequence all cases end, and everything is free again.
    function afterInvariant() public {
        handler.everyCaseEnds();
        vm.assertEq(handler.broken(), "", "as the model");
        vm.assertEq(c.gpuck.balanceOf(address(c.faultCourt)), 0, "nothing is left");
        for (uint48 nodeId = 1; nodeId <= 2; ++nodeId) {
            vm.assertFalse(c.stakeVault.isFrozen(nodeId), "free");
        }
    }
}
