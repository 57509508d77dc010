// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Contracts.sol";
import {vm} from "../../script/Vm.sol";
import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {Shares} from "../../src/governance/ITerms.sol";
import {NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {Demand, Turn} from "../../src/verify/IForcedOpening.sol";
import {Fault, FaultProof, FaultStage, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {Cell, Cells} from "../Cells.sol";

/// @title Random faults, demands, silences and punishments, while the operator does what it can to get out of them
/// @dev Every action ends without a revert, so a punishment that could be blocked would end the run.
contract VerifyHandler {
    using Cells for Cell;

    struct Work {
        uint256 batchId;
        uint256 seed;
        bool wrong;
    }

    /// @notice What went wrong, if anything did.
    bool public slashedOverCap;
    bool public punishedTwice;
    bool public settledWithFault;
    bool public settledWhileOpen;
    uint256 public feesIn;
    uint256 public feesRefunded;
    uint256 public feesBurned;
    uint256 public feesPaid;
    uint256 public punishments;

    Contracts private c;
    uint48 private nodeId;
    uint256 private jobId;
    address private operator;
    address private finder;
    Work[] private works;
    uint256[] private faults;
    uint256[] private demands;
    uint256[] private requests;

    constructor(Contracts memory contracts, uint48 nodeId_, uint256 jobId_, address operator_, address finder_) {
        c = contracts;
        nodeId = nodeId_;
        jobId = jobId_;
        operator = operator_;
        finder = finder_;
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](12);
        list[0] = this.commit.selector;
        list[1] = this.commit.selector;
        list[2] = this.prove.selector;
        list[3] = this.prove.selector;
        list[4] = this.punish.selector;
        list[5] = this.demand.selector;
        list[6] = this.reveal.selector;
        list[7] = this.close.selector;
        list[8] = this.settle.selector;
        list[9] = this.leave.selector;
        list[10] = this.pause.selector;
        list[11] = this.pass.selector;
    }

    function commit(uint256 seed, uint96 stakeWei) external {
        if (block.timestamp < c.computeMarket.pausedUntil() || !c.nodeRegistry.isActive(nodeId)) return;
        if (block.timestamp >= c.stakeVault.pausedUntil() && c.gpuck.balanceOf(operator) > 2_000 ether) {
            vm.prank(operator);
            c.stakeVault.stake(nodeId, 1 ether + stakeWei % 1_000 ether, 0);
        }
        Work memory work = Work(0, uint256(keccak256(abi.encode(seed, works.length))), seed % 2 == 0);
        bytes32 root = Cells.batch(_cells(work)).levels[0][0];
        vm.prank(operator);
        work.batchId =
            c.computeMarket.commitBatch(jobId, root, 1, 0, uint32(block.timestamp / 1 hours), MeasurementTier.Emulated);
        feesIn += 1 ether;
        works.push(work);
    }

    function prove(uint256 which) external {
        if (works.length == 0) return;
        Work memory work = works[which % works.length];
        if (!work.wrong || !_isOpenIn(work.batchId, 1)) return;
        Cell[] memory cells = _cells(work);
        FaultProof memory p = Cells.proof(work.batchId, Cells.batch(cells), cells[0], 0, 0, 0);
        bytes32 call = keccak256(abi.encodeCall(IMicrocellCourt.prove, (p, 0)));
        vm.startPrank(finder);
        c.microcellCourt.reserve(keccak256(abi.encode(finder, call)));
        vm.warp(block.timestamp + 1);
        faults.push(c.microcellCourt.prove(p, 0));
        vm.stopPrank();
    }

    function punish(uint256 which) external {
        if (faults.length == 0) return;
        uint256 faultId = faults[which % faults.length];
        Fault memory entry = c.microcellCourt.fault(faultId);
        uint256 before = c.stakeVault.stakeBehind(nodeId);
        if (entry.stage == FaultStage.Punished) {
            try c.microcellCourt.punish(faultId) {
                punishedTwice = true;
            } catch {}
            return;
        }
        c.microcellCourt.punish(faultId);
        ++punishments;
        feesRefunded += 1 ether;
        uint256 cap = uint256(c.computeMarket.batch(entry.batchId).stakeWei) * c.terms.shares().slashBps / 10_000;
        if (before - c.stakeVault.stakeBehind(nodeId) > cap) slashedOverCap = true;
    }

    function demand(uint256 which) external {
        if (works.length == 0) return;
        Work memory work = works[which % works.length];
        IComputeMarket.Batch memory batch = c.computeMarket.batch(work.batchId);
        if (batch.status != IComputeMarket.BatchStatus.Committed || block.timestamp >= batch.challengeEndsAt) return;
        vm.prank(finder);
        demands.push(c.forcedOpening.demandMatrix(work.batchId, "C", 0, _cells(work)[0].commitment, new bytes32[](0)));
    }

    /// @dev A cell of one element has one leaf: the reveal is the whole answer.
    function reveal(uint256 which) external {
        if (demands.length == 0) return;
        uint256 demandId = demands[which % demands.length];
        Demand memory entry = c.forcedOpening.demand(demandId);
        if (entry.turn != Turn.Holder || block.timestamp >= entry.deadline) return;
        if (!_isOpenIn(entry.batchId, 0)) return;
        for (uint256 i = 0; i < works.length; ++i) {
            if (works[i].batchId != entry.batchId) continue;
            c.forcedOpening.reveal(demandId, Cells.elementBytes(_cells(works[i])[0].c, 0));
        }
    }

    function close(uint256 which) external {
        if (demands.length == 0) return;
        uint256 demandId = demands[which % demands.length];
        Demand memory entry = c.forcedOpening.demand(demandId);
        IComputeMarket.BatchStatus status = c.computeMarket.batch(entry.batchId).status;
        bool fallen = status == IComputeMarket.BatchStatus.Faulted || status == IComputeMarket.BatchStatus.Voided;
        if (entry.turn != Turn.Holder || (!fallen && block.timestamp < entry.deadline)) return;
        c.forcedOpening.close(demandId);
        if (c.microcellCourt.fault(demandId).stage == FaultStage.Proved) faults.push(demandId);
    }

    function settle(uint256 which) external {
        if (works.length == 0) return;
        uint256 batchId = works[which % works.length].batchId;
        IComputeMarket.BatchStatus status = c.computeMarket.batch(batchId).status;
        bool open = block.timestamp < c.computeMarket.openUntil(batchId);
        (uint256 burned, uint256 operatorFee, uint256 stakersFee, uint256 treasuryFee) = c.computeMarket.split(1 ether);
        try c.computeMarket.settle(batchId) {
            if (status != IComputeMarket.BatchStatus.Committed) settledWithFault = true;
            if (open) settledWhileOpen = true;
            feesBurned += burned;
            feesPaid += operatorFee + stakersFee + treasuryFee;
        } catch {
            if (status == IComputeMarket.BatchStatus.Committed && !open) revert("a clean batch did not settle");
        }
    }

    /// @dev The operator pulls stake out, exits and withdraws as fast as it may.
    function leave(uint256 part, bool comeBack) external {
        uint256 held = c.stakeVault.sharesOf(nodeId, operator);
        NodeStatus status = c.nodeRegistry.statusOf(nodeId);
        vm.startPrank(operator);
        if (held > 0) requests.push(c.stakeVault.requestUnbond(nodeId, 1 + part % (held / 4 + 1)));
        for (uint256 i = 0; i < requests.length; ++i) {
            if (c.stakeVault.request(requests[i]).shares == 0) continue;
            if (block.timestamp >= c.stakeVault.request(requests[i]).maturesAt) {
                c.stakeVault.withdraw(requests[i], operator);
            }
        }
        bool due = status == NodeStatus.Jailed && block.timestamp >= c.nodeRegistry.node(nodeId).jailedUntil;
        if (comeBack && due && c.stakeVault.activeStake(nodeId) >= c.terms.minimumStakeWei()) {
            c.nodeRegistry.unjail(nodeId);
        }
        vm.stopPrank();
    }

    /// @dev The guardian shuts what it can shut.
    function pause(bool market) external {
        address target = market ? address(c.computeMarket) : address(c.stakeVault);
        uint256 until = market ? c.computeMarket.pausedUntil() : c.stakeVault.pausedUntil();
        if (until != 0 && block.timestamp < until + 14 days) return;
        vm.prank(c.guardian.council());
        c.guardian.pauseEntry(target);
    }

    /// @dev Also moves the terms within their bounds.
    function pass(uint256 time, uint16 slashBps, uint16 finderBps) external {
        vm.warp(block.timestamp + 1 + time % 12 hours);
        Shares memory shares = c.terms.shares();
        shares.slashBps = 100 + slashBps % 4_901;
        shares.finderBps = finderBps % 5_001;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setShares(shares);
    }

    // --- what the invariants read ------------------------------------------------------------------------------------

    function openFees() external view returns (uint256 sum) {
        for (uint256 i = 0; i < works.length; ++i) {
            IComputeMarket.BatchStatus status = c.computeMarket.batch(works[i].batchId).status;
            if (status == IComputeMarket.BatchStatus.Committed || status == IComputeMarket.BatchStatus.Faulted) {
                sum += 1 ether;
            }
        }
    }

    function openBonds() external view returns (uint256 sum) {
        for (uint256 i = 0; i < demands.length; ++i) {
            Demand memory entry = c.forcedOpening.demand(demands[i]);
            if (entry.turn != Turn.Closed) sum += entry.bondWei;
        }
    }

    /// @notice Faults of each batch, summed over those that have more than one.
    function doubleFaults() external view returns (uint256 count) {
        for (uint256 i = 0; i < faults.length; ++i) {
            for (uint256 j = 0; j < i; ++j) {
                if (c.microcellCourt.fault(faults[i]).batchId == c.microcellCourt.fault(faults[j]).batchId) ++count;
            }
        }
    }

    function _isOpenIn(uint256 batchId, uint256 delay) private view returns (bool) {
        return c.computeMarket.batch(batchId).status == IComputeMarket.BatchStatus.Committed
            && block.timestamp + delay < c.computeMarket.openUntil(batchId);
    }

    function _cells(Work memory work) private pure returns (Cell[] memory cells) {
        cells = new Cell[](1);
        cells[0] = Cells.honest(1, 1, 3, work.seed);
        if (work.wrong) {
            cells[0].c[0] += 1;
            cells[0].commit();
        }
    }
}
