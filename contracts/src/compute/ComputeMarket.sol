// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {CertificateClass, ICarbonCertificate} from "../carbon/ICarbonCertificate.sol";
import {IEmissionFactors} from "../carbon/IEmissionFactors.sol";
import {EntryPause} from "../governance/EntryPause.sol";
import {ITerms} from "../governance/ITerms.sol";
import {INodeRegistry, Node} from "../staking/INodeRegistry.sol";
import {IStakeVault} from "../staking/IStakeVault.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {FeeSplit} from "./FeeSplit.sol";
import {IComputeMarket, MeasurementTier} from "./IComputeMarket.sol";
import {JobEscrow} from "./JobEscrow.sol";

/// @title ComputeMarket
/// @dev Books are closed before any call leaves. The only call that can reach foreign code is the certificate's mint to
/// the operator, and it comes last.
contract ComputeMarket is JobEscrow {
    using SafeERC20 for IGpuck;

    /// @notice The contracts and accounts the market works with.
    struct Links {
        IGpuck token;
        INodeRegistry registry;
        IStakeVault vault;
        ICarbonCertificate certificate;
        IEmissionFactors factors;
        ITerms terms;
        address court;
        address forcedOpening;
        address guardian;
        address timelock;
    }

    INodeRegistry public immutable registry;
    IStakeVault public immutable vault;
    ICarbonCertificate public immutable certificate;
    IEmissionFactors public immutable factors;
    ITerms public immutable terms;
    address public immutable court;
    /// @notice Where data is demanded of operators.
    address public immutable forcedOpening;

    /// @notice Batches so far; ids run from 1.
    uint256 public batchCount;
    /// @notice Wh claimed by a node for an hour, voided batches included.
    mapping(uint48 nodeId => mapping(uint32 hour => uint256)) public claimedWh;
    /// @inheritdoc IComputeMarket
    mapping(uint48 nodeId => mapping(bytes32 cellsRoot => bool)) public isCommitted;

    mapping(uint256 batchId => Batch) private _batches;

    /// @dev The treasury is the timelock: what it holds only a vote can spend.
    constructor(Links memory links) JobEscrow(links.token) EntryPause(links.guardian, links.timelock) {
        registry = links.registry;
        vault = links.vault;
        certificate = links.certificate;
        factors = links.factors;
        terms = links.terms;
        court = links.court;
        forcedOpening = links.forcedOpening;
        links.token.forceApprove(address(links.vault), type(uint256).max);
    }

    modifier onlyCourt() {
        if (msg.sender != court) revert NotAuthorised(msg.sender);
        _;
    }

    /// @inheritdoc IComputeMarket
    function commitBatch(
        uint256 jobId,
        bytes32 cellsRoot,
        uint32 cells,
        uint64 energyWh,
        uint32 hour,
        MeasurementTier tier
    ) external whileOpen returns (uint256 batchId) {
        uint48 nodeId = registry.nodeOf(msg.sender);
        if (nodeId == 0) revert NotOperator(msg.sender);
        if (!registry.isActive(nodeId)) revert NodeNotActive(nodeId);
        _takeCells(jobId, cells);
        if (isCommitted[nodeId][cellsRoot]) revert DuplicateBatch(cellsRoot);
        isCommitted[nodeId][cellsRoot] = true;
        _claimEnergy(nodeId, hour, energyWh);

        batchId = ++batchCount;
        uint40 endsAt = SafeCast.toUint40(block.timestamp + terms.challengeSeconds());
        _batches[batchId] = Batch({
            jobId: SafeCast.toUint48(jobId),
            nodeId: nodeId,
            cells: cells,
            hour: hour,
            energyWh: SafeCast.toUint32(energyWh),
            challengeEndsAt: endsAt,
            tier: tier,
            status: BatchStatus.Committed,
            cellsRoot: cellsRoot,
            stakeWei: SafeCast.toUint96(vault.stakeBehind(nodeId)),
            provableUntil: 0
        });
        emit BatchCommitted(batchId, jobId, nodeId, cellsRoot, cells, energyWh, hour, tier, endsAt);
    }

    /// @inheritdoc IComputeMarket
    function settle(uint256 batchId) external {
        Batch memory entry = _batches[batchId];
        if (entry.status != BatchStatus.Committed) revert WrongBatchStatus(batchId, entry.status);
        uint64 endsAt = entry.provableUntil > entry.challengeEndsAt ? entry.provableUntil : entry.challengeEndsAt;
        if (block.timestamp < endsAt) revert ChallengeOpen(batchId, endsAt);
        _batches[batchId].status = BatchStatus.Settled;
        Node memory node = registry.node(entry.nodeId);
        _payOut(batchId, entry, node, _takeFee(entry.jobId, entry.cells));
        if (entry.energyWh > 0) _certify(batchId, entry, node);
    }

    /// @inheritdoc IComputeMarket
    function condemn(uint256 batchId) external onlyCourt {
        Batch storage entry = _batches[batchId];
        _requireOpen(batchId, entry);
        entry.status = BatchStatus.Faulted;
    }

    /// @inheritdoc IComputeMarket
    function prolong(uint256 batchId, uint40 until) external {
        if (msg.sender != forcedOpening) revert NotAuthorised(msg.sender);
        Batch storage entry = _batches[batchId];
        if (entry.status != BatchStatus.Committed) revert WrongBatchStatus(batchId, entry.status);
        if (until > entry.provableUntil) entry.provableUntil = until;
    }

    /// @inheritdoc IComputeMarket
    function void(uint256 batchId) external onlyCourt {
        Batch storage entry = _batches[batchId];
        BatchStatus status = entry.status;
        if (status != BatchStatus.Committed && status != BatchStatus.Faulted) revert WrongBatchStatus(batchId, status);
        entry.status = BatchStatus.Voided;
        emit BatchVoided(batchId, entry.jobId, entry.nodeId);
        _refund(entry.jobId, entry.cells);
    }

    /// @inheritdoc IComputeMarket
    function batch(uint256 batchId) external view returns (Batch memory) {
        return _batches[batchId];
    }

    /// @inheritdoc IComputeMarket
    function openBatch(uint256 batchId)
        external
        view
        returns (uint256 jobId, uint48 nodeId, uint32 cells, bytes32 cellsRoot)
    {
        Batch storage entry = _batches[batchId];
        _requireOpen(batchId, entry);
        return (entry.jobId, entry.nodeId, entry.cells, entry.cellsRoot);
    }

    /// @inheritdoc IComputeMarket
    function openUntil(uint256 batchId) external view returns (uint256) {
        return Math.max(_batches[batchId].challengeEndsAt, _batches[batchId].provableUntil);
    }

    /// @inheritdoc IComputeMarket
    function split(uint256 fee)
        public
        view
        returns (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee)
    {
        return FeeSplit.divide(fee, terms.shares());
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
        _burnFee(burned);
        token.safeTransfer(node.operator, operatorFee);
        token.safeTransfer(timelock, treasuryFee);
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
            certificate.mint(timelock, class, batchId, entry.energyWh);
        }
    }

    function _requireOpen(uint256 batchId, Batch storage entry) private view {
        if (
            entry.status != BatchStatus.Committed
                || (block.timestamp >= entry.challengeEndsAt && block.timestamp >= entry.provableUntil)
        ) revert BatchNotOpen(batchId);
    }
}
