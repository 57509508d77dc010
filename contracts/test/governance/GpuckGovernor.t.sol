// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

contract GpuckGovernorTest is Base {
    bytes32 internal constant DESCRIPTION = keccak256("Factors of 2022");

    function setUp() public override {
        super.setUp();
        address[2] memory voters = [holder, staker];
        for (uint256 i = 0; i < voters.length; ++i) {
            vm.prank(voters[i]);
            c.gpuck.delegate(voters[i]);
        }
        vm.warp(START + 1);
    }

    function test_proposal_runsFromVoteToTimelockToEffect() public {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _newFactors();
        vm.prank(holder);
        uint256 id = c.gpuckGovernor.propose(targets, values, calls, "Factors of 2022");
        vm.warp(START + 1 + 1 days + 1);
        vm.prank(holder);
        c.gpuckGovernor.castVote(id, 1);

        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        c.gpuckGovernor.queue(targets, values, calls, DESCRIPTION);
        vm.warp(c.gpuckGovernor.proposalDeadline(id) + 1);
        c.gpuckGovernor.queue(targets, values, calls, DESCRIPTION);
        uint256 eta = c.gpuckGovernor.proposalEta(id);
        vm.assertEq(eta, block.timestamp + 2 days, "the timelock's delay");
        vm.warp(eta - 1);
        vm.expectPartialRevert(bytes4(keccak256("TimelockUnexpectedOperationState(bytes32,bytes32)")));
        c.gpuckGovernor.execute(targets, values, calls, DESCRIPTION);
        vm.warp(eta);
        vm.prank(stranger);
        c.gpuckGovernor.execute(targets, values, calls, DESCRIPTION);
        vm.assertEq(c.emissionFactors.gramsPerKwh(2, EnergySource.Coal), 900, "in force");
    }

    function test_proposal_failsWithoutQuorum() public {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _newFactors();
        vm.prank(staker);
        uint256 id = c.gpuckGovernor.propose(targets, values, calls, "Factors of 2022");
        vm.warp(START + 1 + 1 days + 1);
        vm.prank(staker);
        c.gpuckGovernor.castVote(id, 1);
        vm.warp(c.gpuckGovernor.proposalDeadline(id) + 1);
        vm.assertEq(
            uint256(c.gpuckGovernor.state(id)),
            uint256(IGovernor.ProposalState.Defeated),
            "10 of 600 million are under 4 %"
        );
    }

    function test_vote_thatReachesQuorumLateRunsOn() public {
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _newFactors();
        vm.prank(holder);
        uint256 id = c.gpuckGovernor.propose(targets, values, calls, "Factors of 2022");
        uint256 deadline = c.gpuckGovernor.proposalDeadline(id);
        vm.warp(deadline - 1);
        vm.prank(holder);
        c.gpuckGovernor.castVote(id, 1);
        vm.assertEq(c.gpuckGovernor.proposalDeadline(id), deadline - 1 + 2 days, "two more days");
    }

    function test_timelock_hasNoAdmin() public view {
        bytes32 admin = c.gpuckTimelock.DEFAULT_ADMIN_ROLE();
        vm.assertFalse(c.gpuckTimelock.hasRole(admin, deployer), "deployer");
        vm.assertTrue(c.gpuckTimelock.hasRole(admin, address(c.gpuckTimelock)), "only itself");
        vm.assertTrue(
            c.gpuckTimelock.hasRole(c.gpuckTimelock.PROPOSER_ROLE(), address(c.gpuckGovernor)), "governor proposes"
        );
    }

    function _newFactors()
        private
        view
        returns (address[] memory targets, uint256[] memory values, bytes[] memory calls)
    {
        uint32[] memory set = new uint32[](12);
        for (uint256 i = 1; i < 12; ++i) {
            set[i] = 900;
        }
        targets = new address[](1);
        values = new uint256[](1);
        calls = new bytes[](1);
        targets[0] = address(c.emissionFactors);
        calls[0] = abi.encodeCall(c.emissionFactors.add, ("UNECE 2022", set));
    }
}
