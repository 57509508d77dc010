// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {MeasurementTier} from "../compute/IComputeMarket.sol";

/// @notice What a certificate id says. Packed, from the most significant bit:
/// zone 16 · source 8 · hour 32 · tier 4 · factor version 16 · node 48, in the low 124 bits.
struct CertificateClass {
    uint16 zone;
    EnergySource source;
    uint32 hour;
    MeasurementTier tier;
    uint16 factorVersion;
    uint48 nodeId;
}

/// @notice What a retirement is for. Everything here is public for ever: no personal data. Who must stay private gives
/// a commitment instead of a name.
/// @param beneficiary owner of the receipt; zero for the account that retires.
/// @param beneficiaryName free text, at most 64 bytes.
/// @param beneficiaryCommitment hash that its author can open to whom it may concern, for example of a salted name;
/// zero for none. A note has a name or a commitment, not both.
/// @param reason free text, at most 160 bytes.
/// @param periodStart,periodEnd Unix seconds of the period the retirement is for; both zero for none.
struct RetirementNote {
    address beneficiary;
    string beneficiaryName;
    bytes32 beneficiaryCommitment;
    string reason;
    uint40 periodStart;
    uint40 periodEnd;
}

/// @title Records of electricity used for compute, in Wh
/// @notice ERC-1155: one id per node, hour, source, tier and factor set; the amount is in Wh. A record carries a
/// footprint and nothing else is claimed for it. Retiring is for good: the Wh leave circulation, stay written to the
/// account, and a receipt is issued (see IRetirementReceipt).
interface ICarbonCertificate is IERC1155 {
    event CertificateMinted(
        uint256 indexed id,
        uint48 indexed nodeId,
        uint256 indexed batchId,
        address to,
        EnergySource source,
        uint256 wattHours
    );
    /// @notice One per id retired, numbered from 1. A call that retires several ids numbers them in a row.
    /// @param account whose Wh were retired.
    /// @param beneficiary as in the note.
    /// @param milligrams footprint of the retired Wh in mgCO2e: Wh × gCO2e/kWh, exact.
    event Retired(
        uint256 indexed retirementId,
        uint256 indexed id,
        address indexed account,
        address beneficiary,
        string beneficiaryName,
        string reason,
        uint256 wattHours,
        uint256 milligrams
    );
    event HourVoided(uint48 indexed nodeId, uint32 indexed hour);

    error NotAuthorised(address caller);
    error ZeroAmount();
    error InvalidRetirementCount(uint256 count, uint256 limit);
    error TextTooLong(uint256 length, uint256 limit);
    error NameAndCommitment();
    error InvalidPeriod(uint40 start, uint40 end);
    error HourIsVoid(uint48 nodeId, uint32 hour);

    /// @notice Mints `wattHours` of the class of this batch to `to`; only the compute market. Wh of a void hour are
    /// minted too, and are void: a settlement must not fail over them.
    function mint(address to, CertificateClass calldata class, uint256 batchId, uint256 wattHours)
        external
        returns (uint256 id);

    /// @notice Retires `wattHours` of the caller's `id`.
    function retire(uint256 id, uint256 wattHours, RetirementNote calldata note) external returns (uint256 receiptId);

    /// @notice Retires `wattHours` of `account`'s `id`; the account or its ERC-1155 operator.
    function retireFrom(address account, uint256 id, uint256 wattHours, RetirementNote calldata note)
        external
        returns (uint256 receiptId);

    /// @notice Retires 1 to 256 ids with one note and one receipt; the account or its ERC-1155 operator.
    function retireBatch(
        address account,
        uint256[] calldata ids,
        uint256[] calldata wattHours,
        RetirementNote calldata note
    ) external returns (uint256 receiptId);

    /// @notice Voids a node's hour for good; only the fault court. Its Wh can then neither move nor be retired. What
    /// was retired before stays retired, and its receipt shows it. Voiding again changes nothing.
    function voidHour(uint48 nodeId, uint32 hour) external;

    /// @notice Whether the hour of this id is void.
    function isVoid(uint256 id) external view returns (bool);

    function isHourVoid(uint48 nodeId, uint32 hour) external view returns (bool);

    function totalMinted(uint256 id) external view returns (uint256 wattHours);

    function totalRetired(uint256 id) external view returns (uint256 wattHours);

    /// @notice `Retired` events so far.
    function retirementCount() external view returns (uint256);

    /// @notice Receipts so far; their ids run from 1.
    function receiptCount() external view returns (uint256);

    function idOf(CertificateClass calldata class) external pure returns (uint256 id);

    function classOf(uint256 id) external pure returns (CertificateClass memory class);

    /// @notice Footprint of `wattHours` of `id` in mgCO2e.
    function footprint(uint256 id, uint256 wattHours) external view returns (uint256 milligrams);
}
