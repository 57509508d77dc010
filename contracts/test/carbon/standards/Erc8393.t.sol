// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC8393Retirement} from "../../../src/carbon/IERC8393.sol";
import {vm} from "../../../script/Vm.sol";
import {CarbonBase} from "../CarbonBase.sol";

/// @dev The functions of the draft of August 2026, for its id.
interface IWholeErc8393 {
    struct CreditMetadata {
        uint256 projectId;
        uint256 creditId;
        string projectName;
        string methodology;
        string vintage;
        string country;
        uint256 totalVolume;
        uint256 expiry;
        bool isRetired;
    }

    function encodeTokenId(uint256 projectId, uint256 creditId) external pure returns (uint256 tokenId);
    function decodeTokenId(uint256 tokenId) external pure returns (uint256 projectId, uint256 creditId);
    function getMetadata(uint256 tokenId) external view returns (CreditMetadata memory);
    function mintCredit(
        address to,
        uint256 projectId,
        uint256 creditId,
        uint256 amount,
        uint256 expiry,
        CreditMetadata calldata metadata
    ) external;
    function retire(uint256 tokenId, address account, uint256 amount) external;
    function retiredBalanceOf(address account, uint256 tokenId) external view returns (uint256);
    function tokenExists(uint256 tokenId) external view returns (bool);
    function isExpired(uint256 tokenId) external view returns (bool);
}

/// @title ERC-8393 (draft): a test for every MUST of its retirement, named after it
/// @notice What does not fit, and why:
/// - `encodeTokenId`, `decodeTokenId`: its ids are project and credit; ours name zone, source, hour, tier, factors and
///   node, which its two numbers cannot.
/// - `mintCredit` and everything that rests on it (`tokenExists`, one issuance, `totalVolume` fixed at mint): the Wh of
///   a node's hour settle batch by batch, and only the compute market mints.
/// - `getMetadata`, `isRetired`: since more Wh of an id may settle later, "entirely retired" is no lasting state here.
///   `totalMinted` and `totalRetired` say how it stands.
/// - `isExpired`: nothing expires.
contract Erc8393Test is CarbonBase {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = _mint(staker, 10);
    }

    function test_contract_mustImplementErc1155AndErc165() public view {
        vm.assertTrue(c.carbonCertificate.supportsInterface(0xd9b67a26), "ERC-1155");
        vm.assertTrue(c.carbonCertificate.supportsInterface(0x01ffc9a7), "ERC-165");
        vm.assertFalse(c.carbonCertificate.supportsInterface(0xffffffff), "not everything");
    }

    function test_supportsInterface_claimsTheHalfThatIsThere() public view {
        vm.assertTrue(c.carbonCertificate.supportsInterface(type(IERC8393Retirement).interfaceId), "its retirement");
        vm.assertFalse(c.carbonCertificate.supportsInterface(type(IWholeErc8393).interfaceId), "not the whole");
    }

    function test_retire_mustRevertUnlessTheSenderIsTheAccountOrApproved() public {
        vm.expectRevert(abi.encodeWithSelector(MISSING_APPROVAL, stranger, staker));
        vm.prank(stranger);
        c.carbonCertificate.retire(id, staker, 1);
        vm.prank(staker);
        c.carbonCertificate.retire(id, staker, 1);
        vm.prank(staker);
        c.carbonCertificate.setApprovalForAll(stranger, true);
        vm.prank(stranger);
        c.carbonCertificate.retire(id, staker, 1);
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 2, "both went through");
    }

    function test_retire_mustRevertOverTheTransferableBalance() public {
        vm.prank(staker);
        c.carbonCertificate.retire(id, staker, 4);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, 6, 7, id));
        vm.prank(staker);
        c.carbonCertificate.retire(id, staker, 7);
    }

    function test_retire_mustLowerTheBalanceAndEmitATransferToZero() public {
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, address(0), id, 4);
        vm.prank(staker);
        c.carbonCertificate.retire(id, staker, 4);
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 6, "balance");
    }

    function test_retire_mustRaiseTheRetiredBalanceAndEmitCreditRetired() public {
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC8393Retirement.CreditRetired(staker, id, 4);
        vm.prank(staker);
        c.carbonCertificate.retire(id, staker, 4);
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 4, "retired");
    }

    function test_retiredBalance_mustNotBeTransferable() public {
        vm.startPrank(staker);
        c.carbonCertificate.retire(id, staker, 10);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, 0, 1, id));
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 1, "");
        vm.stopPrank();
    }

    function test_retiredBalance_mustNotDecrease() public {
        vm.startPrank(staker);
        c.carbonCertificate.retire(id, staker, 4);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 6, "");
        vm.stopPrank();
        _mint(staker, 1);
        _void(id);
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(staker, id), 4, "retired");
    }

    function test_entirelyRetired_mustNotBeSoWhileAnyoneHoldsAny() public {
        vm.startPrank(staker);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 1, "");
        c.carbonCertificate.retire(id, staker, 9);
        vm.stopPrank();
        vm.assertLt(c.carbonCertificate.totalRetired(id), c.carbonCertificate.totalMinted(id), "one is held");
        vm.prank(stranger);
        c.carbonCertificate.retire(id, stranger, 1);
        vm.assertEq(c.carbonCertificate.totalRetired(id), c.carbonCertificate.totalMinted(id), "none is");
    }

    function test_retire_leavesAReceiptWithoutANote() public {
        vm.prank(staker);
        c.carbonCertificate.retire(id, staker, 4);
        vm.assertEq(
            keccak256(abi.encode(c.retirementReceipt.record(1).note)), keccak256(abi.encode(_noNote())), "empty note"
        );
        vm.assertEq(c.retirementReceipt.ownerOf(1), staker, "owner");
    }
}
