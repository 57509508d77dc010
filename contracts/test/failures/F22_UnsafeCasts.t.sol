// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {vm} from "../../script/Vm.sol";
import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {FaultProof} from "../../src/verify/IMicrocellCourt.sol";
import {VerifyBase} from "../verify/VerifyBase.sol";

/// @title F22: a cast that cuts off bits turns a refused number into an allowed one (EigenLayer, Cantina High)
contract F22UnsafeCasts is VerifyBase {
    /// @dev 2³² + 5 Wh in an hour pass as 5.
    function testFuzz_attack_cutNumbersPassTheCheck(uint32 wh) public {
        NarrowMeter meter = new NarrowMeter();
        wh = uint32(bound(wh, 0, 1_500));
        uint64 claimed = (uint64(1) << 32) + wh;
        meter.claim(claimed);
        vm.assertEq(meter.claimed(), wh, "the meter saw only the low bits");
        vm.assertGt(meter.paid(), 1_500, "but paid for all");
    }

    function testFuzz_defence_energyIsCheckedBeforeItIsCut(uint64 wh) public {
        wh = uint64(bound(wh, 1_501, type(uint64).max));
        uint32 hour = _hour();
        vm.expectRevert(
            abi.encodeWithSelector(IComputeMarket.EnergyOverNameplate.selector, nodeId, hour, wh, uint64(1_500))
        );
        vm.prank(operator);
        c.computeMarket.commitBatch(jobId, "x", 1, wh, hour, MeasurementTier.Measured);
    }

    /// @dev A second claim on top of the largest first one.
    function test_defence_sumsBeyondTheTypeRevert() public {
        uint32 hour = _hour();
        vm.startPrank(operator);
        c.computeMarket.commitBatch(jobId, "x", 1, 1_500, hour, MeasurementTier.Measured);
        uint256 sum = uint256(type(uint64).max) + 1_500;
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 64, sum));
        c.computeMarket.commitBatch(jobId, "y", 1, type(uint64).max, hour, MeasurementTier.Measured);
    }

    /// @dev Batches are kept by 40 bits and jobs by 48: an id that agrees only in its low bits is unknown.
    function testFuzz_defence_idsAreNeverCutToAKnownOne(uint256 high) public {
        (, FaultProof memory p) = _wrongCell(1);
        high = bound(high, 1, type(uint256).max >> 48);
        p.batchId += high << 40;
        _expectProveRevert(p, abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 40, p.batchId));
        uint256 unknown = jobId + (high << 48);
        uint32 hour = _hour();
        vm.expectRevert(abi.encodeWithSelector(IComputeMarket.UnknownJob.selector, unknown));
        vm.prank(operator);
        c.computeMarket.commitBatch(unknown, "y", 1, 0, hour, MeasurementTier.Measured);
    }

    /// @dev The largest fee of the largest job is far above the supply: refused, not cut.
    function test_defence_aFeeBeyondTheTypeIsRefused() public {
        uint256 escrow = uint256(type(uint32).max) * type(uint128).max;
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 128, escrow));
        vm.prank(requester);
        c.computeMarket.postJob(0, 0, type(uint32).max, type(uint128).max, uint64(START + 1 days));
    }

    /// @dev Extremes of s8 and s32, where a careless cast changes the sign: −128 · −128 and the most negative s32.
    function test_defence_signsSurviveAtTheBounds() public {
        (, FaultProof memory p) = _wrongCell(1);
        (int32 claimed, int32 actual) = c.microcellCourt.examine(p);
        vm.assertEq(int256(claimed), int256(actual) - 7, "negative and positive alike");
    }
}

/// @dev Checks the low 32 bits of what it pays for.
contract NarrowMeter {
    uint32 public claimed;
    uint64 public paid;

    function claim(uint64 wh) external {
        require(claimed + uint32(wh) <= 1_500, "over the nameplate");
        claimed += uint32(wh);
        paid += wh;
    }
}
