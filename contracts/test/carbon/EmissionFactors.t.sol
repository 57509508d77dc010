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
        _expectInvalid("x", new uint32[](13), "one factor per energy source");
        vm.assertEq(uint256(type(EnergySource).max) + 1, 12, "sources");
    }

    function test_gramsPerKwh_revertsOnAnUnknownVersion() public {
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.UnknownVersion.selector, 0));
        c.emissionFactors.gramsPerKwh(0, EnergySource.Solar);
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.UnknownVersion.selector, 2));
        c.emissionFactors.gramsPerKwh(2, EnergySource.Solar);
    }

    // --- factors of zones and hours --------------------------------------------------------------------------------

    function test_addZoneHours_provesEachOfItsFactors() public {
        (bytes32 root, bytes32[] memory leaves) = _tree();
        vm.expectEmit(address(c.emissionFactors));
        emit IEmissionFactors.ZoneHoursAdded(1, root, 100, 102, "ENTSO-E 2026");
        _add(1, root, 100, 102);
        vm.assertEq(c.emissionFactors.zoneHoursEnd(1), 102, "end");
        vm.assertTrue(_proved(1, 250, 100, 31, leaves[1]), "first");
        vm.assertTrue(_proved(1, 276, 101, 402, leaves[0]), "second");
        vm.assertFalse(_proved(2, 250, 100, 31, leaves[1]), "another set");
        vm.assertFalse(_proved(1, 251, 100, 31, leaves[1]), "another zone");
        vm.assertFalse(_proved(1, 250, 101, 31, leaves[1]), "another hour");
        vm.assertFalse(_proved(1, 250, 100, 32, leaves[1]), "another factor");
        vm.assertFalse(_proved(1, 250, 100, 31, leaves[0]), "another proof");
        vm.assertFalse(c.emissionFactors.zoneHourFactor(1, 250, 100, 31, new bytes32[](0)), "no proof");
    }

    /// @dev Leaf, root and proof are those of OpenZeppelin's StandardMerkleTree in JavaScript, over (uint16, uint32,
    /// uint32): [250, 498696, 31], [276, 498697, 402], [250, 498697, 29].
    function test_addZoneHours_takesTheTreesOfOpenZeppelin() public {
        vm.assertEq(
            c.emissionFactors.zoneHourLeaf(250, 498_696, 31),
            0xd4dfb77b74a3338cddc921a3f653100c49c749fe5b7271ef3a0b46195a8b26d2,
            "leaf"
        );
        _add(1, 0x0bde91506845a07d6b9931f6bf29dc163b42ea41da685c8fc10f149db1c8d68b, 498_696, 498_698);
        bytes32 sibling = 0x1b682b8be8de571de9dfa519b6439fb4c50b30ffb2cfb9ca3cddc0662e2fb7ce;
        vm.assertTrue(_proved(1, 250, 498_696, 31, sibling), "proved");
        vm.assertFalse(_proved(1, 250, 498_696, 30, sibling), "not another factor");
    }

    function test_addZoneHours_speaksOfItsHoursOnly() public {
        (bytes32 root, bytes32[] memory leaves) = _tree();
        _add(1, root, 100, 101);
        vm.assertTrue(_proved(1, 250, 100, 31, leaves[1]), "inside");
        vm.assertFalse(_proved(1, 276, 101, 402, leaves[0]), "the end is outside");
        _add(1, keccak256("other"), 101, 102);
        vm.assertFalse(_proved(1, 276, 101, 402, leaves[0]), "nor does another root lend it its hours");
    }

    function test_addZoneHours_doesNotReachBack() public {
        (bytes32 root, bytes32[] memory leaves) = _tree();
        _add(1, root, 101, 103);
        vm.assertFalse(_proved(1, 250, 100, 31, leaves[1]), "before its hours");
        vm.assertTrue(_proved(1, 276, 101, 402, leaves[0]), "its first hour");
    }

    function test_addZoneHours_coversAnHourOnce() public {
        _add(1, keccak256("first"), 100, 102);
        _expectInvalidHours(1, keccak256("second"), 101, 103, "x", "hours were covered before");
        _expectInvalidHours(1, keccak256("second"), 99, 103, "x", "hours were covered before");
        _expectInvalidHours(1, keccak256("first"), 102, 103, "x", "root was added before");
        _add(1, keccak256("second"), 102, 103);
        _expectInvalidHours(1, keccak256("third"), 103, 103, "x", "no hours");
        _expectInvalidHours(1, keccak256("third"), 104, 103, "x", "no hours");
        _expectInvalidHours(1, keccak256("third"), 103, 104, "", "no source");
        _add(1, keccak256("third"), 200, 201);
        vm.assertEq(c.emissionFactors.zoneHoursEnd(1), 201, "end");
    }

    function test_addZoneHours_keepsSetsApart() public {
        vm.prank(address(c.gpuckTimelock));
        c.emissionFactors.add("next", _set());
        _add(2, keccak256("root"), 200, 201);
        _add(1, keccak256("root"), 100, 101);
        vm.assertEq(c.emissionFactors.zoneHoursEnd(1), 101, "first set");
        vm.assertEq(c.emissionFactors.zoneHoursEnd(2), 201, "second set");
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.UnknownVersion.selector, 3));
        _add(3, keccak256("root"), 100, 101);
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.UnknownVersion.selector, 0));
        _add(0, keccak256("root"), 100, 101);
    }

    function testFuzz_addZoneHours_revertsForAnyoneButTheCurator(address caller) public {
        vm.assume(caller != address(c.gpuckTimelock));
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.NotAuthorised.selector, caller));
        vm.prank(caller);
        c.emissionFactors.addZoneHours(0, 0, 1, 0, "");
    }

    /// @dev Zone 250 in hour 100 and zone 276 in hour 101.
    function _tree() private view returns (bytes32 root, bytes32[] memory leaves) {
        leaves = new bytes32[](2);
        leaves[0] = c.emissionFactors.zoneHourLeaf(250, 100, 31);
        leaves[1] = c.emissionFactors.zoneHourLeaf(276, 101, 402);
        (bytes32 low, bytes32 high) = leaves[0] < leaves[1] ? (leaves[0], leaves[1]) : (leaves[1], leaves[0]);
        root = keccak256(bytes.concat(low, high));
    }

    function _add(uint16 version, bytes32 root, uint32 fromHour, uint32 toHour) private {
        vm.prank(address(c.gpuckTimelock));
        c.emissionFactors.addZoneHours(version, root, fromHour, toHour, "ENTSO-E 2026");
    }

    function _proved(uint16 version, uint16 zone, uint32 hour, uint32 grams, bytes32 sibling)
        private
        view
        returns (bool)
    {
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = sibling;
        return c.emissionFactors.zoneHourFactor(version, zone, hour, grams, proof);
    }

    function _expectInvalidHours(
        uint16 version,
        bytes32 root,
        uint32 fromHour,
        uint32 toHour,
        string memory source,
        string memory reason
    ) private {
        vm.expectRevert(abi.encodeWithSelector(IEmissionFactors.InvalidZoneHours.selector, reason));
        vm.prank(address(c.gpuckTimelock));
        c.emissionFactors.addZoneHours(version, root, fromHour, toHour, source);
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
