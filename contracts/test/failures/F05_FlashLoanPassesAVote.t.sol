// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {vm} from "../../script/Vm.sol";
import {GpuckTimelock} from "../../src/governance/GpuckTimelock.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {VotingFixture} from "../governance/VotingFixture.sol";

/// @title F5: borrowed tokens pass a proposal within one transaction (Beanstalk, April 2022)
contract F05FlashLoanPassesAVote is VotingFixture {
    /// @dev Borrow, propose, vote, execute, give back: all in one second, without holding a token before or after.
    function test_attack_governanceOnPresentBalances_isTakenOver() public {
        PresentBalanceGovernance weak = new PresentBalanceGovernance();
        weak.mint(address(this), 600);
        weak.lend(stranger, 400);
        vm.startPrank(stranger);
        weak.vote(bytes32("send the treasury to me"));
        weak.execute(bytes32("send the treasury to me"), stranger);
        weak.lend(address(this), 400);
        vm.stopPrank();
        vm.assertEq(weak.treasuryOwner(), stranger, "taken over");
        vm.assertEq(weak.balanceOf(stranger), 0, "with nothing of its own");
    }

    /// @dev Everything borrowed in one second, in a wallet and staked behind a node of its own: no proposal, no vote.
    function test_defence_thisSecondsTokensHaveNoVote() public {
        Proposal memory p = _openProposal();
        vm.warp(block.timestamp + 1 hours);
        vm.prank(holder);
        _gpuck(verifier, 500_000_000 ether);
        vm.startPrank(verifier);
        c.gpuck.delegate(verifier);
        uint48 own = c.nodeRegistry.register(_profile(EnergySource.Hydro, 0));
        c.gpuck.approve(address(c.stakeVault), type(uint256).max);
        c.stakeVault.stake(own, 100_000_000 ether, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, verifier, 0, 100_000 ether)
        );
        c.gpuckGovernor.propose(p.targets, p.values, p.calls, "another");
        vm.assertEq(c.gpuckGovernor.castVote(p.id, FOR), 0, "a vote without weight");
        vm.stopPrank();
        _assertVotes(p.id, 0, 0, 0);
    }

    /// @dev Nobody can even read votes of the running second, in the wallet or staked.
    function test_defence_votesOfTheRunningSecondCannotBeRead() public {
        vm.expectPartialRevert(bytes4(keccak256("ERC5805FutureLookup(uint256,uint48)")));
        c.gpuck.getPastVotes(holder, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotPast.selector, block.timestamp));
        c.stakedVotes.nodeVotes(nodeId, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotPast.selector, block.timestamp));
        c.stakedVotes.votesOf(nodeId, staker, block.timestamp);
    }

    /// @dev Whoever does hold the votes still waits: for the vote to begin, to end, and for the timelock, which is
    /// never 0.
    function test_defence_whatPassesStillWaits() public {
        Proposal memory p = _propose(holder, address(c.gpuck), "");
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _vote(holder, p.id, FOR);
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(GpuckTimelock.DelayOutOfBounds.selector, 0, 1 days, 30 days));
        vm.prank(address(c.gpuckTimelock));
        c.gpuckTimelock.updateDelay(0);
    }
}

/// @dev Votes are the balance now, and what passes is executed at once.
contract PresentBalanceGovernance {
    mapping(address account => uint256) public balanceOf;
    mapping(bytes32 proposal => uint256) private _votes;
    uint256 private _supply;
    address public treasuryOwner;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
        _supply += amount;
    }

    function lend(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function vote(bytes32 proposal) external {
        _votes[proposal] += balanceOf[msg.sender];
    }

    function execute(bytes32 proposal, address owner) external {
        require(_votes[proposal] * 2 > _supply, "not passed");
        treasuryOwner = owner;
    }
}
