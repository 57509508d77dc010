// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC5192} from "../../../src/carbon/IERC5192.sol";
import {EnergySource} from "../../../src/staking/INodeRegistry.sol";
import {vm, Vm} from "../../../script/Vm.sol";
import {CarbonBase} from "../CarbonBase.sol";

/// @title ERC-721, ERC-5192 and ERC-4906 of receipts: a test for every MUST, named after it
/// @notice Those of ERC-721 about moving and approving have nothing to hold on to: these calls always throw, as
/// ERC-5192 asks of a locked token.
contract ReceiptStandardsTest is CarbonBase {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = _mint(staker, 10);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
    }

    function test_erc165_mustNameEveryInterface() public view {
        bytes4[5] memory ids = [bytes4(0x01ffc9a7), 0x80ac58cd, 0x5b5e139f, 0xb45a3c0e, 0x49064906];
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.assertTrue(c.retirementReceipt.supportsInterface(ids[i]), "interface");
        }
        vm.assertFalse(c.retirementReceipt.supportsInterface(0xffffffff), "not everything");
        vm.assertFalse(c.retirementReceipt.supportsInterface(0xd9b67a26), "not ERC-1155");
    }

    function test_erc721_ownershipMustBeAnnouncedByTransfer() public {
        vm.expectEmit(address(c.retirementReceipt));
        emit IERC721.Transfer(address(0), staker, 2);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
    }

    function test_erc721_queriesAboutNobodyMustThrow() public {
        vm.expectRevert(abi.encodeWithSignature("ERC721InvalidOwner(address)", address(0)));
        c.retirementReceipt.balanceOf(address(0));
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 9));
        c.retirementReceipt.ownerOf(9);
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 9));
        c.retirementReceipt.getApproved(9);
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 9));
        c.retirementReceipt.tokenURI(9);
    }

    function test_erc5192_aMintedLockedTokenShouldEmitLocked() public {
        vm.expectEmit(address(c.retirementReceipt));
        emit IERC5192.Locked(2);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
    }

    function test_erc5192_queriesAboutTokensOfNobodyMustThrow() public {
        vm.assertTrue(c.retirementReceipt.locked(1), "locked");
        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 9));
        c.retirementReceipt.locked(9);
    }

    function test_erc5192_everyTransferOfALockedTokenMustThrow() public {
        bytes[3] memory calls = [
            abi.encodeWithSignature("transferFrom(address,address,uint256)", staker, stranger, 1),
            abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", staker, stranger, 1),
            abi.encodeWithSignature("safeTransferFrom(address,address,uint256,bytes)", staker, stranger, 1, "")
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(staker);
            (bool ok,) = address(c.retirementReceipt).call(calls[i]);
            vm.assertFalse(ok, "thrown");
        }
        vm.assertEq(c.retirementReceipt.ownerOf(1), staker, "not moved");
    }

    function test_erc4906_aChangeOfMetadataMustEmitAnUpdate() public {
        bytes32 before = keccak256(bytes(c.retirementReceipt.tokenURI(1)));
        vm.expectEmit(address(c.retirementReceipt));
        emit IERC4906.BatchMetadataUpdate(1, 1);
        _void(id);
        vm.assertTrue(keccak256(bytes(c.retirementReceipt.tokenURI(1))) != before, "changed");
    }

    function test_erc4906_nothingElseChangesTheMetadata() public {
        bytes32 before = keccak256(bytes(c.retirementReceipt.tokenURI(1)));
        vm.warp(START + 400 days);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 9, _note());
        _mint(staker, _class(EnergySource.Coal, HOUR), 10);
        uint32[] memory factors = new uint32[](12);
        for (uint256 i = 1; i < 12; ++i) {
            factors[i] = 1;
        }
        vm.prank(address(c.gpuckTimelock));
        c.emissionFactors.add("next", factors);
        vm.assertTrue(keccak256(bytes(c.retirementReceipt.tokenURI(1))) == before, "the same");
    }

    function test_erc4906_aMintShouldNotEmitAnUpdate() public {
        vm.recordLogs();
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            vm.assertTrue(
                logs[i].topics[0] != IERC4906.MetadataUpdate.selector
                    && logs[i].topics[0] != IERC4906.BatchMetadataUpdate.selector,
                "no update"
            );
        }
    }
}
