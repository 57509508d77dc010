// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {CertificateClass} from "../../src/carbon/ICarbonCertificate.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Intruder} from "../trade/Traders.sol";
import {TradeBase} from "../trade/TradeBase.sol";
import {TradeHandler} from "./TradeHandler.sol";

/// @title What stays true of orders, the pool and the pair whoever trades, redeems, swaps or comes back in
contract TradeInvariantTest is TradeBase {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 private constant MINTED = 100_000;

    TradeHandler internal handler;
    uint256[] private ids;
    address[] private accounts;

    function setUp() public override {
        super.setUp();
        _settleHours();
        // Four the pool takes; coal, and an hour that is not final, it does not.
        ids.push(_certificate(EnergySource.Solar, 11));
        ids.push(_certificate(EnergySource.Wind, 12));
        ids.push(_certificate(EnergySource.Hydro, 13));
        ids.push(_certificate(EnergySource.Geothermal, 14));
        ids.push(_certificate(EnergySource.Coal, 15));
        uint32 later = uint32(block.timestamp / 1 hours + 10_000);
        ids.push(_pack(CertificateClass(250, EnergySource.Solar, later, MeasurementTier.Metered, 1, 16)));

        Intruder intruder = new Intruder();
        uint256[] memory keys = new uint256[](3);
        for (uint256 i = 0; i < keys.length; ++i) {
            keys[i] = uint256(keccak256(abi.encode("trader", i)));
            accounts.push(vm.addr(keys[i]));
        }
        accounts.push(address(intruder));
        for (uint256 i = 0; i < accounts.length; ++i) {
            vm.prank(holder);
            _gpuck(accounts[i], 1e12);
            _approveAll(accounts[i]);
            for (uint256 j = 0; i < keys.length && j < ids.length; ++j) {
                _mint(accounts[i], ids[j], MINTED);
            }
        }
        handler = new TradeHandler(c, keys, ids, intruder);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev I50. Units and fees not yet retired are the eligible Wh inside, and nothing else is inside.
    function invariant_unitsAreTheEligibleWhInside() public view {
        uint256 inside = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 booked = c.carbonPool.wattHoursOf(ids[i]);
            vm.assertEq(_held(address(c.carbonPool), ids[i]), booked, "the books are the balance");
            if (i >= ids.length - 2) vm.assertEq(booked, 0, "never taken");
            inside += booked;
        }
        vm.assertEq(c.carbonPool.totalSupply() + c.carbonPool.feeUnits(), inside * 1e18, "units = Wh");
        vm.assertEq(c.carbonPool.totalWattHours(), inside, "totalWattHours");
    }

    /// @dev I52. The model of the handler breaks when a dead order fills.
    function invariant_anOrderFillsAtMostItsParts() public view {
        for (uint256 i = 0; i < handler.orderCount(); ++i) {
            TradeHandler.Entry memory entry = handler.entryAt(i);
            (uint256 filledParts, bool cancelled) = c.carbonMarket.orderState(entry.order.maker, entry.hash);
            vm.assertLe(filledParts, entry.order.parts, "parts");
            vm.assertEq(filledParts, entry.filledParts, "what was filled");
            vm.assertTrue(cancelled == entry.cancelled, "cancelled");
        }
    }

    /// @dev I53, I55, I56: every fill moved to the unit what was signed, xy never fell, no receiver came back in.
    function invariant_everyActionEndedAsForetold() public view {
        vm.assertEq(handler.broken(), "", "an action ended otherwise");
    }

    /// @dev I54. What is there beyond the books was given on purpose by somebody.
    function invariant_nothingIsLeftOver() public view {
        address market = address(c.carbonMarket);
        address pool = address(c.carbonPool);
        address pair = address(c.carbonPair);
        (uint256 gpuck, uint256 units) = c.carbonPair.reserves();
        vm.assertEq(_wei(market), handler.donatedWei(market), "market's wei");
        vm.assertEq(c.carbonPool.balanceOf(market), handler.donatedUnits(market), "market's units");
        vm.assertEq(_wei(pool), handler.donatedWei(pool), "pool's wei");
        vm.assertEq(c.carbonPool.balanceOf(pool), handler.donatedUnits(pool), "pool's units");
        vm.assertEq(_wei(pair), gpuck + handler.donatedWei(pair), "pair's wei");
        vm.assertEq(c.carbonPool.balanceOf(pair), units + handler.donatedUnits(pair), "pair's units");
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.assertEq(_held(market, ids[i]) + _held(pair, ids[i]), 0, "Wh");
        }
    }

    /// @dev I44, as far as trade reaches. Minted is held, pooled or retired.
    function invariant_noWhVanishes() public view {
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 sum = _held(address(c.carbonPool), ids[i]) + c.carbonCertificate.totalRetired(ids[i]);
            for (uint256 j = 0; j < accounts.length; ++j) {
                sum += _held(accounts[j], ids[i]);
            }
            vm.assertEq(sum, 3 * MINTED, "Wh");
        }
    }

    /// @dev I55. Liquidity is never worth nothing: somebody's last exit leaves the locked part.
    function invariant_reservesStandBehindLiquidity() public view {
        (uint256 gpuck, uint256 units) = c.carbonPair.reserves();
        uint256 supply = c.carbonPair.totalSupply();
        vm.assertTrue((supply == 0) == (gpuck == 0) && (supply == 0) == (units == 0), "all or none");
        vm.assertGe(gpuck * units, supply * supply, "xy is at least liquidity squared");
    }
}
