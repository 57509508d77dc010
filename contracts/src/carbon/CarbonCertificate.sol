// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {CertificateDocument} from "./CertificateDocument.sol";
import {CertificateId} from "./CertificateId.sol";
import {CertificateLedger} from "./CertificateLedger.sol";
import {CertificateClass, ICarbonCertificate, RetirementNote} from "./ICarbonCertificate.sol";
import {IEmissionFactors} from "./IEmissionFactors.sol";
import {IERC1888Claim} from "./IERC1888.sol";
import {IERC8393Retirement} from "./IERC8393.sol";
import {IRetirementReceipt, Retirement} from "./IRetirementReceipt.sol";
import {RetirementRecords} from "./RetirementRecord.sol";

/// @title CarbonCertificate
contract CarbonCertificate is CertificateLedger, IERC1888Claim {
    using CertificateId for uint256;

    /// @notice ERC-1888 leaves topics to the issuer; here the one kind there is: Wh of electricity used for compute.
    uint256 public constant TOPIC = 1;
    /// @notice Most ids of one retirement.
    uint256 public constant RETIREMENT_LIMIT = 256;

    address public immutable market;
    address public immutable faultCourt;
    IEmissionFactors public immutable factors;
    IRetirementReceipt public immutable receipt;

    uint128 private _retirementCount;
    uint128 private _receiptCount;

    constructor(address market_, address faultCourt_, IEmissionFactors factors_, IRetirementReceipt receipt_)
        ERC1155("")
    {
        market = market_;
        faultCourt = faultCourt_;
        factors = factors_;
        receipt = receipt_;
    }

    /// @inheritdoc ICarbonCertificate
    function mint(address to, CertificateClass calldata class, uint256 batchId, uint256 wattHours)
        external
        returns (uint256 id)
    {
        if (msg.sender != market) revert NotAuthorised(msg.sender);
        if (wattHours == 0) revert ZeroAmount();
        id = CertificateId.pack(class);
        emit CertificateMinted(id, class.nodeId, batchId, to, class.source, wattHours);
        // Last: the receiver's callback must see finished books.
        _mint(to, id, wattHours, "");
    }

    /// @inheritdoc ICarbonCertificate
    function voidHour(uint48 nodeId, uint32 hour) external {
        if (msg.sender != faultCourt) revert NotAuthorised(msg.sender);
        if (!_voidHour(nodeId, hour)) return;
        emit HourVoided(nodeId, hour);
        if (_receiptCount > 0) receipt.refresh(_receiptCount);
    }

    /// @inheritdoc ICarbonCertificate
    function retire(uint256 id, uint256 wattHours, RetirementNote calldata note) external returns (uint256 receiptId) {
        return _retire(msg.sender, id, wattHours, note);
    }

    /// @inheritdoc ICarbonCertificate
    function retireFrom(address account, uint256 id, uint256 wattHours, RetirementNote calldata note)
        external
        returns (uint256 receiptId)
    {
        _checkAuthorized(msg.sender, account);
        return _retire(account, id, wattHours, note);
    }

    /// @inheritdoc ICarbonCertificate
    function retireBatch(
        address account,
        uint256[] calldata ids,
        uint256[] calldata wattHours,
        RetirementNote calldata note
    ) external returns (uint256 receiptId) {
        _checkAuthorized(msg.sender, account);
        return _retire(account, ids, wattHours, note);
    }

    /// @inheritdoc IERC8393Retirement
    function retire(uint256 id, address account, uint256 wattHours) external {
        _checkAuthorized(msg.sender, account);
        RetirementNote memory note;
        _retire(account, id, wattHours, note);
    }

    /// @inheritdoc IERC1888Claim
    function safeTransferAndClaimFrom(
        address from,
        address to,
        uint256 id,
        uint256 value,
        bytes calldata data,
        bytes calldata claimData
    ) external {
        _checkAuthorized(msg.sender, from);
        if (from != to) _safeTransferFrom(from, to, id, value, data);
        _retire(to, id, value, _noteOf(claimData));
        emit ClaimSingle(from, to, TOPIC, id, value, claimData);
    }

    /// @inheritdoc IERC1888Claim
    function safeBatchTransferAndClaimFrom(
        address from,
        address to,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata data,
        bytes[] calldata claimData
    ) external {
        _checkAuthorized(msg.sender, from);
        if (claimData.length != ids.length) revert ERC1155InvalidArrayLength(ids.length, claimData.length);
        if (values.length != ids.length) revert ERC1155InvalidArrayLength(ids.length, values.length);
        if (from != to) _safeBatchTransferFrom(from, to, ids, values, data);
        uint256[] memory topics = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            topics[i] = TOPIC;
            _retire(to, ids[i], values[i], _noteOf(claimData[i]));
        }
        emit ClaimBatch(from, to, topics, ids, values, claimData);
    }

    /// @inheritdoc IERC1888Claim
    function claimedBalanceOf(address owner, uint256 id) external view returns (uint256) {
        return retiredBalanceOf(owner, id);
    }

    /// @inheritdoc IERC1888Claim
    function claimedBalanceOfBatch(address[] calldata owners, uint256[] calldata ids)
        external
        view
        returns (uint256[] memory balances)
    {
        if (owners.length != ids.length) revert ERC1155InvalidArrayLength(ids.length, owners.length);
        balances = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            balances[i] = retiredBalanceOf(owners[i], ids[i]);
        }
    }

    /// @inheritdoc IERC1888Claim
    function getCertificate(uint256 id) external view returns (address, uint256, bytes memory, bytes memory) {
        return (address(this), TOPIC, abi.encodeCall(this.isValid, (id)), abi.encode(CertificateId.unpack(id)));
    }

    /// @notice Whether `id` was minted and its hour is not void: the validity call of ERC-1888.
    function isValid(uint256 id) external view returns (bool) {
        return totalMinted(id) > 0 && !isVoid(id);
    }

    /// @inheritdoc ICarbonCertificate
    function retirementCount() external view returns (uint256) {
        return _retirementCount;
    }

    /// @inheritdoc ICarbonCertificate
    function receiptCount() external view returns (uint256) {
        return _receiptCount;
    }

    /// @inheritdoc ICarbonCertificate
    function idOf(CertificateClass calldata class) external pure returns (uint256 id) {
        return CertificateId.pack(class);
    }

    /// @inheritdoc ICarbonCertificate
    function classOf(uint256 id) external pure returns (CertificateClass memory class) {
        return CertificateId.unpack(id);
    }

    /// @inheritdoc ICarbonCertificate
    function footprint(uint256 id, uint256 wattHours) public view returns (uint256 milligrams) {
        return wattHours * factors.gramsPerKwh(id.factorVersionOf(), id.sourceOf());
    }

    /// @notice The class's JSON document as a `data:` URI, made on chain. It never changes.
    function uri(uint256 id) public view override returns (string memory) {
        CertificateClass memory class = CertificateId.unpack(id);
        return CertificateDocument.uri(class, factors.gramsPerKwh(class.factorVersion, class.source));
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC1155, IERC165) returns (bool) {
        return interfaceId == type(ICarbonCertificate).interfaceId
            || interfaceId == type(IERC8393Retirement).interfaceId || interfaceId == type(IERC1888Claim).interfaceId
            || super.supportsInterface(interfaceId);
    }

    function _retire(address account, uint256 id, uint256 wattHours, RetirementNote memory note)
        private
        returns (uint256 receiptId)
    {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory amounts = new uint256[](1);
        (ids[0], amounts[0]) = (id, wattHours);
        return _retire(account, ids, amounts, note);
    }

    /// @dev Calls nothing but the factors and the receipts, which call nobody: no account can step in between.
    function _retire(address account, uint256[] memory ids, uint256[] memory wattHours, RetirementNote memory note)
        private
        returns (uint256 receiptId)
    {
        if (ids.length == 0 || ids.length > RETIREMENT_LIMIT) {
            revert InvalidRetirementCount(ids.length, RETIREMENT_LIMIT);
        }
        _requireValid(note);
        _update(account, address(0), ids, wattHours);
        receiptId = _receiptCount + 1;
        uint256 first = _retirementCount + 1;
        // Counts of calls and ids: 128 bits are never used up.
        // forge-lint: disable-next-line(unsafe-typecast)
        (_retirementCount, _receiptCount) = (uint128(first + ids.length - 1), uint128(receiptId));
        Retirement memory retirement = Retirement(receiptId, first, account, 0, 0, ids, wattHours, note);
        for (uint256 i = 0; i < ids.length; ++i) {
            _record(retirement, i);
        }
        receipt.issue(retirement);
    }

    function _record(Retirement memory retirement, uint256 index) private {
        (uint256 id, uint256 wattHours) = (retirement.ids[index], retirement.wattHours[index]);
        if (wattHours == 0) revert ZeroAmount();
        uint256 milligrams = footprint(id, wattHours);
        retirement.milligrams += milligrams;
        if (id.isGreen()) retirement.greenWh += wattHours;
        emit Retired(
            retirement.firstRetirementId + index,
            id,
            retirement.account,
            retirement.note.beneficiary,
            retirement.note.beneficiaryName,
            retirement.note.reason,
            wattHours,
            milligrams
        );
        emit CreditRetired(retirement.account, id, wattHours);
    }

    function _requireValid(RetirementNote memory note) private pure {
        uint256 length = bytes(note.beneficiaryName).length;
        if (length > RetirementRecords.NAME_LIMIT) revert TextTooLong(length, RetirementRecords.NAME_LIMIT);
        if (length > 0 && note.beneficiaryCommitment != 0) revert NameAndCommitment();
        length = bytes(note.reason).length;
        if (length > RetirementRecords.REASON_LIMIT) revert TextTooLong(length, RetirementRecords.REASON_LIMIT);
        if (note.periodStart > note.periodEnd) revert InvalidPeriod(note.periodStart, note.periodEnd);
    }

    function _noteOf(bytes calldata claimData) private pure returns (RetirementNote memory note) {
        if (claimData.length > 0) note = abi.decode(claimData, (RetirementNote));
    }
}
