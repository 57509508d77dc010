// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {CertificateId} from "../../src/carbon/CertificateId.sol";
import {CertificateClass} from "../../src/carbon/ICarbonCertificate.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "../carbon/CarbonBase.sol";

/// @dev Credits of a registry brought on chain: a verifier approves a serial, and can take that back.
contract UnsettableSerials {
    address public immutable verifier;
    mapping(bytes32 serial => bool) public approved;
    mapping(address account => uint256) public balanceOf;
    mapping(address account => uint256) public retiredOf;

    constructor(address verifier_) {
        verifier = verifier_;
    }

    function approve(bytes32 serial, uint256 amount) external {
        require(msg.sender == verifier && !approved[serial], "approved before");
        approved[serial] = true;
        balanceOf[verifier] += amount;
    }

    function unapprove(bytes32 serial) external {
        require(msg.sender == verifier, "verifier");
        approved[serial] = false;
    }

    function retire(uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        retiredOf[msg.sender] += amount;
    }
}

/// @title F18: one attestation is retired more than once
contract F18RetirementDoubleCountTest is CarbonBase {
    function test_attack_aSerialUnsetIsRetiredTwice() public {
        UnsettableSerials credits = new UnsettableSerials(verifier);
        vm.startPrank(verifier);
        for (uint256 i = 0; i < 2; ++i) {
            credits.approve("VCS-1", 100);
            credits.retire(100);
            credits.unapprove("VCS-1");
        }
        vm.stopPrank();
        vm.assertEq(credits.retiredOf(verifier), 200, "100 t, counted twice");
    }

    /// @dev The same through every door: settle again, commit again, retire again, retire in one batch twice.
    function test_defence_aBatchsWhAreMintedAndRetiredOnce() public {
        uint48 nodeId = _activeNode(10_000 ether, 0);
        uint256 jobId = _postJob(10, 1 ether);
        uint32 hour = _hour();
        uint256 batchId = _commit(jobId, "root", 1_000, hour);
        vm.expectPartialRevert(IComputeMarket.DuplicateBatch.selector);
        _commit(jobId, "root", 1, hour);
        // A node of 1,500 W has used at most 1,500 Wh in an hour.
        vm.expectPartialRevert(IComputeMarket.EnergyOverNameplate.selector);
        _commit(jobId, "other", 501, hour);
        vm.warp(START + 2 days);
        c.computeMarket.settle(batchId);
        vm.expectPartialRevert(IComputeMarket.WrongBatchStatus.selector);
        c.computeMarket.settle(batchId);

        uint256 id =
            CertificateId.pack(CertificateClass(250, EnergySource.Solar, hour, MeasurementTier.Measured, 1, nodeId));
        vm.startPrank(operator);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, operator, 0, 1_000, id));
        c.carbonCertificate.retireBatch(operator, _list(id, id), _list(1_000, 1_000), _note());
        c.carbonCertificate.retire(id, 1_000, _note());
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, operator, 0, 1, id));
        c.carbonCertificate.retire(id, 1, _note());
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, operator, 0, 1, id));
        c.carbonCertificate.safeTransferFrom(operator, stranger, id, 1, "");
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.totalMinted(id), 1_000, "minted once");
        vm.assertEq(c.carbonCertificate.totalRetired(id), 1_000, "retired once");
        vm.warp(START + 3 days);
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(operator, uint48(START + 2 days)), 1_000, "counted once");
    }

    function _commit(uint256 jobId, bytes32 root, uint32 energyWh, uint32 hour) private returns (uint256 batchId) {
        vm.prank(operator);
        return c.computeMarket.commitBatch(jobId, root, 1, energyWh, hour, MeasurementTier.Measured);
    }
}
