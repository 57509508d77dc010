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
    enum BatchStatus {
        None,
        Committed,
        Settled,
        Voided
    }

    /// @param specHash what is to be computed: hash of the job's published specification.
    /// @param inputRoot Merkle root of the job's inputs.
    struct Job {
        address requester;
        uint32 cells;
        uint32 cellsCommitted;
        uint64 deadline;
        uint128 feePerCell;
        bool closed;
        bytes32 specHash;
        bytes32 inputRoot;
    }

    struct Batch {
        uint256 jobId;
        uint48 nodeId;
        uint32 cells;
        uint32 hour;
        uint64 energyWh;
        uint64 challengeEndsAt;
        MeasurementTier tier;
        BatchStatus status;
        bytes32 cellsRoot;
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
    error NodeNotActive(uint48 nodeId);
    error InvalidBatch(string reason);
    error TooManyCells(uint256 jobId, uint32 left);
    error DuplicateBatch(bytes32 cellsRoot);
    error EnergyOverNameplate(uint48 nodeId, uint32 hour, uint64 claimedWh, uint64 limitWh);
    error WrongBatchStatus(uint256 batchId, BatchStatus status);
    error ChallengeOpen(uint256 batchId, uint64 endsAt);
    error ChallengeOver(uint256 batchId, uint64 endsAt);
    error NotAuthorised(address caller);

    /// @notice Posts a job of `cells` cells and escrows `cells * feePerCell` wei from the caller.
    function postJob(bytes32 specHash, bytes32 inputRoot, uint32 cells, uint128 feePerCell, uint64 deadline)
        external
        returns (uint256 jobId);

    /// @notice Publishes training progress; only the job's requester.
    function reportProgress(uint256 jobId, uint64 step, bytes32 modelRoot, uint64 lossMicro) external;

    /// @notice Returns the escrow of cells nobody committed to the requester; only the requester, after the deadline or
    /// once every cell is committed. Cells voided later are refunded as they are voided.
    function closeJob(uint256 jobId) external;

    /// @notice Commits `cells` executed cells; only the operator of an active node.
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

    /// @notice Pays and certifies an unchallenged batch after its window; anyone may call.
    function settle(uint256 batchId) external;

    /// @notice Voids a batch in its window and refunds its fee to the requester; only the court.
    function void(uint256 batchId) external;

    function job(uint256 jobId) external view returns (Job memory);

    function batch(uint256 batchId) external view returns (Batch memory);

    /// @notice The exact split of `fee`: shares rounded down, the remainder to the burn.
    function split(uint256 fee)
        external
        view
        returns (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee);

    /// @notice Wei held for cells that are neither settled nor refunded.
    function escrowed() external view returns (uint256);

    function challengeSeconds() external view returns (uint256);

    /// @notice Wei of fees that settlements ever burned. Never falls; what `Emission` mints follows it.
    function feesBurned() external view returns (uint256);
}
