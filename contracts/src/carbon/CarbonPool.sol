// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {EntryPause} from "../governance/EntryPause.sol";
import {ITerms} from "../governance/ITerms.sol";
import {MeasurementTier} from "../compute/IComputeMarket.sol";
import {IFaultCourt} from "../verify/IFaultCourt.sol";
import {CertificateId} from "./CertificateId.sol";
import {CertificateLine} from "./CertificateLine.sol";
import {CertificateClass, ICarbonCertificate, RetirementNote} from "./ICarbonCertificate.sol";
import {ICarbonPool, PoolFilter} from "./ICarbonPool.sol";

/// @title CarbonPool
contract CarbonPool is ICarbonPool, ERC20, ERC20Permit, EntryPause, ReentrancyGuardTransient, IERC1155Receiver {
    using CertificateLine for CertificateLine.Line;

    /// @notice What a pool is tied to for good.
    struct Links {
        ICarbonCertificate certificate;
        IFaultCourt court;
        ITerms terms;
        address guardian;
        address timelock;
    }

    uint256 private constant UNITS_PER_WH = 1e18;

    ICarbonCertificate public immutable certificate;
    IFaultCourt public immutable court;
    ITerms public immutable terms;
    MeasurementTier private immutable _minimumTier;
    uint32 private immutable _minimumHour;

    /// @inheritdoc ICarbonPool
    uint256 public feeUnits;

    CertificateLine.Line private _line;

    constructor(string memory name, string memory symbol, Links memory links, PoolFilter memory filter_)
        ERC20(name, symbol)
        ERC20Permit(name)
        EntryPause(links.guardian, links.timelock)
    {
        certificate = links.certificate;
        court = links.court;
        terms = links.terms;
        _minimumTier = filter_.minimumTier;
        _minimumHour = filter_.minimumHour;
    }

    /// @inheritdoc ICarbonPool
    function deposit(uint256[] calldata ids, uint256[] calldata wattHours)
        external
        whileOpen
        nonReentrant
        returns (uint256 units)
    {
        _requirePaired(ids, wattHours);
        for (uint256 i = 0; i < ids.length; ++i) {
            if (wattHours[i] == 0) revert ZeroAmount();
            requireEligible(ids[i]);
            _line.add(ids[i], wattHours[i]);
            units += wattHours[i] * UNITS_PER_WH;
            emit Deposited(msg.sender, ids[i], wattHours[i]);
        }
        _mint(msg.sender, units);
        certificate.safeBatchTransferFrom(msg.sender, address(this), ids, wattHours, "");
    }

    /// @inheritdoc ICarbonPool
    function redeem(uint256[] calldata ids, uint256[] calldata wattHours, uint256 maximumUnits)
        external
        nonReentrant
        returns (uint256 units)
    {
        _requirePaired(ids, wattHours);
        // 1e18 units divide by 10,000, so the fee is exact.
        uint256 feePerWh = UNITS_PER_WH / 10_000 * terms.shares().redeemBps;
        uint256 fees = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            if (wattHours[i] == 0) revert ZeroAmount();
            uint256 held = _line.wattHoursOf(ids[i]);
            if (wattHours[i] > held) revert NotInThePool(ids[i], held, wattHours[i]);
            _line.remove(ids[i], wattHours[i]);
            uint256 fee = wattHours[i] * feePerWh;
            units += wattHours[i] * UNITS_PER_WH + fee;
            fees += fee;
            emit Redeemed(msg.sender, ids[i], wattHours[i], fee);
        }
        if (units > maximumUnits) revert TooManyUnits(units, maximumUnits);
        feeUnits += fees;
        _burn(msg.sender, units);
        certificate.safeBatchTransferFrom(address(this), msg.sender, ids, wattHours, "");
    }

    /// @inheritdoc ICarbonPool
    function redeemOldest(uint256 wattHours, uint256 entries, uint256 minimumWh)
        external
        nonReentrant
        returns (uint256[] memory ids, uint256[] memory amounts)
    {
        uint256 taken;
        (ids, amounts, taken) = _line.takeOldest(wattHours, entries);
        if (taken < minimumWh) revert TooFewWattHours(taken, minimumWh);
        for (uint256 i = 0; i < ids.length; ++i) {
            emit Redeemed(msg.sender, ids[i], amounts[i], 0);
        }
        if (taken == 0) return (ids, amounts);
        _burn(msg.sender, taken * UNITS_PER_WH);
        certificate.safeBatchTransferFrom(address(this), msg.sender, ids, amounts, "");
    }

    /// @inheritdoc ICarbonPool
    function retireFees(uint256 entries) external nonReentrant returns (uint256 receiptId) {
        (uint256[] memory ids, uint256[] memory amounts, uint256 taken) =
            _line.takeOldest(feeUnits / UNITS_PER_WH, entries);
        if (taken == 0) revert ZeroAmount();
        feeUnits -= taken * UNITS_PER_WH;
        RetirementNote memory note;
        note.reason = "redemption fees";
        receiptId = certificate.retireBatch(address(this), ids, amounts, note);
        emit FeesRetired(receiptId, taken);
    }

    /// @dev Refuses everything but what `deposit` itself pulls in.
    function onERC1155BatchReceived(address caller, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        view
        returns (bytes4)
    {
        if (msg.sender != address(certificate) || caller != address(this)) revert DepositsOnly();
        return IERC1155Receiver.onERC1155BatchReceived.selector;
    }

    /// @dev `deposit` pulls batches, so a single transfer is never one.
    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        revert DepositsOnly();
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC1155Receiver).interfaceId || interfaceId == type(IERC165).interfaceId;
    }

    /// @inheritdoc ICarbonPool
    function wattHoursOf(uint256 id) external view returns (uint256) {
        return _line.wattHoursOf(id);
    }

    /// @inheritdoc ICarbonPool
    function totalWattHours() external view returns (uint256) {
        return (totalSupply() + feeUnits) / UNITS_PER_WH;
    }

    /// @inheritdoc ICarbonPool
    function filter() external view returns (PoolFilter memory) {
        return PoolFilter(_minimumTier, _minimumHour);
    }

    /// @inheritdoc ICarbonPool
    function requireEligible(uint256 id) public view {
        CertificateClass memory class = CertificateId.unpack(id);
        if (!CertificateId.isGreen(id)) revert SourceNotGreen(id, class.source);
        if (class.tier < _minimumTier) revert TierTooLow(id, class.tier);
        if (class.hour < _minimumHour) revert HourTooEarly(id, class.hour);
        if (!court.isFinal(class.nodeId, class.hour)) revert HourNotFinal(id, class.nodeId, class.hour);
    }

    function _requirePaired(uint256[] calldata ids, uint256[] calldata wattHours) private pure {
        if (ids.length != wattHours.length) revert LengthMismatch(ids.length, wattHours.length);
        if (ids.length == 0) revert ZeroAmount();
    }
}
