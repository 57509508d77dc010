// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {CertificateId} from "../../src/carbon/CertificateId.sol";
import {CertificateClass, ICarbonCertificate} from "../../src/carbon/ICarbonCertificate.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "./CarbonBase.sol";

/// @title Hours that a court found misreported
contract VoidingTest is CarbonBase {
    function testFuzz_voidHour_revertsForAnyoneButTheFaultCourt(address caller) public {
        vm.assume(caller != c.carbonCertificate.faultCourt());
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.NotAuthorised.selector, caller));
        vm.prank(caller);
        c.carbonCertificate.voidHour(7, HOUR);
    }

    function test_voidHour_stopsTransferAndRetirement() public {
        uint256 id = _mint(staker, 9);
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.HourVoided(7, HOUR);
        _void(id);
        vm.assertTrue(c.carbonCertificate.isVoid(id), "id");
        vm.assertTrue(c.carbonCertificate.isHourVoid(7, HOUR), "hour");
        vm.startPrank(staker);
        vm.expectRevert(_void(7, HOUR));
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 1, "");
        vm.expectRevert(_void(7, HOUR));
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 0, "");
        vm.expectRevert(_void(7, HOUR));
        c.carbonCertificate.retire(id, 1, _note());
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 9, "still held");
    }

    function test_voidHour_stopsABatchWithOneVoidId() public {
        uint256[] memory ids = _list(_mint(staker, 5), _mint(staker, _class(EnergySource.Solar, HOUR + 1), 5));
        _void(ids[1]);
        vm.startPrank(staker);
        vm.expectRevert(_void(7, HOUR + 1));
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, ids, _list(1, 1), "");
        vm.expectRevert(_void(7, HOUR + 1));
        c.carbonCertificate.retireBatch(staker, ids, _list(1, 1), _note());
        vm.stopPrank();
    }

    /// @dev Every id of the hour is void, whatever its source, tier, zone or factor set.
    function test_voidHour_voidsEveryIdOfTheHour() public {
        _void(_mint(staker, 9));
        CertificateClass memory class = CertificateClass(1, EnergySource.Coal, HOUR, MeasurementTier.Emulated, 9, 7);
        vm.assertTrue(c.carbonCertificate.isVoid(CertificateId.pack(class)), "other fields do not matter");
    }

    /// @dev Hours share a slot by 256.
    function testFuzz_voidHour_voidsNoOtherHour(uint48 nodeId, uint32 hour, uint48 otherNode, uint32 otherHour) public {
        vm.assume(nodeId != otherNode || hour != otherHour);
        vm.prank(c.carbonCertificate.faultCourt());
        c.carbonCertificate.voidHour(nodeId, hour);
        vm.assertTrue(c.carbonCertificate.isHourVoid(nodeId, hour), "void");
        vm.assertFalse(c.carbonCertificate.isHourVoid(otherNode, otherHour), "another");
    }

    function test_voidHour_voidsNoNeighbour() public {
        _void(_mint(staker, 9));
        int64[6] memory distances = [int64(-256), -1, 1, 8, 255, 256];
        for (uint256 i = 0; i < distances.length; ++i) {
            uint32 other = uint32(uint64(int64(uint64(HOUR)) + distances[i]));
            vm.assertFalse(c.carbonCertificate.isHourVoid(7, other), "neighbour");
        }
        vm.assertFalse(c.carbonCertificate.isHourVoid(8, HOUR), "another node");
        vm.prank(c.carbonCertificate.faultCourt());
        c.carbonCertificate.voidHour(7, HOUR + 1);
        vm.assertTrue(c.carbonCertificate.isHourVoid(7, HOUR), "the first stays void");
        vm.assertTrue(c.carbonCertificate.isHourVoid(7, HOUR + 1), "and the second is");
    }

    function test_voidHour_againChangesNothing() public {
        uint256 id = _mint(staker, 9);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
        _void(id);
        vm.recordLogs();
        _void(id);
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertTrue(c.carbonCertificate.isVoid(id), "void");
    }

    function test_voidHour_refreshesReceiptsIfThereAreAny() public {
        uint256 id = _mint(staker, 9);
        uint256 other = _mint(staker, _class(EnergySource.Wind, HOUR + 1), 9);
        vm.recordLogs();
        _void(id);
        vm.assertEq(vm.getRecordedLogs().length, 1, "nothing to refresh");
        vm.startPrank(staker);
        c.carbonCertificate.retire(other, 1, _note());
        c.carbonCertificate.retire(other, 1, _note());
        vm.stopPrank();
        vm.expectEmit(address(c.retirementReceipt));
        emit IERC4906.BatchMetadataUpdate(1, 2);
        _void(other);
    }

    function test_voidHour_leavesRetiredWhRetired() public {
        uint256 id = _mint(staker, 9);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 4, _note());
        _void(id);
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 4, "of the account");
        vm.assertEq(c.carbonCertificate.totalRetired(id), 4, "in all");
    }

    function test_mint_intoAVoidHourIsVoidButDoesNotFail() public {
        uint256 id = _mint(staker, 9);
        _void(id);
        _mint(staker, 1);
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 10, "held");
        vm.expectRevert(_void(7, HOUR));
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
    }

    function _void(uint48 nodeId, uint32 hour) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICarbonCertificate.HourIsVoid.selector, nodeId, hour);
    }
}
