// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {CertificateClass, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

/// @title Certificates to work with
abstract contract CarbonBase is Base {
    /// @dev 2026-11-22 00:00 UTC.
    uint32 internal constant HOUR = 498_696;
    bytes4 internal constant MISSING_APPROVAL = bytes4(keccak256("ERC1155MissingApprovalForAll(address,address)"));
    bytes4 internal constant WRONG_LENGTH = bytes4(keccak256("ERC1155InvalidArrayLength(uint256,uint256)"));
    bytes4 internal constant TOO_LITTLE =
        bytes4(keccak256("ERC1155InsufficientBalance(address,uint256,uint256,uint256)"));

    function _class(EnergySource source, uint32 hour) internal pure returns (CertificateClass memory) {
        return CertificateClass(250, source, hour, MeasurementTier.Metered, 1, 7);
    }

    function _mint(address to, uint256 wattHours) internal returns (uint256 id) {
        return _mint(to, _class(EnergySource.Solar, HOUR), wattHours);
    }

    function _mint(address to, CertificateClass memory class, uint256 wattHours) internal returns (uint256 id) {
        vm.prank(address(c.computeMarket));
        return c.carbonCertificate.mint(to, class, 3, wattHours);
    }

    function _void(uint256 id) internal {
        CertificateClass memory class = c.carbonCertificate.classOf(id);
        vm.prank(c.carbonCertificate.faultCourt());
        c.carbonCertificate.voidHour(class.nodeId, class.hour);
    }

    function _note() internal pure returns (RetirementNote memory) {
        return RetirementNote(address(0), "A reader", 0, "reading", 0, 0);
    }

    function _noNote() internal pure returns (RetirementNote memory note) {}

    function _list(uint256 first, uint256 second) internal pure returns (uint256[] memory list) {
        list = new uint256[](2);
        (list[0], list[1]) = (first, second);
    }
}
