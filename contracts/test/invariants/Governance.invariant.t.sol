// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {VotingFixture} from "../governance/VotingFixture.sol";
import {GovernanceHandler} from "./GovernanceHandler.sol";

/// @title What stays true of votes, the timelock and the guardian through any sequence of stakes, votes and pauses
contract GovernanceInvariantTest is VotingFixture {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    GovernanceHandler internal handler;

    function setUp() public override {
        super.setUp();
        address[] memory voters = new address[](4);
        (voters[0], voters[1], voters[2], voters[3]) = (holder, operator, staker, otherStaker);
        vm.prank(holder);
        c.gpuck.approve(address(c.stakeVault), type(uint256).max);
        handler = new GovernanceHandler(c, voters, council);
    }

    function _parameters() internal view override returns (Parameters memory p) {
        p = super._parameters();
        (p.voting.delaySeconds, p.voting.periodSeconds, p.voting.lateQuorumSeconds) = (1 hours, 1 days, 12 hours);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev The invariants would say nothing if no proposal ever got through.
    function test_handler_bringsAProposalToItsEffect() public {
        handler.propose(5);
        handler.vote(0, 0, FOR, 3);
        handler.vote(0, 2, AGAINST, 3);
        for (uint256 i = 0; i < 3; ++i) {
            handler.advance(0);
        }
        vm.assertEq(handler.executed(), 1, "executed");
        vm.assertEq(handler.overrides(), 4, "overrides");
        vm.assertEq(c.gpuckTimelock.getMinDelay(), 1 hours + 5, "the new delay");
    }

    /// @dev I6. Wallet, own node and overrides together.
    function invariant_weightsNeverExceedTheSupply() public view {
        uint256[] memory ids = handler.proposalIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 snapshot = c.gpuckGovernor.proposalSnapshot(ids[i]);
            if (snapshot >= block.timestamp) continue;
            (uint256 against, uint256 inFavour, uint256 abstain) = c.gpuckGovernor.proposalVotes(ids[i]);
            vm.assertLe(against + inFavour + abstain, c.gpuck.getPastTotalSupply(snapshot), "weights");
        }
    }

    /// @dev I6.
    function invariant_overridesNeverExceedTheNodesStake() public view {
        uint256[] memory ids = handler.proposalIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 snapshot = c.gpuckGovernor.proposalSnapshot(ids[i]);
            if (snapshot >= block.timestamp) continue;
            for (uint48 node = 1; node <= 2; ++node) {
                vm.assertLe(
                    c.gpuckGovernor.overriddenVotes(ids[i], node), c.stakedVotes.nodeVotes(node, snapshot), "overridden"
                );
            }
        }
    }

    /// @dev I57 and I58. `broken` tells of an execution before its time, and of funds that the guardian moved.
    function invariant_nothingComesEarlyAndTheGuardianMovesNothing() public view {
        vm.assertEq(handler.broken(), "", "broken");
    }

    /// @dev I57.
    function invariant_theTimelocksDelayChangesByProposalAlone() public view {
        vm.assertEq(c.gpuckTimelock.getMinDelay(), handler.expectedDelay(), "delay");
    }

    /// @dev I59. After every sequence, with entry shut, whoever has stake gets out.
    function afterInvariant() public {
        if (block.timestamp >= c.stakeVault.pausedUntil() + 14 days || c.stakeVault.pausedUntil() == 0) {
            vm.prank(council);
            c.guardian.pauseEntry(address(c.stakeVault));
        }
        uint256 shares = c.stakeVault.sharesOf(nodeId, staker);
        if (shares == 0) return;
        vm.prank(staker);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, shares);
        vm.warp(block.timestamp + c.terms.unbondingSeconds());
        vm.prank(staker);
        vm.assertGt(c.stakeVault.withdraw(requestId, staker), 0, "paid in a pause");
    }
}
