// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Fill, ICarbonMarket} from "../../src/carbon/ICarbonMarket.sol";
import {Order, Orders} from "../../src/carbon/Order.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {TradeBase} from "./TradeBase.sol";

/// @title Filling one order, and ending it
contract CarbonMarketFillTest is TradeBase {
    function test_fill_listingMovesExactlyWhatItSays() public {
        Order memory order = _listing();
        bytes32 hash = c.carbonMarket.orderHash(order);
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.OrderFilled(hash, maker, taker, solar, 30, Orders.GPUCK, 30 * PRICE, 3);
        _take(order, 3);
        vm.assertEq(_held(taker, solar), 30, "bought");
        vm.assertEq(_held(maker, solar), 1_000_000 - 30, "sold");
        vm.assertEq(_wei(maker), 1_000_000 ether + 30 * PRICE, "earned");
        vm.assertEq(_wei(taker), 1_000_000 ether - 30 * PRICE, "paid");
        (uint256 filledParts, bool cancelled) = c.carbonMarket.orderState(maker, hash);
        vm.assertEq(filledParts, 3, "parts");
        vm.assertFalse(cancelled, "live");
    }

    function test_fill_bidMovesExactlyWhatItSays() public {
        Order memory order = _bid();
        bytes32 hash = c.carbonMarket.orderHash(order);
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.OrderFilled(hash, maker, taker, Orders.GPUCK, 1000 * PRICE, wind, 1000, 100);
        _take(order, 100);
        vm.assertEq(_held(maker, wind), 1_000, "bought");
        vm.assertEq(_held(taker, wind), 1_000_000 - 1_000, "sold");
        vm.assertEq(_wei(taker), 1_000_000 ether + 1_000 * PRICE, "earned");
        vm.assertEq(_wei(maker), 1_000_000 ether - 1_000 * PRICE, "paid");
    }

    function test_fill_swapMovesBothCertificatesAndNoGpuck() public {
        Order memory order = _swap();
        bytes32 hash = c.carbonMarket.orderHash(order);
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.OrderFilled(hash, maker, taker, solar, 70, wind, 63, 7);
        _take(order, 7);
        vm.assertEq(_held(taker, solar), 70, "taker's solar");
        vm.assertEq(_held(maker, wind), 63, "maker's wind");
        vm.assertEq(_held(maker, solar), 1_000_000 - 70, "maker's solar");
        vm.assertEq(_held(taker, wind), 1_000_000 - 63, "taker's wind");
        vm.assertEq(_wei(maker), 1_000_000 ether, "maker's wei");
        vm.assertEq(_wei(taker), 1_000_000 ether, "taker's wei");
    }

    /// @dev However a fill is cut, both sides end up with the same: parts leave nothing to round.
    function testFuzz_fill_inPiecesIsTheSameAsAtOnce(uint96 first, uint96 second, uint128 price) public {
        Order memory order = _listing();
        order.wantedPerPart = uint128(bound(price, 1, 100 ether));
        first = uint96(bound(first, 1, 98));
        second = uint96(bound(second, 1, 99 - first));
        _take(order, first);
        _take(order, second);
        _take(order, 100 - first - second);
        vm.assertEq(_held(taker, solar), 1_000, "Wh");
        vm.assertEq(_wei(maker), 1_000_000 ether + 100 * uint256(order.wantedPerPart), "wei");
        _takeReverts(order, 1, abi.encodeWithSelector(ICarbonMarket.OrderDead.selector, _hash(order)));
    }

    function test_fill_revertsOverTheParts() public {
        Order memory order = _listing();
        _takeReverts(order, 101, abi.encodeWithSelector(ICarbonMarket.TooFewPartsLeft.selector, 100, 101));
        _take(order, 60);
        _takeReverts(order, 41, abi.encodeWithSelector(ICarbonMarket.TooFewPartsLeft.selector, 40, 41));
        _take(order, 40);
        _takeReverts(order, 1, abi.encodeWithSelector(ICarbonMarket.OrderDead.selector, _hash(order)));
        vm.assertEq(_held(taker, solar), 1_000, "all of it, once");
    }

    function test_fill_revertsForNoParts() public {
        _takeReverts(_listing(), 0, abi.encodeWithSelector(ICarbonMarket.ZeroAmount.selector));
    }

    function test_fill_revertsForAnOrderWithoutParts() public {
        Order memory order = _listing();
        order.parts = 0;
        _takeReverts(order, 0, abi.encodeWithSelector(ICarbonMarket.OrderDead.selector, _hash(order)));
    }

    function test_fill_revertsWhenThereIsNoTrade() public {
        bytes memory reason = abi.encodeWithSelector(ICarbonMarket.NoTrade.selector);
        Order memory order = _listing();
        order.offeredPerPart = 0;
        _takeReverts(order, 1, reason);
        order = _listing();
        order.wantedPerPart = 0;
        _takeReverts(order, 1, reason);
        order = _listing();
        order.wantedId = solar;
        _takeReverts(order, 1, reason);
        order = _bid();
        order.wantedId = Orders.GPUCK;
        _takeReverts(order, 1, reason);
    }

    function test_fill_isOpenUntilTheOrderExpires() public {
        Order memory order = _listing();
        vm.warp(order.expiresAt);
        _takeReverts(order, 1, abi.encodeWithSelector(ICarbonMarket.OrderExpired.selector, order.expiresAt));
        vm.warp(order.expiresAt - 1);
        _take(order, 1);
        vm.assertEq(_held(taker, solar), 10, "in its last second");
    }

    function test_fill_byTheNamedTakerOnly() public {
        Order memory order = _listing();
        order.taker = staker;
        _takeReverts(order, 1, abi.encodeWithSelector(ICarbonMarket.NotTheTaker.selector, taker, staker));
        order.taker = taker;
        _take(order, 1);
        vm.assertEq(_held(taker, solar), 10, "bought");
    }

    function test_cancel_killsOneOrderAndKeepsItsHistory() public {
        Order memory order = _listing();
        Order memory other = _listing();
        other.salt = 1;
        _take(order, 2);
        bytes32 hash = _hash(order);
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.OrderCancelled(hash, maker);
        vm.prank(maker);
        c.carbonMarket.cancel(hash);
        _takeReverts(order, 1, abi.encodeWithSelector(ICarbonMarket.OrderDead.selector, hash));
        _take(other, 1);
        (uint256 filledParts, bool cancelled) = c.carbonMarket.orderState(maker, hash);
        vm.assertEq(filledParts, 2, "what was filled stays known");
        vm.assertTrue(cancelled, "cancelled");
    }

    function test_cancel_ofAnotherMakersOrderDoesNothing() public {
        Order memory order = _listing();
        bytes32 hash = _hash(order);
        vm.prank(taker);
        c.carbonMarket.cancel(hash);
        _take(order, 1);
        vm.assertEq(_held(taker, solar), 10, "still open");
    }

    function test_cancelAll_killsEveryOrderOfTheOldCounter() public {
        Order memory order = _listing();
        Order memory next = _listing();
        next.counter = 1;
        _takeReverts(next, 1, abi.encodeWithSelector(ICarbonMarket.CounterMismatch.selector, 1, 0));
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.CounterRaised(maker, 1);
        vm.prank(maker);
        vm.assertEq(c.carbonMarket.cancelAll(), 1, "counter");
        vm.assertEq(c.carbonMarket.counterOf(maker), 1, "counterOf");
        vm.assertEq(c.carbonMarket.counterOf(taker), 0, "nobody else's");
        _takeReverts(order, 1, abi.encodeWithSelector(ICarbonMarket.CounterMismatch.selector, 0, 1));
        _take(next, 1);
        vm.assertEq(_held(taker, solar), 10, "the next order fills");
    }

    function test_fill_revertsWithoutCoverOnEitherSide() public {
        vm.prank(taker);
        c.gpuck.approve(address(c.carbonMarket), 10 * PRICE - 1);
        Fill memory item = _fill(_listing(), 1);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        vm.prank(taker);
        c.carbonMarket.fill(item);

        vm.prank(taker);
        c.gpuck.approve(address(c.carbonMarket), 10 * PRICE);
        vm.prank(maker);
        c.carbonCertificate.setApprovalForAll(address(c.carbonMarket), false);
        vm.expectPartialRevert(bytes4(keccak256("ERC1155MissingApprovalForAll(address,address)")));
        vm.prank(taker);
        c.carbonMarket.fill(item);
        vm.assertEq(_wei(taker), 1_000_000 ether, "nothing was paid");
    }

    function test_market_holdsNothingAndChargesNothing() public {
        _take(_listing(), 5);
        _take(_bid(), 5);
        _take(_swap(), 5);
        vm.assertEq(_wei(address(c.carbonMarket)), 0, "wei");
        vm.assertEq(_held(address(c.carbonMarket), solar) + _held(address(c.carbonMarket), wind), 0, "Wh");
        vm.assertEq(c.carbonMarket.feeBps(), 0, "fee");
    }

    function test_market_takesNoCertificates() public {
        vm.expectPartialRevert(bytes4(keccak256("ERC1155InvalidReceiver(address)")));
        vm.prank(maker);
        c.carbonCertificate.safeTransferFrom(maker, address(c.carbonMarket), solar, 1, "");
    }

    function test_pause_shutsFillsButNotCancels() public {
        Order memory order = _listing();
        Fill memory item = _fill(order, 1);
        Fill[] memory items = new Fill[](1);
        items[0] = item;
        vm.prank(address(c.guardian));
        c.carbonMarket.pauseEntry();
        bytes memory reason = abi.encodeWithSelector(IEntryPause.EntryPaused.selector, uint64(START + 14 days));
        _takeReverts(order, 1, reason);
        vm.expectRevert(reason);
        c.carbonMarket.batchFill(items, 1_000_000, _noPermit());
        vm.expectRevert(reason);
        c.carbonMarket.buyAndRetire(item, _note(), _noPermit());
        bytes32 hash = _hash(order);
        vm.startPrank(maker);
        c.carbonMarket.cancel(hash);
        c.carbonMarket.cancelAll();
        vm.stopPrank();
        order.counter = 1;
        vm.warp(START + 14 days);
        _take(order, 1);
        vm.assertEq(_held(taker, solar), 10, "open again");
    }

    function _hash(Order memory order) private view returns (bytes32) {
        return c.carbonMarket.orderHash(order);
    }
}
