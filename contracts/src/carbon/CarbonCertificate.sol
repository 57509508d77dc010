// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {CertificateDocument} from "./CertificateDocument.sol";
import {CertificateId} from "./CertificateId.sol";
import {CertificateClass, ICarbonCertificate} from "./ICarbonCertificate.sol";
import {IEmissionFactors} from "./IEmissionFactors.sol";

/// @title CarbonCertificate
contract CarbonCertificate is ICarbonCertificate, ERC1155 {
    address public immutable market;
    IEmissionFactors public immutable factors;

    /// @notice Retirements so far; ids run from 1.
    uint256 public retirementCount;
    /// @inheritdoc ICarbonCertificate
    mapping(uint256 id => uint256) public totalMinted;
    /// @inheritdoc ICarbonCertificate
    mapping(uint256 id => uint256) public totalRetired;
    /// @inheritdoc ICarbonCertificate
    mapping(address account => mapping(uint256 id => uint256)) public retiredOf;

    constructor(address market_, IEmissionFactors factors_) ERC1155("") {
        market = market_;
        factors = factors_;
    }

    /// @inheritdoc ICarbonCertificate
    function mint(address to, CertificateClass calldata class, uint256 batchId, uint256 wattHours)
        external
        returns (uint256 id)
    {
        if (msg.sender != market) revert NotAuthorised(msg.sender);
        if (wattHours == 0) revert ZeroAmount();
        id = CertificateId.pack(class);
        totalMinted[id] += wattHours;
        emit CertificateMinted(id, class.nodeId, batchId, to, class.source, wattHours);
        // Last: the receiver's callback must see finished books.
        _mint(to, id, wattHours, "");
    }

    /// @inheritdoc ICarbonCertificate
    function retire(
        uint256 id,
        uint256 wattHours,
        address beneficiary,
        string calldata beneficiaryName,
        string calldata reason
    ) external returns (uint256 retirementId) {
        if (wattHours == 0) revert ZeroAmount();
        retiredOf[msg.sender][id] += wattHours;
        totalRetired[id] += wattHours;
        retirementId = ++retirementCount;
        _burn(msg.sender, id, wattHours);
        _record(retirementId, id, wattHours, beneficiary, beneficiaryName, reason);
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
        CertificateClass memory class = CertificateId.unpack(id);
        return wattHours * factors.gramsPerKwh(class.factorVersion, class.source);
    }

    /// @notice The class's JSON document as a `data:` URI, made on chain.
    function uri(uint256 id) public view override returns (string memory) {
        CertificateClass memory class = CertificateId.unpack(id);
        return CertificateDocument.uri(class, factors.gramsPerKwh(class.factorVersion, class.source));
    }

    /// @dev A function of its own because the strings take one stack slot in memory and two in calldata.
    function _record(
        uint256 retirementId,
        uint256 id,
        uint256 wattHours,
        address beneficiary,
        string memory name,
        string memory reason
    ) private {
        uint256 milligrams = footprint(id, wattHours);
        emit Retired(retirementId, id, msg.sender, beneficiary, name, reason, wattHours, milligrams);
    }
}
