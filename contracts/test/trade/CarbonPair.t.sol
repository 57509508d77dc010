// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {ICarbonPair} from "../../src/carbon/ICarbonPair.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {Shares} from "../../src/governance/ITerms.sol";
import {TradeBase} from "./TradeBase.sol";

contract CarbonPairTest is TradeBase {
    uint256 private deadline;

    function setUp() public override {
        super.setUp();
        _settleHours();
        deadline = block.timestamp;
        _deposit(maker, solar, 500_000);
        _deposit(taker, wind, 500_000);
    }

    // --- liquidity ---------------------------------------------------------------------------------------------------

    function test_addLiquidity_theFirstSetsThePrice() public {
        vm.expectEmit(address(c.carbonPair));
        emit ICarbonPair.LiquidityAdded(maker, 4_000 ether, 1_000 ether, 2_000 ether - 1_000);
        (uint256 gpuck, uint256 units, uint256 liquidity) = _add(maker, 4_000 ether, 1_000 ether, 2_000 ether - 1_000);
        vm.assertEq(gpuck, 4_000 ether, "gpuck");
        vm.assertEq(units, 1_000 ether, "units");
        vm.assertEq(liquidity, 2_000 ether - 1_000, "liquidity");
        vm.assertEq(c.carbonPair.balanceOf(address(0xdead)), 1_000, "locked");
        vm.assertEq(c.carbonPair.totalSupply(), 2_000 ether, "supply");
        _assertReserves(4_000 ether, 1_000 ether);
        vm.assertEq(_wei(address(c.carbonPair)), 4_000 ether, "held");
        vm.assertEq(c.carbonPool.balanceOf(address(c.carbonPair)), 1_000 ether, "held units");
    }

    function test_addLiquidity_revertsForTooLittleAtFirst() public {
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.TooLittle.selector, 1_000, 1_001));
        _add(maker, 1_000, 1_000, 0);
        (,, uint256 liquidity) = _add(maker, 1_001, 1_001, 1);
        vm.assertEq(liquidity, 1, "one more is enough");
    }

    function test_addLiquidity_keepsThePrice() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        (uint256 gpuck, uint256 units, uint256 liquidity) = _add(taker, 400 ether, 500 ether, 200 ether);
        vm.assertEq(gpuck, 400 ether, "all the GPUCK");
        vm.assertEq(units, 100 ether, "units to match");
        vm.assertEq(liquidity, 200 ether, "a tenth more");
        (gpuck, units,) = _add(taker, 500 ether, 100 ether, 0);
        vm.assertEq(gpuck, 400 ether, "GPUCK to match");
        vm.assertEq(units, 100 ether, "all the units");
        _assertReserves(4_800 ether, 1_200 ether);
        vm.assertEq(c.carbonPair.balanceOf(taker), 400 ether, "liquidity");
    }

    /// @dev Whoever adds never gets more than it brings: both sides round up, liquidity down.
    function testFuzz_addLiquidity_thenRemoveNeverGains(uint256 x, uint256 y, uint256 gpuckIn, uint256 unitsIn) public {
        _add(maker, bound(x, 1e6, 900_000 ether), bound(y, 1e6, 400_000 ether), 0);
        uint256 weiBefore = _wei(taker);
        uint256 unitsBefore = c.carbonPool.balanceOf(taker);
        vm.startPrank(taker);
        try c.carbonPair
        .addLiquidity(bound(gpuckIn, 1, 900_000 ether), bound(unitsIn, 1, 400_000 ether), 0, deadline) returns (
            uint256, uint256, uint256 liquidity
        ) {
            c.carbonPair.removeLiquidity(liquidity, 0, 0, deadline);
        } catch (bytes memory reason) {
            vm.assertEq(bytes4(reason), ICarbonPair.ZeroAmount.selector, "too little to be worth any liquidity");
        }
        vm.stopPrank();
        vm.assertLe(_wei(taker), weiBefore, "wei");
        vm.assertLe(c.carbonPool.balanceOf(taker), unitsBefore, "units");
    }

    function test_addLiquidity_revertsBelowTheMinimum() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.TooLittle.selector, 200 ether, 200 ether + 1));
        _add(taker, 400 ether, 500 ether, 200 ether + 1);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.ZeroAmount.selector));
        _add(taker, 1, 0, 0);
    }

    /// @dev F2: a first depositor and a donation take nothing from the second, for donations are not on the books.
    function test_donation_movesNoPriceAndTakesNothing() public {
        _add(maker, 1_001, 1_001, 0);
        vm.startPrank(maker);
        c.gpuck.transfer(address(c.carbonPair), 1_000 ether);
        c.carbonPool.transfer(address(c.carbonPair), 1_000 ether);
        vm.stopPrank();
        _assertReserves(1_001, 1_001);
        (,, uint256 liquidity) = _add(taker, 10 ether, 10 ether, 10 ether);
        vm.prank(taker);
        (uint256 gpuck, uint256 units) = c.carbonPair.removeLiquidity(liquidity, 0, 0, deadline);
        vm.assertEq(gpuck, 10 ether, "gpuck");
        vm.assertEq(units, 10 ether, "units");
    }

    function test_removeLiquidity_givesItsShareOfBoth() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        vm.expectEmit(address(c.carbonPair));
        emit ICarbonPair.LiquidityRemoved(maker, 1_000 ether, 250 ether, 500 ether);
        vm.prank(maker);
        (uint256 gpuck, uint256 units) = c.carbonPair.removeLiquidity(500 ether, 1_000 ether, 250 ether, deadline);
        vm.assertEq(gpuck, 1_000 ether, "gpuck");
        vm.assertEq(units, 250 ether, "units");
        _assertReserves(3_000 ether, 750 ether);
        vm.assertEq(_wei(maker), 1_000_000 ether - 3_000 ether, "wei");
        vm.assertEq(c.carbonPair.totalSupply(), 1_500 ether, "supply");
    }

    function test_removeLiquidity_lastOutLeavesTheLockedPart() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        vm.prank(maker);
        c.carbonPair.removeLiquidity(2_000 ether - 1_000, 0, 0, deadline);
        _assertReserves(2_000, 500);
        (,, uint256 liquidity) = _add(taker, 4_000 ether, 1_000 ether, 0);
        vm.assertEq(liquidity, 2_000 ether, "the next one goes on from there");
    }

    function test_removeLiquidity_revertsBelowEitherMinimum() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        vm.startPrank(maker);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.TooLittle.selector, 1_000 ether, 1_000 ether + 1));
        c.carbonPair.removeLiquidity(500 ether, 1_000 ether + 1, 0, deadline);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.TooLittle.selector, 250 ether, 250 ether + 1));
        c.carbonPair.removeLiquidity(500 ether, 0, 250 ether + 1, deadline);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.ZeroAmount.selector));
        c.carbonPair.removeLiquidity(0, 0, 0, deadline);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientBalance(address,uint256,uint256)")));
        c.carbonPair.removeLiquidity(2_000 ether, 0, 0, deadline);
        vm.stopPrank();
    }

    // --- swaps -------------------------------------------------------------------------------------------------------

    /// @dev 40 · 0.997 · 1,000 / (4,000 + 40 · 0.997), rounded down.
    function test_buy_givesWhatTheProductAllows() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        uint256 expected = uint256(39.88 ether) * 1_000 ether / 4_039.88 ether;
        vm.assertEq(c.carbonPair.quoteBuy(40 ether), expected, "quote");
        vm.expectEmit(address(c.carbonPair));
        emit ICarbonPair.Bought(taker, stranger, 40 ether, expected);
        vm.prank(taker);
        vm.assertEq(c.carbonPair.buy(40 ether, expected, stranger, deadline), expected, "returned");
        vm.assertEq(c.carbonPool.balanceOf(stranger), expected, "received");
        vm.assertEq(_wei(taker), 1_000_000 ether - 40 ether, "paid");
        _assertReserves(4_040 ether, 1_000 ether - expected);
    }

    function test_sell_givesWhatTheProductAllows() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        uint256 expected = uint256(9.97 ether) * 4_000 ether / 1_009.97 ether;
        vm.assertEq(c.carbonPair.quoteSell(10 ether), expected, "quote");
        vm.expectEmit(address(c.carbonPair));
        emit ICarbonPair.Sold(taker, stranger, 10 ether, expected);
        vm.prank(taker);
        vm.assertEq(c.carbonPair.sell(10 ether, expected, stranger, deadline), expected, "returned");
        vm.assertEq(_wei(stranger), expected, "received");
        vm.assertEq(c.carbonPool.balanceOf(taker), 500_000 ether - 10 ether, "paid");
        _assertReserves(4_000 ether - expected, 1_010 ether);
    }

    function test_swap_takesTheFeeInForce() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        Shares memory shares = c.terms.shares();
        shares.swapBps = 0;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setShares(shares);
        vm.assertEq(c.carbonPair.quoteBuy(4_000 ether), 500 ether, "no fee: half of it for as much again");
        shares.swapBps = 100;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setShares(shares);
        vm.assertEq(c.carbonPair.quoteBuy(4_000 ether), uint256(3_960 ether) * 1_000 ether / 7_960 ether, "1 %");
    }

    /// @dev I55, over all reserves and amounts: the product grows by at least the fee's part, there and back loses.
    function testFuzz_swap_productNeverFallsAndBackLoses(uint256 x, uint256 y, uint256 amount) public {
        _add(maker, bound(x, 1e6, 900_000 ether), bound(y, 1e6, 400_000 ether), 0);
        (uint256 gpuck, uint256 units) = c.carbonPair.reserves();
        amount = bound(amount, 1, 900_000 ether);
        uint256 out = c.carbonPair.quoteBuy(amount);
        if (out == 0) return;
        vm.startPrank(taker);
        c.carbonPair.buy(amount, out, taker, deadline);
        (uint256 gpuckAfter, uint256 unitsAfter) = c.carbonPair.reserves();
        // Net of the fee: even what came in less 30/10,000 of it keeps the product.
        vm.assertGe((gpuckAfter * 10_000 - amount * 30) * unitsAfter, gpuck * units * 10_000, "product");
        uint256 back = c.carbonPair.quoteSell(out);
        vm.assertLt(back, amount, "there and back");
        if (back != 0) c.carbonPair.sell(out, back, taker, deadline);
        (uint256 gpuckEnd, uint256 unitsEnd) = c.carbonPair.reserves();
        vm.assertGe(gpuckEnd * unitsEnd, gpuckAfter * unitsAfter, "product, back");
        vm.stopPrank();
    }

    function test_swap_revertsBelowTheMinimum() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        uint256 bought = c.carbonPair.quoteBuy(1 ether);
        uint256 sold = c.carbonPair.quoteSell(1 ether);
        vm.startPrank(taker);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.TooLittle.selector, bought, bought + 1));
        c.carbonPair.buy(1 ether, bought + 1, taker, deadline);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.TooLittle.selector, sold, sold + 1));
        c.carbonPair.sell(1 ether, sold + 1, taker, deadline);
        vm.stopPrank();
    }

    function test_swap_revertsForNothing() public {
        vm.assertEq(c.carbonPair.quoteBuy(1 ether), 0, "without reserves");
        vm.assertEq(c.carbonPair.quoteSell(1 ether), 0, "without reserves");
        vm.startPrank(taker);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.ZeroAmount.selector));
        c.carbonPair.buy(1 ether, 0, taker, deadline);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.ZeroAmount.selector));
        c.carbonPair.sell(1 ether, 0, taker, deadline);
        vm.stopPrank();
        _add(maker, 4_000 ether, 1_000 ether, 0);
        vm.startPrank(taker);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.ZeroAmount.selector));
        c.carbonPair.buy(0, 0, taker, deadline);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPair.ZeroAmount.selector));
        c.carbonPair.buy(1, 0, taker, deadline);
        vm.stopPrank();
    }

    function test_deadline_isTheLastSecond() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        vm.prank(taker);
        c.carbonPair.buy(1 ether, 0, taker, deadline);
        vm.warp(deadline + 1);
        bytes memory passed = abi.encodeWithSelector(ICarbonPair.DeadlinePassed.selector, deadline);
        vm.startPrank(maker);
        vm.expectRevert(passed);
        c.carbonPair.buy(1 ether, 0, maker, deadline);
        vm.expectRevert(passed);
        c.carbonPair.sell(1 ether, 0, maker, deadline);
        vm.expectRevert(passed);
        c.carbonPair.addLiquidity(1 ether, 1 ether, 0, deadline);
        vm.expectRevert(passed);
        c.carbonPair.removeLiquidity(1 ether, 0, 0, deadline);
        vm.stopPrank();
    }

    /// @dev F22: what does not fit the books is refused, not cut off.
    function test_reserves_refuseWhatDoesNotFit() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        bytes memory overflow =
            abi.encodeWithSignature("SafeCastOverflowedUintDowncast(uint8,uint256)", 112, uint256(1) << 112);
        vm.startPrank(taker);
        vm.expectRevert(overflow);
        c.carbonPair.buy(1 << 112, 0, taker, deadline);
        vm.expectRevert(overflow);
        c.carbonPair.sell(1 << 112, 0, taker, deadline);
        vm.stopPrank();
    }

    function test_pause_shutsSwapsAndNewLiquidityButNoWayOut() public {
        _add(maker, 4_000 ether, 1_000 ether, 0);
        vm.prank(address(c.guardian));
        c.carbonPair.pauseEntry();
        bytes memory paused = abi.encodeWithSelector(IEntryPause.EntryPaused.selector, uint64(deadline + 14 days));
        vm.startPrank(maker);
        vm.expectRevert(paused);
        c.carbonPair.buy(1 ether, 0, maker, deadline);
        vm.expectRevert(paused);
        c.carbonPair.sell(1 ether, 0, maker, deadline);
        vm.expectRevert(paused);
        c.carbonPair.addLiquidity(1 ether, 1 ether, 0, deadline);
        (uint256 gpuck,) = c.carbonPair.removeLiquidity(500 ether, 0, 0, deadline);
        vm.stopPrank();
        vm.assertEq(gpuck, 1_000 ether, "out");
    }

    function _add(address account, uint256 gpuckIn, uint256 unitsIn, uint256 minimum)
        private
        returns (uint256 gpuck, uint256 units, uint256 liquidity)
    {
        vm.prank(account);
        return c.carbonPair.addLiquidity(gpuckIn, unitsIn, minimum, deadline);
    }

    function _assertReserves(uint256 gpuck, uint256 units) private view {
        (uint256 gpuckNow, uint256 unitsNow) = c.carbonPair.reserves();
        vm.assertEq(gpuckNow, gpuck, "reserve of GPUCK");
        vm.assertEq(unitsNow, units, "reserve of units");
    }
}
