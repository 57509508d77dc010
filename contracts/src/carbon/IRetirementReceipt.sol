// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {RetirementNote} from "./ICarbonCertificate.sol";
import {IERC5192} from "./IERC5192.sol";
import {RetirementRecord} from "./RetirementRecord.sol";

/// @notice One call that retired Wh.
/// @param firstRetirementId number of its first `Retired` event; the others follow.
/// @param account whose Wh were retired.
/// @param greenWh the part from green sources (see CertificateId).
/// @param milligrams footprint of all of it, in mgCO2e.
/// @param wattHours Wh of each id.
struct Retirement {
    uint256 receiptId;
    uint256 firstRetirementId;
    address account;
    uint256 greenWh;
    uint256 milligrams;
    uint256[] ids;
    uint256[] wattHours;
    RetirementNote note;
}

/// @title What was retired, for whom and why
/// @notice ERC-721, bound to its owner for ever (ERC-5192): the note's beneficiary, or the account that retired. The
/// document and the picture are made on chain. Nothing on a receipt ever changes, but that Wh whose hour is voided
/// later are shown as void (ERC-4906).
interface IRetirementReceipt is IERC721Metadata, IERC4906, IERC5192 {
    /// @param retirements how many ids it lists.
    event ReceiptIssued(
        uint256 indexed receiptId,
        address indexed account,
        address indexed owner,
        uint256 firstRetirementId,
        uint256 retirements,
        uint256 wattHours,
        uint256 milligrams,
        bytes32 beneficiaryCommitment,
        uint40 periodStart,
        uint40 periodEnd
    );

    error NotAuthorised(address caller);
    error Soulbound();
    error NotYetPast(uint48 timepoint, uint256 present);

    /// @notice Issues the receipt of a retirement; only the certificate contract.
    function issue(Retirement calldata retirement) external;

    /// @notice Says that documents of receipts up to `lastReceiptId` may have changed; only the certificate contract.
    function refresh(uint256 lastReceiptId) external;

    /// @notice What the receipt's document is made from. Reverts with ERC721NonexistentToken for an unknown receipt.
    function record(uint256 receiptId) external view returns (RetirementRecord memory);

    /// @notice Green Wh (solar, wind, hydro, geothermal) that `account` ever retired until `timepoint`, inclusive. Each
    /// Wh counts once, for the account it was retired from and for nobody else; Wh voided later still count.
    /// @param timepoint Unix seconds, in the past.
    function pastRetiredGreenWh(address account, uint48 timepoint) external view returns (uint256 wattHours);
}
