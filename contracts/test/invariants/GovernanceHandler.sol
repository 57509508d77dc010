// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Contracts} from "../../script/Contracts.sol";
import {vm} from "../../script/Vm.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";

/// @title Random but legal moves of voters, stakers, and a council that stops what it can
/// @dev Every action ends without a revert: an illegal draw is turned into a legal one or into nothing. What must never
/// happen is tried too, and sets `broken` when it does. Ways out of the vault are taken whether it is paused or not.
contract GovernanceHandler {
    struct Proposal {
        uint256 id;
        uint256 newDelay;
        uint256 earliest;
    }

    string public broken;
    uint256 public expectedDelay;
    uint256 public executed;
    uint256 public overrides;

    Contracts private c;
    address[] private _voters;
    address private _council;
    Proposal[] private _proposals;
    uint256[] private _requests;
    address[] private _watched;

    /// @param voters the first may propose and hold a quorum; some of them operate nodes 1 and 2.
    constructor(Contracts memory contracts, address[] memory voters, address council) {
        c = contracts;
        _voters = voters;
        _council = council;
        expectedDelay = contracts.gpuckTimelock.getMinDelay();
        address[] memory deployed = contracts.addresses();
        for (uint256 i = 0; i < deployed.length + voters.length; ++i) {
            _watched.push(i < deployed.length ? deployed[i] : voters[i - deployed.length]);
        }
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](14);
        list[0] = this.delegate.selector;
        list[1] = this.transfer.selector;
        list[2] = this.stake.selector;
        list[3] = this.unbond.selector;
        list[4] = this.withdraw.selector;
        list[5] = this.propose.selector;
        list[6] = this.vote.selector;
        list[7] = this.vote.selector;
        list[8] = this.vote.selector;
        list[9] = this.advance.selector;
        list[10] = this.advance.selector;
        list[11] = this.cancel.selector;
        list[12] = this.pause.selector;
        list[13] = this.pass.selector;
    }

    /// @dev I58. What the council does moves no GPUCK and no stake.
    modifier movesNothing() {
        bytes32 before = _holdings();
        _;
        if (_holdings() != before) broken = "the guardian moved funds";
    }

    function delegate(uint256 who, uint256 to) external {
        vm.prank(_voter(who));
        c.gpuck.delegate(_voter(to));
    }

    function transfer(uint256 who, uint256 to, uint256 amount) external {
        amount %= c.gpuck.balanceOf(_voter(who)) / 10 + 1;
        vm.prank(_voter(who));
        require(c.gpuck.transfer(_voter(to), amount), "transfer");
    }

    function stake(uint256 who, uint256 node, uint256 amount) external {
        uint256 purse = c.gpuck.balanceOf(_voter(who)) / 4;
        if (purse < 1 ether || block.timestamp < c.stakeVault.pausedUntil()) return;
        vm.prank(_voter(who));
        c.stakeVault.stake(uint48(1 + node % 2), 1 ether + amount % (purse - 1 ether + 1), 0);
    }

    /// @dev I59.
    function unbond(uint256 who, uint256 node, uint256 shares) external {
        uint256 held = c.stakeVault.sharesOf(uint48(1 + node % 2), _voter(who));
        if (held == 0) return;
        vm.prank(_voter(who));
        _requests.push(c.stakeVault.requestUnbond(uint48(1 + node % 2), 1 + shares % held));
    }

    /// @dev I59.
    function withdraw(uint256 which) external {
        if (_requests.length == 0) return;
        uint256 requestId = _requests[which % _requests.length];
        // owner << 96 | node << 48 | maturity
        if (block.timestamp < uint48(requestId) || c.stakeVault.request(requestId).shares == 0) return;
        address owner = address(uint160(requestId >> 96));
        vm.prank(owner);
        c.stakeVault.withdraw(requestId, owner);
    }

    /// @dev Proposes another delay of the timelock itself.
    function propose(uint256 delay) external {
        if (c.gpuckGovernor.getVotes(_voters[0], block.timestamp - 1) < c.gpuckGovernor.proposalThreshold()) return;
        Proposal memory proposal = Proposal(0, 1 hours + delay % 2 days, 0);
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _calls(proposal);
        vm.prank(_voters[0]);
        proposal.id = c.gpuckGovernor.propose(targets, values, calls, _description(_proposals.length));
        _proposals.push(proposal);
    }

    function vote(uint256 which, uint256 who, uint8 support, uint8 nodes) external {
        if (_proposals.length == 0) return;
        uint256 id = _proposals[which % _proposals.length].id;
        address voter = _voter(who);
        if (c.gpuckGovernor.state(id) == IGovernor.ProposalState.Pending) {
            vm.warp(c.gpuckGovernor.proposalSnapshot(id) + 1);
        }
        if (c.gpuckGovernor.state(id) != IGovernor.ProposalState.Active) return;
        if (c.gpuckGovernor.hasVoted(id, voter)) return;
        uint48[] memory named = _named(voter, nodes);
        overrides += named.length;
        vm.prank(voter);
        c.gpuckGovernor.castVoteWithReasonAndParams(id, support % 3, "", abi.encode(named));
    }

    /// @dev One step for one proposal, with the time it takes; before each, an attempt to take it too early.
    function advance(uint256 which) external {
        if (_proposals.length == 0) return;
        which %= _proposals.length;
        Proposal storage proposal = _proposals[which];
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _calls(proposal);
        bytes32 hash = keccak256(bytes(_description(which)));
        IGovernor.ProposalState state = c.gpuckGovernor.state(proposal.id);
        if (state == IGovernor.ProposalState.Active) {
            vm.warp(c.gpuckGovernor.proposalDeadline(proposal.id) + 1);
        } else if (state == IGovernor.ProposalState.Succeeded) {
            c.gpuckGovernor.queue(targets, values, calls, hash);
            proposal.earliest = block.timestamp + c.gpuckTimelock.getMinDelay();
        } else if (state == IGovernor.ProposalState.Queued) {
            if (block.timestamp < proposal.earliest) {
                vm.warp(proposal.earliest - 1);
                (bool early,) = address(c.gpuckGovernor)
                    .call(abi.encodeCall(c.gpuckGovernor.execute, (targets, values, calls, hash)));
                if (early) broken = "executed before its time";
                vm.warp(proposal.earliest);
            }
            c.gpuckGovernor.execute(targets, values, calls, hash);
            expectedDelay = proposal.newDelay;
            ++executed;
        }
    }

    function cancel(uint256 which, uint256 dice) external movesNothing {
        if (_proposals.length == 0 || dice % 4 != 0) return;
        which %= _proposals.length;
        Proposal memory proposal = _proposals[which];
        IGovernor.ProposalState state = c.gpuckGovernor.state(proposal.id);
        if (state == IGovernor.ProposalState.Canceled || state == IGovernor.ProposalState.Executed) return;
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) = _calls(proposal);
        vm.prank(_council);
        c.guardian.cancel(targets, values, calls, keccak256(bytes(_description(which))));
        if (c.gpuckGovernor.state(proposal.id) != IGovernor.ProposalState.Canceled) broken = "not cancelled";
    }

    function pause(uint256 which) external movesNothing {
        address[6] memory doors = [
            address(c.stakeVault),
            address(c.computeMarket),
            address(c.faultCourt),
            address(c.carbonMarket),
            address(c.carbonPool),
            address(c.carbonPair)
        ];
        IEntryPause door = IEntryPause(doors[which % doors.length]);
        uint256 until = door.pausedUntil();
        vm.startPrank(_council);
        if (block.timestamp < until) {
            c.guardian.openEntry(address(door));
        } else if (until == 0 || block.timestamp >= until + 14 days) {
            c.guardian.pauseEntry(address(door));
            if (door.pausedUntil() > block.timestamp + 14 days) broken = "paused for too long";
        }
        vm.stopPrank();
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + 1 + time % 2 days);
    }

    function proposalIds() external view returns (uint256[] memory ids) {
        ids = new uint256[](_proposals.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            ids[i] = _proposals[i].id;
        }
    }

    function _calls(Proposal memory proposal)
        private
        view
        returns (address[] memory targets, uint256[] memory values, bytes[] memory calls)
    {
        (targets, values, calls) = (new address[](1), new uint256[](1), new bytes[](1));
        targets[0] = address(c.gpuckTimelock);
        calls[0] = abi.encodeCall(c.gpuckTimelock.updateDelay, (proposal.newDelay));
    }

    function _description(uint256 index) private pure returns (string memory) {
        return string.concat("Proposal ", vm.toString(index));
    }

    /// @dev Bit 0 names node 1, bit 1 node 2; one's own is left out.
    function _named(address voter, uint8 nodes) private view returns (uint48[] memory list) {
        uint48 own = c.nodeRegistry.nodeOf(voter);
        bool first = nodes & 1 != 0 && own != 1;
        bool second = nodes & 2 != 0 && own != 2;
        list = new uint48[]((first ? 1 : 0) + (second ? 1 : 0));
        if (first) list[0] = 1;
        if (second) list[list.length - 1] = 2;
    }

    function _holdings() private view returns (bytes32 hash) {
        for (uint256 i = 0; i < _watched.length; ++i) {
            hash = keccak256(abi.encode(hash, c.gpuck.balanceOf(_watched[i])));
        }
        return keccak256(abi.encode(hash, c.stakeVault.stakeBehind(1), c.stakeVault.stakeBehind(2)));
    }

    function _voter(uint256 index) private view returns (address) {
        return _voters[index % _voters.length];
    }
}
