// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Fill, ICarbonMarket} from "../../src/carbon/ICarbonMarket.sol";
import {Order, Orders} from "../../src/carbon/Order.sol";
import {TradeBase} from "./TradeBase.sol";
import {Bomb, Furnace} from "./Traders.sol";

/// @title Filling many orders at once
contract CarbonMarketBatchTest is TradeBase {
    uint256 private constant GAS_PER_ITEM = 400_000;

    function test_batchFill_fillsWhatIsAliveAndSaysWhyTheRestIsNot() public {
        Order[] memory orders = new Order[](7);
        for (uint256 i = 0; i < orders.length; ++i) {
            orders[i] = _listing();
            orders[i].salt = i;
        }
        orders[1].expiresAt = uint64(block.timestamp);
        orders[2].counter = 9;
        orders[3].taker = stranger;
        orders[5].offeredId = wind;
        Fill[] memory items = new Fill[](orders.length);
        for (uint256 i = 0; i < orders.length; ++i) {
            items[i] = _fill(orders[i], 1);
        }
        items[4].signature = "";
        bytes32 cancelled = c.carbonMarket.orderHash(orders[6]);
        vm.prank(maker);
        c.carbonMarket.cancel(cancelled);

        _expectFilled(orders[0], 1);
        _expectSkipped(orders[1], 1, ICarbonMarket.OrderExpired.selector);
        _expectSkipped(orders[2], 2, ICarbonMarket.CounterMismatch.selector);
        _expectSkipped(orders[3], 3, ICarbonMarket.NotTheTaker.selector);
        _expectSkipped(orders[4], 4, ICarbonMarket.InvalidSignature.selector);
        _expectSkipped(orders[5], 5, bytes4(keccak256("ERC1155InsufficientBalance(address,uint256,uint256,uint256)")));
        _expectSkipped(orders[6], 6, ICarbonMarket.OrderDead.selector);
        vm.assertEq(_batch(items), 1, "filled");
        vm.assertEq(_held(taker, solar), 10, "bought");
        vm.assertEq(_wei(taker), 1_000_000 ether - 10 * PRICE, "paid");
    }

    function test_batchFill_takesWhatAnotherTakerLeft() public {
        Order memory order = _listing();
        _take(order, 97);
        Fill[] memory items = new Fill[](2);
        items[0] = _fill(order, 100);
        items[1] = _fill(order, 1);
        _expectFilled(order, 100);
        _expectSkipped(order, 1, ICarbonMarket.OrderDead.selector);
        vm.assertEq(_batch(items), 1, "filled");
        vm.assertEq(_held(taker, solar), 1_000, "the whole order");
        vm.assertEq(_wei(taker), 1_000_000 ether - 1_000 * PRICE, "paid");
    }

    function test_batchFill_takesNoMoreThanAsked() public {
        Fill[] memory items = new Fill[](2);
        items[0] = _fill(_listing(), 3);
        items[1] = _fill(_bid(), 0);
        _expectFilled(items[0].order, 3);
        _expectSkipped(items[1].order, 1, ICarbonMarket.ZeroAmount.selector);
        vm.assertEq(_batch(items), 1, "filled");
        vm.assertEq(_held(taker, solar), 30, "bought");
    }

    function test_batchFill_ofNothingIsNothing() public {
        vm.assertEq(_batch(new Fill[](0)), 0, "filled");
    }

    /// @dev A maker that burns all the gas it gets has the gas of its own item and no more.
    function test_batchFill_survivesAMakerThatBurnsItsGas() public {
        Fill[] memory items = new Fill[](2);
        items[0] = _fillOf(address(new Furnace()));
        items[1] = _fill(_listing(), 1);
        _expectSkipped(items[0].order, 0, ICarbonMarket.InvalidSignature.selector);
        uint256 before = gasleft();
        vm.assertEq(_batch(items), 1, "filled");
        vm.assertLt(before - gasleft(), 2 * GAS_PER_ITEM, "gas");
        vm.assertEq(_held(taker, solar), 10, "bought");
    }

    /// @dev The answer of a receiver is not copied: 200,000 bytes of it would cost the batch more than the item.
    function test_batchFill_survivesAnAnswerOfAnyLength() public {
        Order memory order = _bid();
        Bomb bomb = new Bomb();
        vm.prank(holder);
        _gpuck(address(bomb), 1 ether);
        _approveAll(address(bomb));
        order.maker = address(bomb);
        Fill[] memory items = new Fill[](2);
        items[0] = Fill(order, "", 1);
        items[1] = _fill(_listing(), 1);
        vm.prank(taker);
        vm.assertEq(c.carbonMarket.batchFill(items, 2_000_000, _noPermit()), 1, "filled");
        vm.assertEq(_wei(address(bomb)), 1 ether, "its GPUCK went back");
        vm.assertEq(_held(taker, wind), 1_000_000, "and so did the Wh");
        vm.assertEq(_held(taker, solar), 10, "bought");
    }

    function test_batchFill_anItemOutOfGasHasNoReason() public {
        Fill[] memory items = new Fill[](1);
        items[0] = _fill(_listing(), 1);
        _expectSkipped(items[0].order, 0, 0);
        vm.prank(taker);
        vm.assertEq(c.carbonMarket.batchFill(items, 5_000, _noPermit()), 0, "filled");
    }

    function test_batchFill_takesAPermit() public {
        vm.prank(taker);
        c.gpuck.approve(address(c.carbonMarket), 0);
        Fill[] memory items = new Fill[](1);
        items[0] = _fill(_listing(), 2);
        vm.startPrank(taker);
        vm.assertEq(c.carbonMarket.batchFill(items, GAS_PER_ITEM, _permit(TAKER_KEY, 20 * PRICE)), 1, "filled");
        vm.stopPrank();
    }

    function test_fillItem_isTheMarketsOwn() public {
        Fill memory item = _fill(_listing(), 1);
        vm.expectRevert(abi.encodeWithSelector(ICarbonMarket.NotAuthorised.selector, taker));
        vm.prank(taker);
        c.carbonMarket.fillItem(item, taker);
    }

    function _batch(Fill[] memory items) private returns (uint256 filled) {
        vm.prank(taker);
        return c.carbonMarket.batchFill(items, GAS_PER_ITEM, _noPermit());
    }

    function _fillOf(address account) private view returns (Fill memory) {
        Order memory order = _listing();
        order.maker = account;
        return Fill(order, "", 1);
    }

    function _expectFilled(Order memory order, uint256 filledParts) private {
        bytes32 hash = c.carbonMarket.orderHash(order);
        (uint256 before,) = c.carbonMarket.orderState(order.maker, hash);
        uint256 parts = filledParts - before;
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.OrderFilled(
            hash,
            order.maker,
            taker,
            order.offeredId,
            parts * order.offeredPerPart,
            Orders.GPUCK,
            parts * order.wantedPerPart,
            filledParts
        );
    }

    function _expectSkipped(Order memory order, uint256 item, bytes4 reason) private {
        bytes32 hash = c.carbonMarket.orderHash(order);
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.FillSkipped(hash, order.maker, item, reason);
    }
}
