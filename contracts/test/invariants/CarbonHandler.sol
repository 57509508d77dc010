// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Contracts.sol";
import {vm} from "../../script/Vm.sol";
import {CertificateId} from "../../src/carbon/CertificateId.sol";
import {CertificateClass, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {CarbonRecords} from "./CarbonRecords.sol";

/// @title Random but legal moves of operators, holders, a fault court and the timelock
/// @dev Every action ends without a revert: an illegal draw is turned into a legal one or into nothing.
contract CarbonHandler is CarbonRecords {
    using CertificateId for uint256;

    constructor(Contracts memory contracts, address[] memory operators_, address[] memory holders_, uint256 jobId_)
        CarbonRecords(contracts, operators_, holders_, jobId_)
    {}

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](14);
        list[0] = this.commit.selector;
        list[1] = this.commit.selector;
        list[2] = this.settle.selector;
        list[3] = this.settle.selector;
        list[4] = this.transfer.selector;
        list[5] = this.retire.selector;
        list[6] = this.retire.selector;
        list[7] = this.retireFrom.selector;
        list[8] = this.retireBatch.selector;
        list[9] = this.claim.selector;
        list[10] = this.voidHour.selector;
        list[11] = this.addFactors.selector;
        list[12] = this.jail.selector;
        list[13] = this.pass.selector;
    }

    /// @dev Around every action: no retired amount falls, and no Wh of a void hour move.
    modifier keepsRetired() {
        uint256[] memory before = _holdings();
        _;
        _compare(before);
    }

    function commit(uint256 who, uint32 energyWh) external keepsRetired {
        uint48 nodeId = uint48(1 + who % operators.length);
        if (!c.nodeRegistry.isActive(nodeId) || commits.length == 12) return;
        uint32 hour = uint32(block.timestamp / 1 hours);
        energyWh = uint32(energyWh % (NAMEPLATE + 1 - c.computeMarket.claimedWh(nodeId, hour)));
        MeasurementTier tier = MeasurementTier(who % 4);
        vm.prank(operators[nodeId - 1]);
        uint256 batchId =
            c.computeMarket.commitBatch(jobId, keccak256(abi.encode(commits.length)), 1, energyWh, hour, tier);
        commits.push(Commit(batchId, nodeId, hour, energyWh, tier, block.timestamp + CHALLENGE, false));
    }

    function settle(uint256 which) external keepsRetired {
        if (commits.length == 0) return;
        Commit storage entry = commits[which % commits.length];
        if (entry.settled) return;
        if (block.timestamp < entry.opensAt) vm.warp(entry.opensAt);
        entry.settled = true;
        c.computeMarket.settle(entry.batchId);
        if (entry.energyWh == 0) return;
        settledWh[entry.nodeId][entry.hour] += entry.energyWh;
        EnergySource source = c.nodeRegistry.node(entry.nodeId).profile.source;
        uint256 id = CertificateId.pack(
            CertificateClass(250, source, entry.hour, entry.tier, c.emissionFactors.current(), entry.nodeId)
        );
        if (mintedWh[id] == 0) ids.push(id);
        mintedWh[id] += entry.energyWh;
    }

    function transfer(uint256 from, uint256 to, uint256 which, uint256 amount) external keepsRetired {
        (address account, uint256 id, uint256 held) = _draw(from, which);
        if (held == 0) return;
        vm.prank(account);
        c.carbonCertificate.safeTransferFrom(account, holders[to % holders.length], id, amount % (held + 1), "");
    }

    function retire(uint256 who, uint256 which, uint256 amount, string calldata reason) external keepsRetired {
        (address account, uint256 id, uint256 held) = _draw(who, which);
        if (held == 0) return;
        amount = 1 + amount % held;
        RetirementNote memory note;
        if (bytes(reason).length <= 160) note.reason = reason;
        vm.prank(account);
        c.carbonCertificate.retire(id, amount, note);
        _retired(account, id, amount);
    }

    function retireFrom(uint256 who, uint256 by, uint256 which, uint256 amount) external keepsRetired {
        (address account, uint256 id, uint256 held) = _draw(who, which);
        if (held == 0) return;
        amount = 1 + amount % held;
        address agent = holders[by % holders.length];
        RetirementNote memory note;
        note.beneficiary = agent;
        vm.prank(account);
        c.carbonCertificate.setApprovalForAll(agent, true);
        vm.prank(agent);
        c.carbonCertificate.retireFrom(account, id, amount, note);
        _retired(account, id, amount);
    }

    /// @dev Two ids, or one twice.
    function retireBatch(uint256 who, uint256 which, uint256 amount) external keepsRetired {
        (address account, uint256 id, uint256 held) = _draw(who, which);
        if (held < 2) return;
        uint256 other = ids[(which / 7) % ids.length];
        uint256 heldOther = c.carbonCertificate.balanceOf(account, other);
        bool isVoid = everVoid[other.nodeOf()][other.hourOf()];
        if (other == id || heldOther == 0 || isVoid) (other, heldOther) = (id, held - held / 2);
        uint256[] memory list = new uint256[](2);
        uint256[] memory amounts = new uint256[](2);
        (list[0], list[1]) = (id, other);
        (amounts[0], amounts[1]) = (1 + amount % (held / 2), 1 + amount % heldOther);
        RetirementNote memory note;
        vm.prank(account);
        c.carbonCertificate.retireBatch(account, list, amounts, note);
        _retired(account, id, amounts[0]);
        _retired(account, other, amounts[1]);
    }

    function claim(uint256 from, uint256 to, uint256 which, uint256 amount) external keepsRetired {
        (address account, uint256 id, uint256 held) = _draw(from, which);
        if (held == 0) return;
        amount = 1 + amount % held;
        address subject = holders[to % holders.length];
        vm.prank(account);
        c.carbonCertificate.safeTransferAndClaimFrom(account, subject, id, amount, "", "");
        _retired(subject, id, amount);
    }

    /// @dev Rarely, and any hour that has Wh; some others too.
    function voidHour(uint256 which, uint256 distance) external keepsRetired {
        if (ids.length == 0 || which % 3 > 0) return;
        uint256 id = ids[which % ids.length];
        uint32 hour = uint32(id.hourOf() + distance % 2);
        vm.prank(c.carbonCertificate.faultCourt());
        c.carbonCertificate.voidHour(id.nodeOf(), hour);
        everVoid[id.nodeOf()][hour] = true;
    }

    function addFactors(uint32 seed) external keepsRetired {
        if (c.emissionFactors.current() > 5) return;
        uint32[] memory factors = new uint32[](12);
        for (uint256 i = 1; i < 12; ++i) {
            factors[i] = 1 + uint32(uint256(keccak256(abi.encode(seed, i))) % 1_000);
        }
        vm.prank(address(c.gpuckTimelock));
        uint16 version = c.emissionFactors.add("fuzzed", factors);
        for (uint256 i = 1; i < 12; ++i) {
            grams[version][i] = factors[i];
        }
    }

    /// @dev A jailed node earns no more; what it earned stays. One of the nodes is never jailed.
    function jail(uint256 seed) external keepsRetired {
        if (seed % 8 > 0) return;
        vm.prank(address(c.microcellCourt));
        c.nodeRegistry.jail(1);
    }

    function pass(uint256 time) external keepsRetired {
        vm.warp(block.timestamp + 1 + time % 1 days);
    }
}
