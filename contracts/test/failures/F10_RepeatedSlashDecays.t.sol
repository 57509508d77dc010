// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {FaultProof, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {VerifyBase} from "../verify/VerifyBase.sol";

/// @title F10: slashing a share of what is left costs less with every fault, and one id for several faults lets all but
/// the first go free (Horizon, OpenZeppelin 2024 M-02 and 2025 H-02, and the issue found after its audits)
contract F10RepeatedSlashDecays is VerifyBase {
    /// @dev Ten faults of a tenth leave a third of the stake.
    function test_attack_shareOfTheRemainder_leavesAThird() public {
        RemainderCourt court = new RemainderCourt(STAKE);
        for (uint256 i = 0; i < 10; ++i) {
            court.slash(bytes32(i), 1_000);
        }
        vm.assertGt(court.stake(), STAKE / 3, "ten tenths are not all");
    }

    /// @dev The id names the evidence and not the fault: the second batch built on it is free.
    function test_attack_oneIdForSeveralFaults_letsTheSecondGo() public {
        RemainderCourt court = new RemainderCourt(STAKE);
        court.slash("the same wrong row", 1_000);
        uint256 left = court.stake();
        court.slash("the same wrong row", 1_000);
        vm.assertEq(court.stake(), left, "the second fault cost nothing");
    }

    /// @dev Each of ten batches costs a tenth of what stood behind it: together all of it.
    function test_defence_tenFaultsOfATenthTakeEverything() public {
        FaultProof[] memory proofs = new FaultProof[](10);
        for (uint256 i = 0; i < 10; ++i) {
            (, proofs[i]) = _wrongCell(i);
        }
        for (uint256 i = 0; i < 10; ++i) {
            uint256 faultId = _prove(proofs[i]);
            c.microcellCourt.punish(faultId);
            vm.assertEq(c.stakeVault.stakeBehind(nodeId), STAKE * (9 - i) / 10, "a tenth of the snapshot each time");
        }
    }

    /// @dev The same cell in two batches is two faults, with two ids; one batch is one fault, however often accused.
    function test_defence_everyBatchIsAFaultOfItsOwn() public {
        (, FaultProof memory first) = _wrongCell(1);
        FaultProof memory again = abi.decode(abi.encode(first), (FaultProof));
        bytes32[] memory longer = new bytes32[](3);
        (longer[0], longer[1], longer[2]) = (first.cellSiblings[0], first.cellSiblings[1], keccak256("more"));
        again.cellSiblings = longer;
        again.batchId =
            _commit(keccak256(bytes.concat(hex"01", c.computeMarket.batch(first.batchId).cellsRoot, longer[2])), 5);
        uint256 one = _prove(first);
        uint256 other = _prove(again);
        vm.assertTrue(one != other, "two ids");
        c.microcellCourt.punish(one);
        c.microcellCourt.punish(other);
        vm.assertEq(c.stakeVault.stakeBehind(nodeId), STAKE * 8 / 10, "both cost a tenth");
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotProved.selector, one));
        c.microcellCourt.punish(one);
    }
}

/// @dev Slashes a share of what is left, once for each id.
contract RemainderCourt {
    uint256 public stake;
    mapping(bytes32 evidence => bool) private used;

    constructor(uint256 stake_) {
        stake = stake_;
    }

    function slash(bytes32 evidence, uint256 bps) external {
        if (used[evidence]) return;
        used[evidence] = true;
        stake -= stake * bps / 10_000;
    }
}
