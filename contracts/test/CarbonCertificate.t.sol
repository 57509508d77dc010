// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {CertificateClass, ICarbonCertificate} from "../src/carbon/ICarbonCertificate.sol";
import {MeasurementTier} from "../src/compute/IComputeMarket.sol";
import {EnergySource} from "../src/staking/INodeRegistry.sol";
import {vm} from "../script/Vm.sol";
import {Base} from "./Base.t.sol";

contract CarbonCertificateTest is Base {
    function testFuzz_id_packsAndUnpacks(
        uint16 zone,
        uint8 source,
        uint32 hour,
        uint8 tier,
        uint16 version,
        uint48 node
    ) public view {
        CertificateClass memory class = CertificateClass(
            zone, EnergySource(source % 12), hour, MeasurementTier(tier % 4), version, node
        );
        uint256 id = c.carbonCertificate.idOf(class);
        vm.assertLt(id, 1 << 124, "124 bits");
        vm.assertEq(keccak256(abi.encode(c.carbonCertificate.classOf(id))), keccak256(abi.encode(class)), "roundtrip");
    }

    function test_id_layoutIsTheDocumentedOne() public view {
        CertificateClass memory class =
            CertificateClass(0x1111, EnergySource.Coal, 0x22222222, MeasurementTier.Metered, 0x4444, 0x555555555555);
        vm.assertEq(c.carbonCertificate.idOf(class), 0x1111092222222234444555555555555, "golden id");
    }

    function testFuzz_retire_mintedIsHeldPlusRetired(uint128 minted, uint128 moved, uint128 retired) public {
        minted = uint128(bound(minted, 2, type(uint128).max));
        moved = uint128(bound(moved, 1, minted - 1));
        retired = uint128(bound(retired, 1, moved));
        uint256 id = _mint(staker, minted);
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, moved, "");
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(
            1, id, stranger, verifier, "A reader", "reading", retired, uint256(retired) * 48
        );
        vm.prank(stranger);
        c.carbonCertificate.retire(id, retired, verifier, "A reader", "reading");

        uint256 held = c.carbonCertificate.balanceOf(staker, id) + c.carbonCertificate.balanceOf(stranger, id);
        vm.assertEq(c.carbonCertificate.totalMinted(id), held + c.carbonCertificate.totalRetired(id), "identity");
        vm.assertEq(c.carbonCertificate.retiredOf(stranger, id), retired, "retired of the account");
        vm.assertEq(c.carbonCertificate.totalRetired(id), retired, "retired in all");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), moved - retired, "left");
    }

    function testFuzz_retire_revertsOverTheBalance(uint128 minted, uint128 excess) public {
        minted = uint128(bound(minted, 1, type(uint128).max - 1));
        uint256 wattHours = uint256(minted) + bound(excess, 1, type(uint128).max);
        uint256 id = _mint(staker, minted);
        vm.expectPartialRevert(bytes4(keccak256("ERC1155InsufficientBalance(address,uint256,uint256,uint256)")));
        vm.prank(staker);
        c.carbonCertificate.retire(id, wattHours, staker, "", "");
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.ZeroAmount.selector));
        vm.prank(staker);
        c.carbonCertificate.retire(id, 0, staker, "", "");
    }

    function testFuzz_mint_revertsForAnyoneButTheMarket(address caller) public {
        vm.assume(caller != address(c.computeMarket));
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.NotAuthorised.selector, caller));
        vm.prank(caller);
        c.carbonCertificate.mint(caller, _class(), 1, 1);
    }

    function test_uri_isAReadableDocument() public {
        uint256 id = _mint(staker, 1);
        string memory json = '{"name":"solar Wh, node 7","description":"Electricity used for compute in one hour, '
            'in Wh. A record with a footprint; not an offset.","decimals":0,"properties":{"source":"solar",'
            '"tier":"metered","zone":250,"hour":498696,"factorVersion":1,"gramsCo2ePerKwh":48,"node":7}}';
        vm.assertEq(
            c.carbonCertificate.uri(id),
            string.concat("data:application/json;base64,", Base64.encode(bytes(json))),
            "uri"
        );
    }

    function _mint(address to, uint256 wattHours) private returns (uint256 id) {
        vm.prank(address(c.computeMarket));
        return c.carbonCertificate.mint(to, _class(), 3, wattHours);
    }

    function _class() private pure returns (CertificateClass memory) {
        return CertificateClass(250, EnergySource.Solar, 498_696, MeasurementTier.Metered, 1, 7);
    }
}
