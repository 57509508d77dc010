// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Deployment.sol";
import {vm} from "../../script/Vm.sol";
import {CertificateClass} from "../../src/carbon/ICarbonCertificate.sol";
import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {Node, NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {FaultProof, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {Cell, Cells} from "../Cells.sol";

/// @title Random but legal moves of operators, stakers, a requester and a verifier
/// @dev Every action ends without a revert: an illegal draw is turned into a legal one or into nothing.
contract LoopHandler {
    using Cells for Cell;

    struct Commit {
        uint256 batchId;
        uint256 cellSeed;
        uint64 energyWh;
        bool wrong;
        bool open;
    }

    bool public priceFell;
    uint256 public settledWh;
    mapping(address account => uint256) public donated;

    Contracts private c;
    address[] private operators;
    address[] private stakers;
    address private requester;
    Commit[] private commits;
    uint256[] private jobs;
    uint256[] private requests;
    uint256[] private certificates;
    mapping(uint256 id => bool) private knownCertificate;
    mapping(uint256 requestId => bool) private knownRequest;

    constructor(
        Contracts memory contracts,
        address[] memory operators_,
        address[] memory stakers_,
        address requester_
    ) {
        c = contracts;
        operators = operators_;
        stakers = stakers_;
        requester = requester_;
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](11);
        list[0] = this.stake.selector;
        list[1] = this.unbond.selector;
        list[2] = this.withdraw.selector;
        list[3] = this.postJob.selector;
        list[4] = this.closeJob.selector;
        list[5] = this.commit.selector;
        list[6] = this.commit.selector;
        list[7] = this.prove.selector;
        list[8] = this.settle.selector;
        list[9] = this.donate.selector;
        list[10] = this.pass.selector;
    }

    /// @dev Around every action but `prove`: no node's share price may fall.
    modifier keepsPrices() {
        uint256[2] memory before = [_price(1), _price(2)];
        _;
        for (uint48 nodeId = 1; nodeId <= 2; ++nodeId) {
            if (_price(nodeId) < before[nodeId - 1]) priceFell = true;
        }
    }

    function stake(uint256 who, uint256 nodeId, uint256 assets) external keepsPrices {
        address account = stakers[who % stakers.length];
        uint48 node = uint48(1 + nodeId % 2);
        uint256 purse = c.gpuck.balanceOf(account);
        if (purse < 1 ether || !c.nodeRegistry.acceptsStake(node)) return;
        vm.prank(account);
        c.stakeVault.stake(node, 1 ether + assets % (purse / 4 + 1) % purse, 0);
    }

    function unbond(uint256 who, uint256 nodeId, uint256 shares) external keepsPrices {
        address account = stakers[who % stakers.length];
        uint48 node = uint48(1 + nodeId % 2);
        uint256 held = c.stakeVault.sharesOf(node, account);
        if (held == 0) return;
        vm.prank(account);
        _note(c.stakeVault.requestUnbond(node, 1 + shares % held));
    }

    function withdraw(uint256 which) external keepsPrices {
        if (requests.length == 0) return;
        _withdraw(requests[which % requests.length]);
    }

    function postJob(uint32 cells, uint256 fee) external keepsPrices {
        cells = 1 + cells % 20;
        vm.prank(requester);
        jobs.push(c.computeMarket.postJob(0, 0, cells, uint128(1 + fee % 100 ether), uint64(block.timestamp + 5 days)));
    }

    function closeJob(uint256 which) external keepsPrices {
        if (jobs.length == 0) return;
        uint256 jobId = jobs[which % jobs.length];
        IComputeMarket.Job memory job = c.computeMarket.job(jobId);
        if (job.closed || (job.cellsCommitted < job.cells && block.timestamp < job.deadline)) return;
        vm.prank(requester);
        c.computeMarket.closeJob(jobId);
    }

    function commit(uint256 which, uint256 who, uint256 seed, uint64 energyWh) external keepsPrices {
        if (jobs.length == 0) return;
        uint256 jobId = jobs[which % jobs.length];
        IComputeMarket.Job memory job = c.computeMarket.job(jobId);
        uint48 nodeId = uint48(1 + who % 2);
        _rouse(nodeId);
        if (job.closed || job.cellsCommitted == job.cells || block.timestamp >= job.deadline) return;
        if (!c.nodeRegistry.isActive(nodeId)) return;
        uint32 hour = uint32(block.timestamp / 1 hours);
        energyWh = uint64(energyWh % (1_501 - c.computeMarket.claimedWh(nodeId, hour)));
        Commit memory entry =
            Commit(0, uint256(keccak256(abi.encode(seed, commits.length))), energyWh, seed % 3 == 0, true);
        bytes32 root = Cells.leafHash("P", 0, abi.encode(_cell(entry).commitment));
        vm.prank(operators[nodeId - 1]);
        entry.batchId = c.computeMarket.commitBatch(jobId, root, 1, energyWh, hour, MeasurementTier.Measured);
        commits.push(entry);
    }

    function prove(uint256 which) external {
        if (commits.length == 0) return;
        Commit storage entry = commits[which % commits.length];
        if (!entry.open || !entry.wrong || block.timestamp + 1 >= c.computeMarket.openUntil(entry.batchId)) return;
        entry.open = false;
        Cell memory cell = _cell(entry);
        Cell[] memory cells = new Cell[](1);
        cells[0] = cell;
        FaultProof memory proof = Cells.proof(entry.batchId, Cells.batch(cells), cell, 0, 0, 0);
        bytes32 call = keccak256(abi.encodeCall(IMicrocellCourt.prove, (proof, 0)));
        c.microcellCourt.reserve(keccak256(abi.encode(address(this), call)));
        vm.warp(block.timestamp + 1);
        c.microcellCourt.punish(c.microcellCourt.prove(proof, 0));
    }

    function settle(uint256 which) external keepsPrices {
        if (commits.length == 0) return;
        Commit storage entry = commits[which % commits.length];
        IComputeMarket.Batch memory batch = c.computeMarket.batch(entry.batchId);
        if (!entry.open || block.timestamp < batch.challengeEndsAt) return;
        entry.open = false;
        c.computeMarket.settle(entry.batchId);
        settledWh += entry.energyWh;
        Node memory node = c.nodeRegistry.node(batch.nodeId);
        uint256 id = c.carbonCertificate
            .idOf(CertificateClass(node.profile.zone, node.profile.source, batch.hour, batch.tier, 1, batch.nodeId));
        if (!knownCertificate[id]) certificates.push(id);
        knownCertificate[id] = true;
    }

    function donate(bool toVault, uint256 amount) external keepsPrices {
        address target = toVault ? address(c.stakeVault) : address(c.computeMarket);
        amount = amount % 10 ether;
        vm.prank(requester);
        require(c.gpuck.transfer(target, amount), "transfer");
        donated[target] += amount;
    }

    function pass(uint256 time) external keepsPrices {
        vm.warp(block.timestamp + 1 + time % 2 days);
    }

    function everyoneLeaves() external {
        for (uint256 i = 0; i < stakers.length; ++i) {
            for (uint48 nodeId = 1; nodeId <= 2; ++nodeId) {
                uint256 held = c.stakeVault.sharesOf(nodeId, stakers[i]);
                if (held == 0) continue;
                vm.prank(stakers[i]);
                _note(c.stakeVault.requestUnbond(nodeId, held));
            }
        }
        vm.warp(block.timestamp + c.terms.unbondingSeconds());
        for (uint256 i = 0; i < requests.length; ++i) {
            _withdraw(requests[i]);
        }
    }

    // --- what the invariants read ------------------------------------------------------------------------------------

    function claims(uint48 nodeId) external view returns (uint256 active, uint256 unbonding, uint256 shares) {
        for (uint256 i = 0; i < stakers.length; ++i) {
            uint256 held = c.stakeVault.sharesOf(nodeId, stakers[i]);
            shares += held;
            active += c.stakeVault.toAssets(nodeId, held);
        }
        for (uint256 i = 0; i < requests.length; ++i) {
            if (c.stakeVault.request(requests[i]).nodeId != nodeId) continue;
            unbonding += c.stakeVault.requestAssets(requests[i]);
        }
    }

    function expectedEscrow() external view returns (uint256 sum) {
        for (uint256 i = 0; i < jobs.length; ++i) {
            IComputeMarket.Job memory job = c.computeMarket.job(jobs[i]);
            if (!job.closed) sum += uint256(job.cells - job.cellsCommitted) * job.feePerCell;
        }
        for (uint256 i = 0; i < commits.length; ++i) {
            IComputeMarket.Batch memory batch = c.computeMarket.batch(commits[i].batchId);
            if (commits[i].open) sum += uint256(batch.cells) * c.computeMarket.job(batch.jobId).feePerCell;
        }
    }

    function heldWh() external view returns (uint256 sum) {
        for (uint256 i = 0; i < certificates.length; ++i) {
            for (uint256 j = 0; j < operators.length; ++j) {
                sum += c.carbonCertificate.balanceOf(operators[j], certificates[i]);
            }
        }
    }

    // -----------------------------------------------------------------------------------------------------------------

    /// @dev Requests of one second are one request.
    function _note(uint256 requestId) private {
        if (!knownRequest[requestId]) requests.push(requestId);
        knownRequest[requestId] = true;
    }

    /// @dev 1e30 shares: fine enough to see the price move by a wei.
    function _price(uint48 nodeId) private view returns (uint256) {
        return c.stakeVault.toAssets(nodeId, 1e30);
    }

    function _cell(Commit memory entry) private pure returns (Cell memory cell) {
        cell = Cells.honest(1, 1, 3, entry.cellSeed);
        if (entry.wrong) {
            cell.c[0] += 1;
            cell.commit();
        }
    }

    /// @dev Brings a jailed node back once it may: work must go on for the invariants to say much.
    function _rouse(uint48 nodeId) private {
        Node memory node = c.nodeRegistry.node(nodeId);
        if (node.status != NodeStatus.Jailed || block.timestamp < node.jailedUntil) return;
        if (c.stakeVault.activeStake(nodeId) < c.terms.minimumStakeWei()) return;
        vm.prank(node.operator);
        c.nodeRegistry.unjail(nodeId);
    }

    function _withdraw(uint256 requestId) private {
        address owner = c.stakeVault.request(requestId).owner;
        if (owner == address(0) || block.timestamp < c.stakeVault.request(requestId).maturesAt) return;
        vm.prank(owner);
        c.stakeVault.withdraw(requestId, owner);
    }
}
