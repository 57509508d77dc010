// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CertificateClass, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {IRetirementReceipt} from "../../src/carbon/IRetirementReceipt.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

/// @title Boosts: from retired green Wh, measured on what the node used
contract GreenBoostTest is Base {
    uint256 internal constant RETIRED_AT = START + 40 days;

    uint48 internal nodeId;
    uint256 internal jobId;
    uint256 internal batches;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(20_000 ether, 0);
        jobId = _postJob(1_000, 1 ether);
    }

    function testFuzz_boost_growsInProportionAndStopsAtAQuarter(uint256 used, uint256 retired) public {
        used = bound(used, 1, 1_500);
        retired = bound(retired, 0, 3_000);
        _use(used);
        _retire(operator, EnergySource.Solar, retired);
        vm.warp(block.timestamp + 2 hours);
        uint256 expected = 10_000 + 2_500 * (retired < used ? retired : used) / used;
        vm.assertEq(c.greenBoost.boost(operator), expected, "boost");
        vm.assertEq(c.greenBoost.pastBoost(operator, uint48(block.timestamp - 1)), expected, "as of a second ago");
        vm.assertLe(expected, 12_500, "never more");
    }

    function test_boost_isNoneWithoutUseOrNode() public {
        _retire(operator, EnergySource.Solar, 100);
        _retire(staker, EnergySource.Solar, 100);
        vm.warp(block.timestamp + 2 hours);
        vm.assertEq(c.greenBoost.boost(operator), 10_000, "nothing used");
        vm.assertEq(c.greenBoost.boost(staker), 10_000, "no node");
        vm.assertEq(c.greenBoost.retiredWh(staker, uint48(block.timestamp - 1)), 100, "though it retired");
    }

    /// @dev Held Wh can be borrowed for a moment, and Wh of coal are not green.
    function test_boost_countsNeitherHeldNorThermalWh() public {
        _use(1_000);
        _mint(operator, EnergySource.Solar, 1_000);
        _retire(operator, EnergySource.Coal, 1_000);
        vm.warp(block.timestamp + 2 hours);
        vm.assertEq(c.greenBoost.boost(operator), 10_000, "none");
    }

    function test_boost_countsEachWhForWhomItWasRetiredFrom() public {
        _use(1_000);
        uint256 id = _mint(staker, EnergySource.Solar, 500);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 500, RetirementNote(operator, "", 0, "a gift", 0, 0));
        vm.warp(block.timestamp + 2 hours);
        vm.assertEq(c.greenBoost.boost(operator), 10_000, "the beneficiary gets the receipt, not the boost");
    }

    function test_retiredWh_reachesBackThirtyDays() public {
        vm.warp(RETIRED_AT);
        _retire(operator, EnergySource.Wind, 70);
        vm.warp(RETIRED_AT + 31 days);
        vm.assertEq(c.greenBoost.retiredWh(operator, uint48(RETIRED_AT - 1)), 0, "not before");
        vm.assertEq(c.greenBoost.retiredWh(operator, uint48(RETIRED_AT)), 70, "from its second on");
        vm.assertEq(c.greenBoost.retiredWh(operator, uint48(RETIRED_AT + 30 days - 1)), 70, "to the last");
        vm.assertEq(c.greenBoost.retiredWh(operator, uint48(RETIRED_AT + 30 days)), 0, "and no longer");
    }

    function test_usedWh_countsTheHoursBeforeThisOne() public {
        uint256 hour = START / 1 hours;
        _use(300);
        vm.warp(START + 1 hours);
        _use(200);
        vm.assertEq(c.greenBoost.usedWh(operator, uint48(hour * 1 hours)), 0, "the hour under way does not count");
        vm.assertEq(c.greenBoost.usedWh(operator, uint48((hour + 1) * 1 hours - 1)), 0, "to its last second");
        vm.assertEq(c.greenBoost.usedWh(operator, uint48((hour + 1) * 1 hours)), 300, "then it does");
        vm.assertEq(c.greenBoost.usedWh(operator, uint48((hour + 2) * 1 hours)), 500, "and the next");
        vm.assertEq(c.greenBoost.usedWh(operator, uint48((hour + 721) * 1 hours - 1)), 500, "for 720 hours");
        vm.assertEq(c.greenBoost.usedWh(operator, uint48((hour + 721) * 1 hours)), 200, "then the first falls out");
        vm.assertEq(c.greenBoost.usedWh(operator, uint48((hour + 722) * 1 hours)), 0, "and the last");
    }

    function test_pastBoost_revertsForThePresent() public {
        uint48 present = uint48(block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IRetirementReceipt.NotYetPast.selector, present, present));
        c.greenBoost.pastBoost(operator, present);
        c.greenBoost.pastBoost(operator, present - 1);
    }

    function test_pastBoost_doesNotChangeAfterwards() public {
        _use(1_000);
        _retire(operator, EnergySource.Hydro, 400);
        vm.warp(START + 3 hours);
        uint256 then = c.greenBoost.pastBoost(operator, uint48(START + 1 hours));
        vm.assertEq(then, 11_000, "0.4 of 2,500");
        _use(500);
        _retire(operator, EnergySource.Hydro, 600);
        vm.warp(START + 300 days);
        vm.assertEq(c.greenBoost.pastBoost(operator, uint48(START + 1 hours)), then, "the same");
    }

    function _use(uint256 wattHours) private {
        uint32 hour = _hour();
        vm.prank(operator);
        c.computeMarket
            .commitBatch(jobId, keccak256(abi.encode(++batches)), 1, uint32(wattHours), hour, MeasurementTier.Measured);
    }

    function _mint(address to, EnergySource source, uint256 wattHours) private returns (uint256 id) {
        vm.prank(address(c.computeMarket));
        return c.carbonCertificate
            .mint(to, CertificateClass(250, source, _hour(), MeasurementTier.Measured, 1, nodeId), 1, wattHours);
    }

    function _retire(address account, EnergySource source, uint256 wattHours) private {
        if (wattHours == 0) return;
        uint256 id = _mint(account, source, wattHours);
        vm.prank(account);
        c.carbonCertificate.retire(id, wattHours, RetirementNote(address(0), "", 0, "", 0, 0));
    }
}
