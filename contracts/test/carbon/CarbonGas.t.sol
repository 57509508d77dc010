// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CertificateId} from "../../src/carbon/CertificateId.sol";
import {RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "./CarbonBase.sol";

/// @title What retiring costs, as whole transactions
contract CarbonGasTest is CarbonBase {
    /// @dev The account has retired before; what it retires now is a part of what it holds, so nothing is refunded.
    function setUp() public override {
        super.setUp();
        for (uint32 i = 0; i < 20; ++i) {
            _mint(staker, _class(EnergySource.Solar, HOUR + i), 1_000);
        }
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_retire() public {
        vm.prank(staker);
        c.carbonCertificate.retire(_id(0), 10, _note());
        uint256 first = vm.snapshotGasLastCall("carbon", "retire, first of all");
        vm.assertLe(first, 190_000, "ceiling");

        vm.warp(START + 1);
        vm.prank(staker);
        c.carbonCertificate.retire(_id(0), 10, _note());
        vm.assertLe(vm.snapshotGasLastCall("carbon", "retire, again"), 190_000, "ceiling");

        vm.warp(START + 2);
        RetirementNote memory note = _note();
        note.beneficiary = stranger;
        vm.prank(staker);
        c.carbonCertificate.retire(_id(1), 10, note);
        uint256 one = vm.snapshotGasLastCall("carbon", "retire for a new beneficiary");
        vm.assertLe(one, 190_000, "ceiling");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_retireBatch() public {
        vm.prank(staker);
        c.carbonCertificate.retire(_id(0), 10, _note());
        vm.warp(START + 1);
        uint256 one = _retireBatch(1, "retire a batch of 1");
        vm.warp(START + 2);
        uint256 ten = _retireBatch(10, "retire a batch of 10");
        vm.assertLe(one, 190_000, "one");
        vm.assertLe(ten, one + 9 * 45_000, "each further id");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_retireWithLongTexts() public {
        RetirementNote memory note = _note();
        note.beneficiary = stranger;
        note.beneficiaryName = string(new bytes(64));
        note.reason = string(new bytes(160));
        (note.periodStart, note.periodEnd) = (uint40(START), uint40(START + 1 days));
        vm.prank(staker);
        c.carbonCertificate.retire(_id(0), 10, note);
        vm.snapshotGasLastCall("carbon", "retire with the longest texts");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_moveAndVoid() public {
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, stranger, _id(0), 10, "");
        vm.snapshotGasLastCall("carbon", "transfer to a new holder");
        _mint(staker, 5);
        vm.snapshotGasLastCall("carbon", "mint more of an id");
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, stranger, _id(0), 10, "", "");
        vm.snapshotGasLastCall("carbon", "transfer and claim");
        _void(_id(0));
        vm.snapshotGasLastCall("carbon", "void an hour");
    }

    function _retireBatch(uint256 count, string memory name) private returns (uint256) {
        uint256[] memory ids = new uint256[](count);
        uint256[] memory amounts = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            (ids[i], amounts[i]) = (_id(uint32(10 + i)), 10);
        }
        vm.prank(staker);
        c.carbonCertificate.retireBatch(staker, ids, amounts, _note());
        return vm.snapshotGasLastCall("carbon", name);
    }

    function _id(uint32 hour) private pure returns (uint256) {
        return CertificateId.pack(_class(EnergySource.Solar, HOUR + hour));
    }
}
