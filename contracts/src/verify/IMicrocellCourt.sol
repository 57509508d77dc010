// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CellCommitment, CellDefect} from "./CellCommitment.sol";

/// @notice Bytes of leaves and the siblings from each leaf up to the root.
struct Opening {
    bytes data;
    bytes32[] siblings;
}

/// @notice Evidence that one element of one committed product is wrong.
/// @param position index of the cell in its batch's tree. @param cellSiblings its path.
/// @param row row of A and C. @param column row of Bt and column of C.
/// @param a the whole row `row` of A. Where K > 4,096 the row has several leaves: their paths follow each other.
/// @param b likewise row `column` of Bt. @param c the leaf of C that holds the element.
struct FaultProof {
    uint256 batchId;
    uint32 position;
    uint32 row;
    uint32 column;
    CellCommitment cell;
    bytes32[] cellSiblings;
    Opening a;
    Opening b;
    Opening c;
}

/// @notice Something an operator said about one cell, in one of two ways.
/// @param batchId a batch that holds the cell at `position`, opened by `siblings`; or 0 for a statement that the
/// operator signed: EIP-712 type `CellStatement(uint256 jobId,uint32 cellIndex,uint8 op,uint32 m,uint32 n,uint32 k,
/// bytes32 rootA,bytes32 rootB,bytes32 rootC,uint64 deadline)`, domain "Gplusck", "1", chain id, this court.
/// @param deadline last second at which the operator answers for what it signed. @param signature ECDSA or ERC-1271.
struct CellStatement {
    CellCommitment cell;
    uint256 batchId;
    uint32 position;
    bytes32[] siblings;
    uint64 deadline;
    bytes signature;
}

/// @notice Append only.
enum FaultKind {
    WrongElement,
    MalformedCell,
    DataWithheld,
    Equivocation
}

enum FaultStage {
    None,
    Reserved,
    Proved,
    Punished
}

/// @notice What the court keeps of a fault, in one slot from the reservation on.
/// @param finder who proved it and gets the finder's share. @param since when the present stage began.
/// @param batchId the batch it voids; 0 for an equivocation between two signatures.
struct Fault {
    address finder;
    uint40 since;
    uint40 batchId;
    FaultKind kind;
    FaultStage stage;
}

/// @notice What an equivocation needs besides. @param otherBatchId a second batch it voids, or 0.
/// @param stakeWei what its slash is measured on.
struct Equivocator {
    uint48 nodeId;
    uint40 otherBatchId;
    uint96 stakeWei;
}

/// @title Judges compute faults by evidence alone
/// @notice Three steps, so that nobody can steal a proof out of the mempool: `reserve` a hash of the finder's address
/// and the whole call; at least one block and one second later make the call, which checks the evidence, records the
/// fault and stops the batch from settling; then anyone has it punished. A copy of the call fails, because it has no
/// older reservation in the copier's name, and a reservation is worth nothing to whoever does not know the proof.
/// A proof counts if its call is mined while the batch is open (`IComputeMarket.openUntil`): a reservation made in time
/// does not keep the batch open, so reserve at least a block before the end.
/// @dev The fault's id is its reservation, or the demand's id where data was withheld. A batch has at most one fault
/// and a node at most one equivocation, which ends it as a node for good.
interface IMicrocellCourt {
    event ProofReserved(bytes32 indexed commitment);
    /// @param cellIndex 0, like what follows, where the fault is not in one element; set for an equivocation.
    event FaultProved(
        uint256 indexed faultId,
        uint256 indexed batchId,
        uint48 indexed nodeId,
        FaultKind kind,
        address finder,
        uint32 cellIndex,
        uint32 row,
        uint32 column,
        int32 claimed,
        int32 actual
    );
    event FaultPunished(uint256 indexed faultId, uint256 indexed batchId, uint48 indexed nodeId, uint256 slashed);

    error NotAuthorised(address caller);
    error BatchNotOpen(uint256 batchId);
    error InvalidCell(CellDefect defect);
    error InvalidOpening(string what);
    error ElementCorrect(int32 value);
    error CellWellFormed();
    /// @notice No unused reservation stands for this caller and this calldata.
    error NotReserved(bytes32 commitment);
    /// @notice The reservation is not older than this second.
    error ReservationTooYoung(bytes32 commitment);
    error NotEquivocation(string reason);
    error AlreadyEquivocated(uint48 nodeId);
    error NotProved(uint256 faultId);

    /// @notice Notes `commitment` = keccak256(abi.encode(finder, keccak256(calldata))), `calldata` being that of the
    /// coming call to `prove`, `proveMalformed` or `proveEquivocation`, salt included. Reserving again changes nothing.
    function reserve(bytes32 commitment) external;

    /// @notice Proves a wrong element of an open batch. The caller must have reserved exactly this call.
    /// @param salt keeps the reservation from being guessed by whoever knows the fault too.
    function prove(FaultProof calldata proof, bytes32 salt) external returns (uint256 faultId);

    /// @notice Proves that a leaf of an open batch is no cell that can be judged: not an encoded commitment, of another
    /// job, of an unknown op or of impossible sizes. The caller must have reserved exactly this call.
    /// @param leaf bytes of the leaf at `position` and its path.
    function proveMalformed(uint256 batchId, uint32 position, Opening calldata leaf, bytes32 salt)
        external
        returns (uint256 faultId);

    /// @notice Proves that the operator of `nodeId` made two statements about one cell that differ, or committed one
    /// cell at two places, equal or not: both would be paid. One statement must still bind: signed with a deadline to
    /// come, or in a batch open to proofs; the other may be in a settled batch too. Open batches among the two are
    /// voided. The caller must have reserved exactly this call.
    function proveEquivocation(uint48 nodeId, CellStatement calldata first, CellStatement calldata second, bytes32 salt)
        external
        returns (uint256 faultId);

    /// @notice Records that data of an open batch was withheld; only the forced opening. The fault's id is `demandId`,
    /// its finder the challenger.
    function recordWithheld(uint256 demandId, uint256 batchId, address challenger) external;

    /// @notice Executes a proven fault, once; anyone may call, at any time. Voids the batch and refunds its fee, jails
    /// the node (an equivocation tombstones it) and slashes the terms' share of the stake that stood behind the batch
    /// when it was committed. Unbonding stake is slashed too. Nothing that operator, finder or guardian do prevents it.
    function punish(uint256 faultId) external;

    /// @notice What `prove` would find, without its effects and without a reservation; for a local call before sending.
    function examine(FaultProof calldata proof) external view returns (int32 claimed, int32 actual);

    function fault(uint256 faultId) external view returns (Fault memory);

    /// @return All zero unless the fault is an equivocation.
    function equivocator(uint256 faultId) external view returns (Equivocator memory);

    /// @return faultId 0 unless an equivocation of the node was proved.
    function equivocationOf(uint48 nodeId) external view returns (uint256 faultId);

    /// @notice The EIP-712 digest that an operator signs to state a cell.
    function statementDigest(CellCommitment calldata cell, uint64 deadline) external view returns (bytes32);
}
