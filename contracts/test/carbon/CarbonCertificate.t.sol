// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {CertificateId} from "../../src/carbon/CertificateId.sol";
import {CertificateClass, ICarbonCertificate} from "../../src/carbon/ICarbonCertificate.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "./CarbonBase.sol";
import {Documents} from "./Documents.sol";
import {NoReceiver, NotingReceiver, WrongReceiver} from "./Receivers.sol";

/// @title Ids, minting and moving
contract CarbonCertificateTest is CarbonBase {
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
        uint256 id = 0x1111092222222234444555555555555;
        vm.assertEq(c.carbonCertificate.idOf(class), id, "golden id");
        vm.assertEq(uint256(CertificateId.sourceOf(id)), uint256(EnergySource.Coal), "source");
        vm.assertEq(CertificateId.hourOf(id), 0x22222222, "hour");
        vm.assertEq(CertificateId.factorVersionOf(id), 0x4444, "factor version");
        vm.assertEq(CertificateId.nodeOf(id), 0x555555555555, "node");
    }

    function test_isGreen_isSolarWindHydroAndGeothermal() public pure {
        bool[12] memory green = [false, true, true, true, false, true, false, false, false, false, false, false];
        for (uint256 i = 0; i < 12; ++i) {
            uint256 id = CertificateId.pack(_class(EnergySource(i), HOUR));
            vm.assertTrue(CertificateId.isGreen(id) == green[i], "green");
        }
    }

    function test_mint_emitsAndBooks() public {
        uint256 id = CertificateId.pack(_class(EnergySource.Solar, HOUR));
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.CertificateMinted(id, 7, 3, staker, EnergySource.Solar, 12);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(address(c.computeMarket), address(0), staker, id, 12);
        vm.assertEq(_mint(staker, 12), id, "id");
        vm.assertEq(_mint(stranger, 5), id, "same id");
        vm.assertEq(c.carbonCertificate.totalMinted(id), 17, "minted");
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 12, "held");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), 5, "held by the other");
        vm.assertEq(c.carbonCertificate.totalRetired(id), 0, "retired");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 0, "retired of the account");
    }

    function testFuzz_mint_revertsForAnyoneButTheMarket(address caller) public {
        vm.assume(caller != address(c.computeMarket));
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.NotAuthorised.selector, caller));
        vm.prank(caller);
        c.carbonCertificate.mint(caller, _class(EnergySource.Solar, HOUR), 1, 0);
    }

    function test_mint_revertsOnNothing() public {
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.ZeroAmount.selector));
        _mint(staker, 0);
    }

    function test_mint_revertsOver64BitsOfAnId() public {
        uint256 id = _mint(staker, type(uint64).max - 1);
        _mint(stranger, 1);
        vm.assertEq(c.carbonCertificate.totalMinted(id), type(uint64).max, "just full");
        vm.expectRevert(_overflow(1 << 64));
        _mint(stranger, 1);
        vm.expectRevert(_overflow(1 << 64));
        _mint(staker, _class(EnergySource.Wind, HOUR), 1 << 64);
        _mint(staker, _class(EnergySource.Wind, HOUR), 1);
    }

    function test_mint_revertsToWhoCannotTakeIt() public {
        address refusing = address(new NoReceiver());
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", refusing));
        _mint(refusing, 1);
        address wrong = address(new WrongReceiver());
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", wrong));
        _mint(wrong, 1);
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", address(0)));
        _mint(address(0), 1);
    }

    function test_mint_callsTheReceiverOnClosedBooks() public {
        NotingReceiver receiver = new NotingReceiver();
        _mint(address(receiver), 9);
        vm.assertEq(receiver.singles(), 1, "called");
        vm.assertEq(receiver.heldInCallback(), 9, "held");
        vm.assertEq(receiver.mintedInCallback(), 9, "minted");
    }

    function testFuzz_transfer_movesExactly(uint64 minted, uint64 moved) public {
        minted = uint64(bound(minted, 1, type(uint64).max));
        moved = uint64(bound(moved, 0, minted));
        uint256 id = _mint(staker, minted);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, stranger, id, moved);
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, moved, "");
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), minted - moved, "left");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), moved, "moved");
        vm.assertEq(c.carbonCertificate.totalMinted(id), minted, "minted");
        vm.assertEq(c.carbonCertificate.totalRetired(id), 0, "retired");
    }

    function test_transfer_toOneselfChangesNothing() public {
        uint256 id = _mint(staker, 9);
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, staker, id, 9, "");
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 9, "held");
    }

    function testFuzz_transfer_revertsOverTheBalance(uint64 minted, uint256 value) public {
        minted = uint64(bound(minted, 1, type(uint64).max));
        value = bound(value, uint256(minted) + 1, type(uint256).max);
        uint256 id = _mint(staker, minted);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, minted, value, id));
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, value, "");
    }

    function test_transfer_needsTheOwnersApproval() public {
        uint256 id = _mint(staker, 9);
        vm.expectRevert(abi.encodeWithSelector(MISSING_APPROVAL, stranger, staker));
        vm.prank(stranger);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 1, "");
        vm.prank(staker);
        c.carbonCertificate.setApprovalForAll(stranger, true);
        vm.prank(stranger);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 1, "");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), 1, "moved");
    }

    function test_batchTransfer_movesEachAndEmitsOnce() public {
        uint256[] memory ids = _list(_mint(staker, 5), _mint(staker, _class(EnergySource.Wind, HOUR), 6));
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferBatch(staker, staker, stranger, ids, _list(1, 2));
        vm.prank(staker);
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, ids, _list(1, 2), "");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, ids[0]), 1, "first");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, ids[1]), 2, "second");
        vm.assertEq(c.carbonCertificate.balanceOf(staker, ids[1]), 4, "left");
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 1));
        vm.prank(staker);
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, ids, new uint256[](1), "");
    }

    // --- views -----------------------------------------------------------------------------------------------------

    function testFuzz_footprint_isExact(uint8 source, uint64 wattHours) public view {
        uint16[12] memory grams = [uint16(0), 48, 11, 24, 12, 38, 230, 490, 720, 820, 1_000, 481];
        uint256 id = CertificateId.pack(_class(EnergySource(source % 12), HOUR));
        vm.assertEq(c.carbonCertificate.footprint(id, wattHours), uint256(wattHours) * grams[source % 12], "mg");
    }

    function test_uri_isAReadableDocument() public {
        uint256 id = _mint(staker, 1);
        vm.assertEq(
            Documents.read(c.carbonCertificate.uri(id), "application/json"),
            '{"name":"solar Wh, node 7","description":"Electricity used for compute in one hour, in Wh. A record with '
            'a footprint.","decimals":0,"properties":{"source":"solar","tier":"metered","zone":250,"hour":498696,'
            '"factorVersion":1,"gramsCo2ePerKwh":48,"node":7}}',
            "uri"
        );
    }

    function test_uri_namesEverySourceAndTier() public view {
        string[12] memory sources = [
            "none",
            "solar",
            "wind",
            "hydro",
            "nuclear",
            "geothermal",
            "biomass",
            "gas",
            "oil",
            "coal",
            "thermalUnspecified",
            "grid"
        ];
        string[4] memory tiers = ["emulated", "declared", "measured", "metered"];
        for (uint256 i = 0; i < 12; ++i) {
            CertificateClass memory class = _class(EnergySource(i), HOUR);
            class.tier = MeasurementTier(i % 4);
            string memory json = Documents.read(c.carbonCertificate.uri(CertificateId.pack(class)), "application/json");
            vm.assertEq(vm.parseJsonString(json, ".properties.source"), sources[i], "source");
            vm.assertEq(vm.parseJsonString(json, ".properties.tier"), tiers[i % 4], "tier");
        }
    }

    function _overflow(uint256 value) private pure returns (bytes memory) {
        return abi.encodeWithSignature("SafeCastOverflowedUintDowncast(uint8,uint256)", 64, value);
    }
}
