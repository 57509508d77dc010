// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {IRetirementReceipt} from "../../src/carbon/IRetirementReceipt.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "../carbon/CarbonBase.sol";

/// @dev A retirement certificate as an ordinary token whose text its owner may edit.
contract EditableCertificates {
    mapping(uint256 id => address) public ownerOf;
    mapping(uint256 id => string) public retiringEntity;
    uint256 public count;

    function issue(string calldata entity) external returns (uint256 id) {
        id = ++count;
        ownerOf[id] = msg.sender;
        retiringEntity[id] = entity;
    }

    function transfer(address to, uint256 id) external {
        require(ownerOf[id] == msg.sender, "owner");
        ownerOf[id] = to;
    }

    function edit(uint256 id, string calldata entity) external {
        require(ownerOf[id] == msg.sender, "owner");
        retiringEntity[id] = entity;
    }
}

/// @title F24: a certificate is sold on and made to say that its buyer retired
contract F24MutableReceiptTest is CarbonBase {
    function test_attack_theBuyerOfACertificateBecomesTheRetiringEntity() public {
        EditableCertificates certificates = new EditableCertificates();
        vm.startPrank(staker);
        uint256 id = certificates.issue("A reader");
        certificates.transfer(stranger, id);
        vm.stopPrank();
        vm.prank(stranger);
        certificates.edit(id, "A stranger");
        vm.assertEq(certificates.ownerOf(id), stranger, "sold");
        vm.assertEq(certificates.retiringEntity(id), "A stranger", "and claimed");
    }

    function test_defence_aReceiptNeitherMovesNorChanges() public {
        uint256 id = _mint(staker, 10);
        vm.startPrank(staker);
        c.carbonCertificate.retire(id, 4, _note());
        string memory before = c.retirementReceipt.tokenURI(1);
        bytes memory refusal = abi.encodeWithSelector(IRetirementReceipt.Soulbound.selector);
        vm.expectRevert(refusal);
        c.retirementReceipt.transferFrom(staker, stranger, 1);
        vm.expectRevert(refusal);
        c.retirementReceipt.safeTransferFrom(staker, stranger, 1);
        vm.expectRevert(refusal);
        c.retirementReceipt.approve(stranger, 1);
        vm.expectRevert(refusal);
        c.retirementReceipt.setApprovalForAll(stranger, true);
        // A later retirement in another name leaves the first as it was.
        RetirementNote memory note = _note();
        note.beneficiary = stranger;
        note.beneficiaryName = "A stranger";
        c.carbonCertificate.retire(id, 4, note);
        vm.stopPrank();
        vm.assertEq(c.retirementReceipt.ownerOf(1), staker, "owner");
        vm.assertEq(c.retirementReceipt.tokenURI(1), before, "document");
    }
}
