// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";
import {TokenHandler} from "./TokenHandler.sol";

/// @title What stays true of GPUCK through any sequence of transfers, burns, delegations, fees and emissions
contract TokenInvariantTest is Base {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 internal constant GENESIS_SUPPLY = 600_000_000 ether;

    TokenHandler internal handler;
    address[] internal holders;

    function setUp() public override {
        super.setUp();
        _activeNode(10_000 ether, 1_000);
        holders = [holder, requester, operator, staker, otherStaker, verifier];
        handler = new TokenHandler(c, holders, requester, operator);
    }

    function _parameters() internal view override returns (Parameters memory p) {
        p = super._parameters();
        p.durations.challenge = 60;
        p.epochBudgetWei = 50_000 ether;
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev I1. Every account that can have received GPUCK: the people and the contracts.
    function invariant_balancesAddUpToTheSupply() public view {
        uint256 sum = 0;
        for (uint256 i = 0; i < holders.length; ++i) {
            sum += c.gpuck.balanceOf(holders[i]);
        }
        address[] memory contracts = c.addresses();
        for (uint256 i = 0; i < contracts.length; ++i) {
            sum += c.gpuck.balanceOf(contracts[i]);
        }
        vm.assertEq(sum, c.gpuck.totalSupply(), "sum of balances");
    }

    /// @dev I2. `broken` also tells of a counter that fell, and of a mint that was not the emission's.
    function invariant_supplyIsMintedLessBurned() public view {
        vm.assertEq(c.gpuck.totalSupply(), c.gpuck.minted() - c.gpuck.burned(), "minted - burned");
        vm.assertEq(c.gpuck.minted(), GENESIS_SUPPLY + handler.emitted(), "genesis and emission");
    }

    /// @dev I3.
    function invariant_supplyStaysUnderTheCap() public view {
        vm.assertLe(c.gpuck.totalSupply(), c.gpuck.cap(), "cap");
    }

    /// @dev I4 and S5. Nobody but the emission mints, nobody moves another's tokens, every transfer is exact.
    function invariant_nobodyMintsOrTakesWithoutARight() public view {
        vm.assertEq(handler.broken(), "", "broken");
    }

    /// @dev I6.
    function invariant_votesAreTheSupplyOfThoseWhoDelegate() public view {
        uint256 votes = 0;
        uint256 delegated = 0;
        for (uint256 i = 0; i < holders.length; ++i) {
            votes += c.gpuck.getVotes(holders[i]);
            if (c.gpuck.delegates(holders[i]) != address(0)) delegated += c.gpuck.balanceOf(holders[i]);
        }
        vm.assertEq(votes, delegated, "votes");
    }

    /// @dev I6.
    function invariant_pastVotesNeverChange() public view {
        TokenHandler.Sample[] memory samples = handler.samples();
        for (uint256 i = 0; i < samples.length; ++i) {
            uint256 timestamp = samples[i].timestamp;
            vm.assertEq(c.gpuck.getPastVotes(samples[i].account, timestamp), samples[i].votes, "votes");
            vm.assertEq(c.gpuck.getPastTotalSupply(timestamp), samples[i].supply, "supply");
        }
    }

    /// @dev I34. Nine tenths of what settlements burned, at most, and never over the schedule; so the supply never
    /// passes what it was at genesis.
    function invariant_emissionFollowsALargerBurn() public view {
        vm.assertLe(handler.emitted() * 10, c.emission.burnedCounted() * 9, "nine tenths of the counted burn");
        vm.assertLe(c.emission.burnedCounted(), c.computeMarket.feesBurned(), "counted once");
        vm.assertLe(c.gpuck.totalSupply(), GENESIS_SUPPLY, "never over genesis");
        uint256 scheduled = 0;
        for (uint256 epoch = 0; epoch < c.emission.nextEpoch(); ++epoch) {
            scheduled += c.emission.budget(epoch);
        }
        vm.assertLe(handler.emitted(), scheduled, "the schedule");
    }
}
