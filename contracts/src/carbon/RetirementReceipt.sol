// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {GreenHistory} from "./GreenHistory.sol";
import {ICarbonCertificate} from "./ICarbonCertificate.sol";
import {IERC5192} from "./IERC5192.sol";
import {IRetirementDocument} from "./IRetirementDocument.sol";
import {IRetirementReceipt, Retirement} from "./IRetirementReceipt.sol";
import {ReceiptStore} from "./ReceiptStore.sol";
import {RetirementRecord, RetirementRecords} from "./RetirementRecord.sol";

/// @title RetirementReceipt
/// @dev A receipt is one record kept as code (see ReceiptStore); its owner is part of it. So there is no way to move
/// or to change one, and nothing to forbid but the calls that would try.
contract RetirementReceipt is IRetirementReceipt, IERC721Errors {
    using GreenHistory for GreenHistory.Account;

    string public constant name = "Gplusck retirement receipt";
    string public constant symbol = "GPUCK-RR";

    ICarbonCertificate public immutable certificate;
    IRetirementDocument public immutable document;

    mapping(address account => GreenHistory.Account) private _accounts;

    constructor(ICarbonCertificate certificate_, IRetirementDocument document_) {
        certificate = certificate_;
        document = document_;
    }

    /// @inheritdoc IRetirementReceipt
    function issue(Retirement calldata retirement) external {
        _requireCertificate();
        ReceiptStore.write(retirement.receiptId, RetirementRecords.encode(retirement));
        address owner = retirement.note.beneficiary == address(0) ? retirement.account : retirement.note.beneficiary;
        ++_accounts[owner].head.receipts;
        if (retirement.greenWh > 0) _accounts[retirement.account].add(retirement.greenWh);
        emit Transfer(address(0), owner, retirement.receiptId);
        emit Locked(retirement.receiptId);
        _announce(retirement, owner);
    }

    /// @inheritdoc IRetirementReceipt
    function refresh(uint256 lastReceiptId) external {
        _requireCertificate();
        emit BatchMetadataUpdate(1, lastReceiptId);
    }

    /// @inheritdoc IRetirementReceipt
    function pastRetiredGreenWh(address account, uint48 timepoint) external view returns (uint256) {
        if (timepoint >= block.timestamp) revert NotYetPast(timepoint, block.timestamp);
        return _accounts[account].at(timepoint);
    }

    /// @notice The receipt's JSON document as a `data:` URI, with its picture, made on chain.
    function tokenURI(uint256 receiptId) external view returns (string memory) {
        return document.uri(receiptId, _record(receiptId));
    }

    /// @inheritdoc IRetirementReceipt
    function record(uint256 receiptId) external view returns (RetirementRecord memory) {
        return _record(receiptId);
    }

    function ownerOf(uint256 receiptId) public view returns (address) {
        return _record(receiptId).ownerOf();
    }

    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(address(0));
        return _accounts[owner].head.receipts;
    }

    /// @inheritdoc IERC5192
    function locked(uint256 receiptId) external view returns (bool) {
        _record(receiptId);
        return true;
    }

    /// @notice Nobody: a receipt cannot be approved.
    function getApproved(uint256 receiptId) external view returns (address) {
        _record(receiptId);
        return address(0);
    }

    /// @notice Nobody: a receipt cannot be approved.
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    function approve(address, uint256) external pure {
        revert Soulbound();
    }

    function setApprovalForAll(address, bool) external pure {
        revert Soulbound();
    }

    function transferFrom(address, address, uint256) external pure {
        revert Soulbound();
    }

    function safeTransferFrom(address, address, uint256) external pure {
        revert Soulbound();
    }

    function safeTransferFrom(address, address, uint256, bytes calldata) external pure {
        revert Soulbound();
    }

    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        // ERC-4906 has events only, and an id of its own choosing.
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC721).interfaceId
            || interfaceId == type(IERC721Metadata).interfaceId || interfaceId == type(IERC5192).interfaceId
            || interfaceId == bytes4(0x49064906);
    }

    function _announce(Retirement calldata retirement, address owner) private {
        uint256 total = 0;
        for (uint256 i = 0; i < retirement.wattHours.length; ++i) {
            total += retirement.wattHours[i];
        }
        emit ReceiptIssued(
            retirement.receiptId,
            retirement.account,
            owner,
            retirement.firstRetirementId,
            retirement.ids.length,
            total,
            retirement.milligrams,
            retirement.note.beneficiaryCommitment,
            retirement.note.periodStart,
            retirement.note.periodEnd
        );
    }

    function _record(uint256 receiptId) private view returns (RetirementRecord memory) {
        bytes memory data = ReceiptStore.read(receiptId);
        if (data.length == 0) revert ERC721NonexistentToken(receiptId);
        return RetirementRecords.decode(data);
    }

    function _requireCertificate() private view {
        if (msg.sender != address(certificate)) revert NotAuthorised(msg.sender);
    }
}
