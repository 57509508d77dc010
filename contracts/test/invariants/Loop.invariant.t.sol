// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Base} from "../Base.t.sol";
import {LoopHandler} from "./LoopHandler.sol";

/// @title What stays true through any sequence of staking, working, proving, slashing and settling
contract LoopInvariantTest is Base {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    LoopHandler internal handler;

    function setUp() public override {
        super.setUp();
        address[] memory operators = new address[](2);
        (operators[0], operators[1]) = (operator, otherStaker);
        for (uint256 i = 0; i < operators.length; ++i) {
            uint48 nodeId = _register(operators[i], EnergySource(1 + i), uint16(2_500 * i));
            _stake(operators[i], nodeId, 20_000 ether);
            c.nodeRegistry.activate(nodeId);
        }
        address[] memory stakers = new address[](4);
        (stakers[0], stakers[1], stakers[2], stakers[3]) = (operator, otherStaker, staker, verifier);
        handler = new LoopHandler(c, operators, stakers, requester);
    }

    function _parameters() internal view override returns (Parameters memory p) {
        p = super._parameters();
        p.durations.unbonding = 3 days;
        (p.durations.round, p.durations.evidenceAge, p.durations.response) = (1 hours, 1 days, 12 hours);
        (p.durations.ruling, p.durations.appeal) = (12 hours, 12 hours);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    function invariant_vaultHoldsWhatItsBooksSay() public view {
        uint256 pools = c.stakeVault.stakeBehind(1) + c.stakeVault.stakeBehind(2);
        address vault = address(c.stakeVault);
        vm.assertEq(c.gpuck.balanceOf(vault), pools + handler.donated(vault), "balance");
    }

    function invariant_claimsNeverExceedThePools() public view {
        for (uint48 nodeId = 1; nodeId <= 2; ++nodeId) {
            (uint256 active, uint256 unbonding, uint256 shares) = handler.claims(nodeId);
            vm.assertLe(active, c.stakeVault.activeStake(nodeId), "active");
            vm.assertLe(unbonding, c.stakeVault.unbondingStake(nodeId), "unbonding");
            vm.assertEq(shares, c.stakeVault.totalShares(nodeId), "shares");
        }
    }

    function invariant_marketHoldsTheEscrow() public view {
        vm.assertEq(c.computeMarket.escrowed(), handler.expectedEscrow(), "escrow = open cells * fee");
        vm.assertEq(
            c.gpuck.balanceOf(address(c.computeMarket)),
            c.computeMarket.escrowed() + handler.donated(address(c.computeMarket)),
            "balance"
        );
    }

    function invariant_supplyIsMintedLessBurned() public view {
        vm.assertEq(c.gpuck.totalSupply(), c.gpuck.minted() - c.gpuck.burned(), "supply");
        vm.assertLe(c.gpuck.totalSupply(), c.gpuck.cap(), "cap");
    }

    function invariant_sharePriceFallsOnlyBySlash() public view {
        vm.assertFalse(handler.priceFell(), "price fell without a slash");
    }

    function invariant_certificatesAreHeldByOperatorsOnly() public view {
        vm.assertEq(handler.heldWh(), handler.settledWh(), "Wh minted = Wh settled");
    }

    /// @dev After every sequence everyone leaves, and nobody is stuck.
    function afterInvariant() public {
        handler.everyoneLeaves();
        for (uint48 nodeId = 1; nodeId <= 2; ++nodeId) {
            vm.assertEq(c.stakeVault.totalShares(nodeId), 0, "no shares left");
        }
        vm.assertEq(
            c.gpuck.balanceOf(address(c.stakeVault)),
            c.stakeVault.stakeBehind(1) + c.stakeVault.stakeBehind(2) + handler.donated(address(c.stakeVault)),
            "only dust stays"
        );
    }
}
