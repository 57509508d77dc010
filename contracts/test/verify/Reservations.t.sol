// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Fault, FaultProof, FaultStage, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {VerifyBase} from "./VerifyBase.sol";

/// @title A proof in the mempool is of use to nobody but its finder
contract ReservationsTest is VerifyBase {
    address internal immutable thief = _actor("thief");

    function test_prove_aCopyWithoutAReservationOfItsOwnFails() public {
        (, FaultProof memory p) = _wrongCell(1);
        _reserve(verifier, _proveCall(p));
        _expectNotReserved(thief, p);
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
    }

    /// @dev The thief reserves the moment it sees the proof, in the block that would hold both.
    function test_prove_aCopyReservedInTheSameSecondFails() public {
        (, FaultProof memory p) = _wrongCell(1);
        _reserve(verifier, _proveCall(p));
        bytes32 own = _commitment(thief, _proveCall(p));
        vm.startPrank(thief);
        c.microcellCourt.reserve(own);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.ReservationTooYoung.selector, own));
        c.microcellCourt.prove(p, SALT);
        vm.stopPrank();
        vm.prank(verifier);
        uint256 faultId = c.microcellCourt.prove(p, SALT);
        vm.assertEq(c.microcellCourt.fault(faultId).finder, verifier, "the finder is who reserved first");
        _nextBlock();
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, p.batchId));
        vm.prank(thief);
        c.microcellCourt.prove(p, SALT);
    }

    /// @dev Several blocks may share a second: a later block is not enough.
    function test_prove_aReservationOfAnEarlierBlockOfTheSameSecondFails() public {
        (, FaultProof memory p) = _wrongCell(1);
        bytes32 commitment = _commitment(verifier, _proveCall(p));
        vm.startPrank(verifier);
        c.microcellCourt.reserve(commitment);
        vm.roll(block.number + 5);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.ReservationTooYoung.selector, commitment));
        c.microcellCourt.prove(p, SALT);
        vm.warp(block.timestamp + 1);
        c.microcellCourt.prove(p, SALT);
    }

    /// @dev Whatever was reserved blindly is not the hash of a proof that only turns up later.
    function testFuzz_prove_aBlindReservationIsWorthless(bytes32 blind) public {
        (, FaultProof memory p) = _wrongCell(1);
        vm.prank(thief);
        c.microcellCourt.reserve(blind);
        _nextBlock();
        _expectNotReserved(thief, p);
    }

    /// @dev The finder's own commitment, copied from the mempool, names the finder.
    function test_reserve_copiedByAThiefServesTheFinderOnly() public {
        (, FaultProof memory p) = _wrongCell(1);
        bytes32 commitment = _commitment(verifier, _proveCall(p));
        vm.prank(thief);
        c.microcellCourt.reserve(commitment);
        _nextBlock();
        _expectNotReserved(thief, p);
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
    }

    /// @dev Otherwise a stranger could make a reservation young just before its proof.
    function test_reserve_againKeepsTheFirstTime() public {
        (, FaultProof memory p) = _wrongCell(1);
        bytes32 commitment = _commitment(verifier, _proveCall(p));
        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.ProofReserved(commitment);
        _reserve(verifier, _proveCall(p));
        vm.prank(thief);
        c.microcellCourt.reserve(commitment);
        Fault memory entry = c.microcellCourt.fault(uint256(commitment));
        vm.assertEq(uint256(entry.since), block.timestamp - 1, "the first time");
        vm.assertEq(uint256(entry.stage), uint256(FaultStage.Reserved), "reserved");
        vm.prank(verifier);
        uint256 faultId = c.microcellCourt.prove(p, SALT);
        c.microcellCourt.reserve(commitment);
        vm.assertEq(uint256(c.microcellCourt.fault(faultId).stage), uint256(FaultStage.Proved), "not undone");
    }

    function test_prove_aReservationHoldsForOneCallAndOneSalt() public {
        (, FaultProof memory p) = _wrongCell(1);
        _reserve(verifier, _proveCall(p));
        bytes32 other = keccak256(
            abi.encode(verifier, keccak256(abi.encodeCall(IMicrocellCourt.prove, (p, bytes32("other salt")))))
        );
        vm.startPrank(verifier);
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotReserved.selector, other));
        c.microcellCourt.prove(p, "other salt");
        c.microcellCourt.prove(p, SALT);
        _nextBlock();
        bytes32 used = _commitment(verifier, _proveCall(p));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotReserved.selector, used));
        c.microcellCourt.prove(p, SALT);
    }

    function _expectNotReserved(address account, FaultProof memory p) private {
        bytes32 own = _commitment(account, _proveCall(p));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotReserved.selector, own));
        vm.prank(account);
        c.microcellCourt.prove(p, SALT);
    }
}
