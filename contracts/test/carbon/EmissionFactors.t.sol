// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEmissionFactors} from "../../src/carbon/IEmissionFactors.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

contract EmissionFactorsTest is Base {
    function test_firstSet_isInForceFromTheStart() public view {
        uint32[12] memory expected = [uint32(0), 48, 11, 24, 12, 38, 230, 490, 720, 820, 1_000, 481];
        vm.assertEq(c.emissionFactors.current(), 1, "version");
        for (uint256 i = 0; i < expected.length; ++i) {
            vm.assertEq(c.emissionFactors.gramsPerKwh(1, EnergySource(i)), expected[i], "factor");
        }
    }

    function testFuzz_add_appendsAndKeepsTheOld(uint32[11] memory factors) public {
        uint32[] memory set = _set();
        for (uint256 i = 0; i < 11; ++i) {
            set[i + 1] = uint32(bound(factors[i], 1, type(uint32).max));
        }
        vm.expectEmit(address(c.emissionFactors));
        emit IEmissionFactors.FactorSetAdded(2, "UNECE 2022", set);
        vm.prank(address(c.gpuckTimelock));
        c.emissionFactors.add("UNECE 2022", set);
        vm.assertEq(c.emissionFactors.current(), 2, "version");
        vm.assertEq(c.emissionFactors.gramsPerKwh(2, EnergySource.Coal), set[9], "new");
        vm.assertEq(c.emissionFactors.gramsPerKwh(1, EnergySource.Coal), 820, "old");
    }

    function testFuzz_add_revertsForAnyoneButTheCurator(address caller) public {
        vm.assume(caller != address(c.gpuckTimelock));
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.NotAuthorised.selector, caller));
        vm.prank(caller);
        c.emissionFactors.add("x", _set());
    }

    function test_add_revertsOnAnIncompleteSet() public {
        uint32[] memory set = _set();
        _expectInvalid("", set, "no source");
        _expectInvalid("x", new uint32[](11), "one factor per energy source");
        set[0] = 1;
        _expectInvalid("x", set, "source None has no factor");
        set[0] = 0;
        set[4] = 0;
        _expectInvalid("x", set, "no electricity is free of emissions");
    }

    function test_gramsPerKwh_revertsOnAnUnknownVersion() public {
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.UnknownVersion.selector, 0));
        c.emissionFactors.gramsPerKwh(0, EnergySource.Solar);
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.UnknownVersion.selector, 2));
        c.emissionFactors.gramsPerKwh(2, EnergySource.Solar);
    }

    function _set() private pure returns (uint32[] memory set) {
        set = new uint32[](12);
        for (uint256 i = 1; i < 12; ++i) {
            set[i] = 1;
        }
    }

    function _expectInvalid(string memory source, uint32[] memory set, string memory reason) private {
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.InvalidFactorSet.selector, reason));
        vm.prank(address(c.gpuckTimelock));
        c.emissionFactors.add(source, set);
    }
}
