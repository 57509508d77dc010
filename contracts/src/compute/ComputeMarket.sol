// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {CertificateClass, ICarbonCertificate} from "../carbon/ICarbonCertificate.sol";
import {IEmissionFactors} from "../carbon/IEmissionFactors.sol";
import {INodeRegistry, Node} from "../staking/INodeRegistry.sol";
import {IStakeVault} from "../staking/IStakeVault.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {FeeSplit, FeeSplits} from "./FeeSplit.sol";
import {IComputeMarket, MeasurementTier} from "./IComputeMarket.sol";

/// @title ComputeMarket
/// @dev Books are closed before any call leaves. The only call that can reach foreign code is the certificate's mint to
/// the operator, and it comes last.
contract ComputeMarket is IComputeMarket {
    using SafeERC20 for IGpuck;

    /// @notice The contracts and accounts the market works with.
    struct Links {
        IGpuck token;
        INodeRegistry registry;
        IStakeVault vault;
        ICarbonCertificate certificate;
        IEmissionFactors factors;
        address court;
        address treasury;
    }

    /// @notice Longest time a job may take commits: bounds how long a requester can lock up their own escrow.
    uint256 public constant JOB_SECONDS_MAX = 365 days;

    IGpuck public immutable token;
    INodeRegistry public immutable registry;
    IStakeVault public immutable vault;
    ICarbonCertificate public immutable certificate;
    IEmissionFactors public immutable factors;
    address public immutable court;
    address public immutable treasury;
    uint16 public immutable operatorBps;
    uint16 public immutable stakersBps;
    uint16 public immutable treasuryBps;
    /// @inheritdoc IComputeMarket
    uint256 public immutable challengeSeconds;

    /// @inheritdoc IComputeMarket
    uint256 public escrowed;
    /// @inheritdoc IComputeMarket
    uint256 public feesBurned;
    /// @notice Jobs so far; ids run from 1.
    uint256 public jobCount;
    /// @notice Batches so far; ids run from 1.
    uint256 public batchCount;
    /// @notice Wh claimed by a node for an hour, voided batches included.
    mapping(uint48 nodeId => mapping(uint32 hour => uint256)) public claimedWh;
    /// @notice Whether a batch with this root was ever committed.
    mapping(bytes32 cellsRoot => bool) public isCommitted;

    mapping(uint256 jobId => Job) private _jobs;
    mapping(uint256 batchId => Batch) private _batches;

    constructor(Links memory links, FeeSplit memory shares, uint256 challengeSeconds_) {
        FeeSplits.requireBounded(shares);
        token = links.token;
        registry = links.registry;
        vault = links.vault;
        certificate = links.certificate;
        factors = links.factors;
        court = links.court;
        treasury = links.treasury;
        operatorBps = shares.operatorBps;
        stakersBps = shares.stakersBps;
        treasuryBps = shares.treasuryBps;
        challengeSeconds = challengeSeconds_;
        links.token.forceApprove(address(links.vault), type(uint256).max);
    }

    /// @inheritdoc IComputeMarket
    function postJob(bytes32 specHash, bytes32 inputRoot, uint32 cells, uint128 feePerCell, uint64 deadline)
        external
        returns (uint256 jobId)
    {
        if (cells == 0) revert InvalidJob("no cells");
        if (feePerCell == 0) revert InvalidJob("no fee");
        if (deadline <= block.timestamp) revert InvalidJob("deadline passed");
        if (deadline > block.timestamp + JOB_SECONDS_MAX) revert InvalidJob("deadline over a year away");
        jobId = ++jobCount;
        _jobs[jobId] = Job(msg.sender, cells, 0, deadline, feePerCell, false, specHash, inputRoot);
        uint256 escrow = uint256(cells) * feePerCell;
        escrowed += escrow;
        emit JobPosted(jobId, msg.sender, specHash, inputRoot, cells, feePerCell, deadline);
        token.safeTransferFrom(msg.sender, address(this), escrow);
    }

    /// @inheritdoc IComputeMarket
    function reportProgress(uint256 jobId, uint64 step, bytes32 modelRoot, uint64 lossMicro) external {
        _requireRequester(jobId);
        emit JobProgressed(jobId, step, modelRoot, lossMicro);
    }

    /// @inheritdoc IComputeMarket
    function closeJob(uint256 jobId) external {
        _requireRequester(jobId);
        Job storage entry = _jobs[jobId];
        if (entry.closed) revert JobNotOpen(jobId);
        uint32 left = entry.cells - entry.cellsCommitted;
        if (left > 0 && block.timestamp < entry.deadline) revert InvalidJob("still open to commits");
        entry.closed = true;
        uint256 refund = uint256(left) * entry.feePerCell;
        escrowed -= refund;
        emit JobClosed(jobId, refund);
        token.safeTransfer(entry.requester, refund);
    }

    /// @inheritdoc IComputeMarket
    function commitBatch(
        uint256 jobId,
        bytes32 cellsRoot,
        uint32 cells,
        uint64 energyWh,
        uint32 hour,
        MeasurementTier tier
    ) external returns (uint256 batchId) {
        uint48 nodeId = registry.nodeOf(msg.sender);
        if (!registry.isActive(nodeId)) revert NodeNotActive(nodeId);
        _takeCells(jobId, cells);
        if (isCommitted[cellsRoot]) revert DuplicateBatch(cellsRoot);
        isCommitted[cellsRoot] = true;
        _claimEnergy(nodeId, hour, energyWh);

        batchId = ++batchCount;
        Batch storage entry = _batches[batchId];
        entry.jobId = jobId;
        entry.nodeId = nodeId;
        entry.cells = cells;
        entry.hour = hour;
        entry.energyWh = energyWh;
        entry.challengeEndsAt = SafeCast.toUint64(block.timestamp + challengeSeconds);
        entry.tier = tier;
        entry.status = BatchStatus.Committed;
        entry.cellsRoot = cellsRoot;
        emit BatchCommitted(
            batchId,
            jobId,
            nodeId,
            cellsRoot,
            cells,
            energyWh,
            hour,
            tier,
            SafeCast.toUint64(block.timestamp + challengeSeconds)
        );
    }

    /// @inheritdoc IComputeMarket
    function settle(uint256 batchId) external {
        Batch memory entry = _batches[batchId];
        if (entry.status != BatchStatus.Committed) revert WrongBatchStatus(batchId, entry.status);
        if (block.timestamp < entry.challengeEndsAt) revert ChallengeOpen(batchId, entry.challengeEndsAt);
        _batches[batchId].status = BatchStatus.Settled;
        uint256 fee = uint256(entry.cells) * _jobs[entry.jobId].feePerCell;
        escrowed -= fee;
        Node memory node = registry.node(entry.nodeId);
        _payOut(batchId, entry, node, fee);
        if (entry.energyWh > 0) _certify(batchId, entry, node);
    }

    /// @inheritdoc IComputeMarket
    function void(uint256 batchId) external {
        if (msg.sender != court) revert NotAuthorised(msg.sender);
        Batch storage entry = _batches[batchId];
        if (entry.status != BatchStatus.Committed) revert WrongBatchStatus(batchId, entry.status);
        if (block.timestamp >= entry.challengeEndsAt) revert ChallengeOver(batchId, entry.challengeEndsAt);
        entry.status = BatchStatus.Voided;
        Job storage paid = _jobs[entry.jobId];
        uint256 refund = uint256(entry.cells) * paid.feePerCell;
        escrowed -= refund;
        emit BatchVoided(batchId, entry.jobId, entry.nodeId);
        token.safeTransfer(paid.requester, refund);
    }

    /// @inheritdoc IComputeMarket
    function job(uint256 jobId) external view returns (Job memory) {
        _requireJob(jobId);
        return _jobs[jobId];
    }

    /// @inheritdoc IComputeMarket
    function batch(uint256 batchId) external view returns (Batch memory) {
        return _batches[batchId];
    }

    /// @inheritdoc IComputeMarket
    function split(uint256 fee)
        public
        view
        returns (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee)
    {
        operatorFee = fee * operatorBps / 10_000;
        stakersFee = fee * stakersBps / 10_000;
        treasuryFee = fee * treasuryBps / 10_000;
        burned = fee - operatorFee - stakersFee - treasuryFee;
    }

    function _takeCells(uint256 jobId, uint32 cells) private {
        _requireJob(jobId);
        Job storage entry = _jobs[jobId];
        if (entry.closed || block.timestamp >= entry.deadline) revert JobNotOpen(jobId);
        if (cells == 0) revert InvalidBatch("no cells");
        uint32 left = entry.cells - entry.cellsCommitted;
        if (cells > left) revert TooManyCells(jobId, left);
        entry.cellsCommitted += cells;
    }

    function _claimEnergy(uint48 nodeId, uint32 hour, uint64 energyWh) private {
        uint256 present = block.timestamp / 1 hours;
        if (hour != present && uint256(hour) + 1 != present) revert InvalidBatch("hour is not this one or the last");
        // Nameplate watts for one hour are as many Wh.
        uint64 limitWh = registry.node(nodeId).profile.nameplateWatts;
        uint256 total = claimedWh[nodeId][hour] + energyWh;
        if (total > limitWh) revert EnergyOverNameplate(nodeId, hour, SafeCast.toUint64(total), limitWh);
        claimedWh[nodeId][hour] = total;
    }

    /// @dev The node's commission comes out of the stakers' part. With nobody staked there is no commission, and the
    /// whole part goes to the treasury.
    function _payOut(uint256 batchId, Batch memory entry, Node memory node, uint256 fee) private {
        (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee) = split(fee);
        uint256 commission = stakersFee * node.profile.commissionBps / 10_000;
        if (vault.addReward(entry.nodeId, stakersFee - commission)) {
            stakersFee -= commission;
            operatorFee += commission;
        } else {
            treasuryFee += stakersFee;
            stakersFee = 0;
        }
        feesBurned += burned;
        token.burn(burned, "fee");
        token.safeTransfer(node.operator, operatorFee);
        token.safeTransfer(treasury, treasuryFee);
        emit BatchSettled(batchId, entry.jobId, entry.nodeId, fee, burned, operatorFee, stakersFee, treasuryFee);
    }

    /// @dev An operator contract that refuses ERC-1155 tokens must not block its settlement: the treasury then receives
    /// the certificate. A caller cannot bring that about by sending too little gas, because the 1/64 of gas kept back
    /// would not pay for the second mint.
    function _certify(uint256 batchId, Batch memory entry, Node memory node) private {
        CertificateClass memory class = CertificateClass(
            node.profile.zone, node.profile.source, entry.hour, entry.tier, factors.current(), entry.nodeId
        );
        try certificate.mint(node.operator, class, batchId, entry.energyWh) {}
        catch {
            certificate.mint(treasury, class, batchId, entry.energyWh);
        }
    }

    function _requireJob(uint256 jobId) private view {
        if (_jobs[jobId].requester == address(0)) revert UnknownJob(jobId);
    }

    function _requireRequester(uint256 jobId) private view {
        _requireJob(jobId);
        if (_jobs[jobId].requester != msg.sender) revert NotRequester(msg.sender);
    }
}
