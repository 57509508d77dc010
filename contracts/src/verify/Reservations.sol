// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Fault, FaultKind, FaultStage, IMicrocellCourt} from "./IMicrocellCourt.sol";

/// @title Reserved proofs, and the faults they become
/// @dev A fault overwrites its reservation: one slot, which is not new when the proof comes.
abstract contract Reservations is IMicrocellCourt {
    mapping(uint256 faultId => Fault) internal _faults;

    /// @inheritdoc IMicrocellCourt
    function reserve(bytes32 commitment) external {
        Fault storage entry = _faults[uint256(commitment)];
        // A reservation that could be renewed could be made young again by a stranger, just before its proof.
        if (entry.stage != FaultStage.None) return;
        entry.since = SafeCast.toUint40(block.timestamp);
        entry.stage = FaultStage.Reserved;
        emit ProofReserved(commitment);
    }

    /// @inheritdoc IMicrocellCourt
    function fault(uint256 faultId) external view returns (Fault memory) {
        return _faults[faultId];
    }

    /// @dev Turns the caller's reservation of the running call into a fault. Blocks within one second exist, seconds
    /// within one block do not: a reservation from an earlier second is from an earlier block as well.
    function _redeem(FaultKind kind, uint256 batchId) internal returns (uint256 faultId) {
        bytes32 commitment = keccak256(abi.encode(msg.sender, keccak256(msg.data)));
        faultId = uint256(commitment);
        Fault memory entry = _faults[faultId];
        if (entry.stage != FaultStage.Reserved) revert NotReserved(commitment);
        if (entry.since >= block.timestamp) revert ReservationTooYoung(commitment);
        _record(faultId, kind, batchId, msg.sender);
    }

    function _record(uint256 faultId, FaultKind kind, uint256 batchId, address finder) internal {
        _faults[faultId] = Fault({
            finder: finder,
            since: SafeCast.toUint40(block.timestamp),
            batchId: SafeCast.toUint40(batchId),
            kind: kind,
            stage: FaultStage.Proved
        });
    }
}
