// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice How an energy figure came about; part of certificate ids: append only. Only `Measured` and `Metered` are
/// readings; `Emulated` marks a development network, where several operators share one machine.
enum MeasurementTier {
    Emulated,
    Declared,
    Measured,
    Metered
}

/// @title Jobs, batches of microcells, and who gets paid
/// @notice A requester escrows a fee per cell. An operator executes cells and commits them in batches. A batch stands
/// open to challenge for a window; unchallenged it settles, and the fee is split to the wei between burn, operator,
/// stakers and treasury. The batch's Wh become a carbon certificate of the node's source and hour.
interface IComputeMarket {
    /// @dev `Faulted`: the court holds a proven fault of the batch, whose punishment voids it.
    enum BatchStatus {
        None,
        Committed,
        Settled,
        Voided,
        Faulted
    }

    /// @param specHash what is to be computed: hash of the job's published specification.
    /// @param inputRoot Merkle root of the job's inputs.
    struct Job {
        address requester;
        uint32 cells;
        uint32 cellsCommitted;
        bool closed;
        uint128 feePerCell;
        uint64 deadline;
        bytes32 specHash;
        bytes32 inputRoot;
    }

    /// @param challengeEndsAt end of the window in which data may be demanded, fixed at the commit.
    /// @param stakeWei stake behind the node at the commit: what a slash for this batch is measured on, however often
    /// the node was slashed or staked to since.
    /// @param provableUntil end of the time for proofs, where demands for data have put it off beyond the window.
    struct Batch {
        uint48 jobId;
        uint48 nodeId;
        uint32 cells;
        uint32 hour;
        uint32 energyWh;
        uint40 challengeEndsAt;
        MeasurementTier tier;
        BatchStatus status;
        bytes32 cellsRoot;
        uint96 stakeWei;
        uint40 provableUntil;
    }

    event JobPosted(
        uint256 indexed jobId,
        address indexed requester,
        bytes32 specHash,
        bytes32 inputRoot,
        uint32 cells,
        uint128 feePerCell,
        uint64 deadline
    );
    /// @notice Progress that the requester publishes.
    /// @param modelRoot hash of the model's parameters after `step`.
    /// @param lossMicro training loss in millionths.
    event JobProgressed(uint256 indexed jobId, uint64 step, bytes32 modelRoot, uint64 lossMicro);
    event JobClosed(uint256 indexed jobId, uint256 refund);
    event BatchCommitted(
        uint256 indexed batchId,
        uint256 indexed jobId,
        uint48 indexed nodeId,
        bytes32 cellsRoot,
        uint32 cells,
        uint64 energyWh,
        uint32 hour,
        MeasurementTier tier,
        uint64 challengeEndsAt
    );
    event BatchSettled(
        uint256 indexed batchId,
        uint256 indexed jobId,
        uint48 indexed nodeId,
        uint256 fee,
        uint256 burned,
        uint256 operatorFee,
        uint256 stakersFee,
        uint256 treasuryFee
    );
    event BatchVoided(uint256 indexed batchId, uint256 indexed jobId, uint48 indexed nodeId);

    error InvalidJob(string reason);
    error UnknownJob(uint256 jobId);
    error JobNotOpen(uint256 jobId);
    error NotRequester(address caller);
    /// @notice The caller operates no node.
    error NotOperator(address caller);
    error NodeNotActive(uint48 nodeId);
    error InvalidBatch(string reason);
    error TooManyCells(uint256 jobId, uint32 left);
    error DuplicateBatch(bytes32 cellsRoot);
    error EnergyOverNameplate(uint48 nodeId, uint32 hour, uint64 claimedWh, uint64 limitWh);
    error WrongBatchStatus(uint256 batchId, BatchStatus status);
    /// @notice The batch is not committed, or the time for proofs is over, or a fault of it is proven.
    error BatchNotOpen(uint256 batchId);
    error ChallengeOpen(uint256 batchId, uint64 endsAt);
    error NotAuthorised(address caller);

    /// @notice Posts a job of `cells` cells and escrows `cells * feePerCell` wei from the caller. Refused while entry
    /// is paused.
    function postJob(bytes32 specHash, bytes32 inputRoot, uint32 cells, uint128 feePerCell, uint64 deadline)
        external
        returns (uint256 jobId);

    /// @notice Publishes training progress; only the job's requester.
    function reportProgress(uint256 jobId, uint64 step, bytes32 modelRoot, uint64 lossMicro) external;

    /// @notice Returns the escrow of cells nobody committed to the requester; only the requester, after the deadline or
    /// once every cell is committed. Cells voided later are refunded as they are voided.
    function closeJob(uint256 jobId) external;

    /// @notice Commits `cells` executed cells; only the operator of an active node. Refused while entry is paused.
    /// @param cellsRoot Merkle root of the cell commitments, leaf tag `P` (see MicrocellProof).
    /// @param energyWh electricity used, in Wh, rounded down. Claims of one node for one hour may not add up to more
    /// than its nameplate power for an hour.
    /// @param hour the hour the energy was used in: Unix time / 3600; the running hour or the one before.
    function commitBatch(
        uint256 jobId,
        bytes32 cellsRoot,
        uint32 cells,
        uint64 energyWh,
        uint32 hour,
        MeasurementTier tier
    ) external returns (uint256 batchId);

    /// @notice Pays and certifies a batch without a proven fault once the time for proofs is over; anyone may call.
    function settle(uint256 batchId) external;

    /// @notice Marks an open batch as faulted: it can no longer settle. Only the court, with a proven fault.
    function condemn(uint256 batchId) external;

    /// @notice Keeps a committed batch open to proofs until `until` at least; only the forced opening.
    function prolong(uint256 batchId, uint40 until) external;

    /// @notice Voids a batch that has not settled and refunds its fee to the requester; only the court.
    function void(uint256 batchId) external;

    function job(uint256 jobId) external view returns (Job memory);

    /// @return An empty batch with status `None` for an unknown id.
    function batch(uint256 batchId) external view returns (Batch memory);

    /// @notice What a fault proof is checked against; reverts with `BatchNotOpen` unless the batch is open to proofs.
    function openBatch(uint256 batchId)
        external
        view
        returns (uint256 jobId, uint48 nodeId, uint32 cells, bytes32 cellsRoot);

    /// @notice First second at which the batch is closed to proofs and may settle; 0 for an unknown batch.
    function openUntil(uint256 batchId) external view returns (uint256);

    /// @notice Whether the node ever committed a batch with this root.
    function isCommitted(uint48 nodeId, bytes32 cellsRoot) external view returns (bool);

    /// @notice The exact split of `fee`: shares rounded down, the remainder to the burn.
    function split(uint256 fee)
        external
        view
        returns (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee);

    /// @notice Wei held for cells that are neither settled nor refunded.
    function escrowed() external view returns (uint256);

    /// @notice Wei of fees that settlements ever burned. Never falls; what `Emission` mints follows it.
    function feesBurned() external view returns (uint256);
}
