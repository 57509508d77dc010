// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {ITerms} from "../../src/governance/ITerms.sol";
import {VotingFixture} from "./VotingFixture.sol";

/// @title What governing costs, as whole transactions
contract GovernanceGasTest is VotingFixture {
    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_proposal() public {
        Proposal memory p =
            _propose(holder, address(c.terms), abi.encodeCall(ITerms.setAmounts, (_parameters().amounts)));
        vm.snapshotGasLastCall("governance", "propose");
        vm.warp(c.gpuckGovernor.proposalSnapshot(p.id) + 1);
        _vote(verifier, p.id, AGAINST);
        vm.snapshotGasLastCall("governance", "castVote, the first, wallet");
        _vote(operator, p.id, AGAINST);
        vm.snapshotGasLastCall("governance", "castVote, operator");
        _voteWith(staker, p.id, FOR, _nodes(nodeId, otherNodeId));
        vm.snapshotGasLastCall("governance", "castVote, overriding two operators");
        _vote(holder, p.id, FOR);
        vm.snapshotGasLastCall("governance", "castVote, reaching the quorum");
        vm.warp(c.gpuckGovernor.proposalDeadline(p.id) + 1);
        _queue(p);
        vm.snapshotGasLastCall("governance", "queue");
        vm.warp(c.gpuckGovernor.proposalEta(p.id));
        _execute(p);
        vm.snapshotGasLastCall("governance", "execute setAmounts");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_guardian() public {
        Proposal memory p = _openProposal();
        vm.prank(council);
        c.guardian.cancel(p.targets, p.values, p.calls, keccak256(bytes(p.description)));
        vm.snapshotGasLastCall("governance", "cancel");
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
        vm.snapshotGasLastCall("governance", "pauseEntry");
    }
}
