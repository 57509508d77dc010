// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Fill} from "../../src/carbon/ICarbonMarket.sol";
import {Order} from "../../src/carbon/Order.sol";
import {TradeBase} from "./TradeBase.sol";

/// @title What trade costs, as whole transactions
/// @dev Both traders hold GPUCK before and after; a ceiling is met by whoever gets a certificate for the first time.
contract TradeGasTest is TradeBase {
    function setUp() public override {
        super.setUp();
        _settleHours();
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_listing() public {
        Order memory order = _salted(_listing());
        _take(order, 3);
        vm.assertLe(vm.snapshotGasLastCall("trade", "fill a listing, first"), 130_000, "ceiling");
        _take(order, 3);
        vm.assertLe(vm.snapshotGasLastCall("trade", "fill a listing, more of it"), 130_000, "ceiling");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_bid() public {
        Order memory order = _salted(_bid());
        _take(order, 3);
        vm.assertLe(vm.snapshotGasLastCall("trade", "match a bid, first"), 140_000, "ceiling");
        _take(order, 3);
        vm.assertLe(vm.snapshotGasLastCall("trade", "match a bid, more of it"), 140_000, "ceiling");
    }

    /// @dev Whoever sells for the first GPUCK it ever holds costs 17,100 more once, for the balance.
    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_listingOfANewHolder() public {
        vm.prank(maker);
        _gpuck(holder, 1_000_000 ether);
        _take(_salted(_listing()), 3);
        vm.snapshotGasLastCall("trade", "fill a listing, seller holds no GPUCK yet");
    }

    /// @dev Balances of accounts that have delegated their votes carry checkpoints: the worst a GPUCK payment can add.
    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_listingBetweenDelegators() public {
        vm.prank(maker);
        c.gpuck.delegate(maker);
        vm.prank(taker);
        c.gpuck.delegate(taker);
        vm.warp(block.timestamp + 1);
        _take(_salted(_listing()), 3);
        vm.snapshotGasLastCall("trade", "fill a listing, both delegate");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_swapOfCertificates() public {
        _take(_salted(_swap()), 3);
        vm.snapshotGasLastCall("trade", "swap certificates");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_buyAndRetire() public {
        Fill memory item = _fill(_salted(_listing()), 3);
        vm.prank(taker);
        c.carbonMarket.buyAndRetire(item, _note(), _noPermit());
        vm.snapshotGasLastCall("trade", "buy and retire");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_batchAndCancel() public {
        Fill[] memory items = new Fill[](5);
        for (uint256 i = 0; i < items.length; ++i) {
            Order memory order = _listing();
            order.salt = i;
            if (i == 4) order.counter = 1;
            items[i] = _fill(_salted(order), 1);
        }
        vm.prank(taker);
        c.carbonMarket.batchFill(items, 300_000, _noPermit());
        vm.snapshotGasLastCall("trade", "batch of 5, one of them dead");
        vm.prank(maker);
        c.carbonMarket.cancel("order");
        vm.snapshotGasLastCall("trade", "cancel");
        vm.prank(maker);
        c.carbonMarket.cancelAll();
        vm.snapshotGasLastCall("trade", "cancel all");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_pool() public {
        _deposit(taker, wind, 10);
        _deposit(maker, solar, 1_000);
        vm.snapshotGasLastCall("trade", "deposit a new id");
        _deposit(maker, solar, 1_000);
        vm.snapshotGasLastCall("trade", "deposit more of an id");
        vm.prank(maker);
        c.carbonPool.redeem(_list(solar), _list(200), 300 ether);
        vm.snapshotGasLastCall("trade", "redeem by choice");
        vm.prank(maker);
        c.carbonPool.redeemOldest(100, 2, 100);
        vm.snapshotGasLastCall("trade", "redeem the oldest, two ids");
        c.carbonPool.retireFees(1);
        vm.snapshotGasLastCall("trade", "retire fees");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_pair() public {
        uint256 deadline = block.timestamp;
        _deposit(maker, solar, 10_000);
        vm.prank(maker);
        c.carbonPair.addLiquidity(4_000 ether, 1_000 ether, 0, deadline);
        vm.snapshotGasLastCall("trade", "add liquidity, first");
        vm.prank(taker);
        c.carbonPair.buy(10 ether, 0, taker, deadline);
        vm.assertLe(vm.snapshotGasLastCall("trade", "buy units, first"), 125_000, "ceiling");
        vm.prank(taker);
        c.carbonPair.sell(1 ether, 0, taker, deadline);
        vm.assertLe(vm.snapshotGasLastCall("trade", "sell units"), 125_000, "ceiling");
        vm.prank(maker);
        c.carbonPair.addLiquidity(400 ether, 100 ether, 0, deadline);
        vm.snapshotGasLastCall("trade", "add liquidity, more");
        vm.prank(maker);
        c.carbonPair.removeLiquidity(1 ether, 0, 0, deadline);
        vm.snapshotGasLastCall("trade", "remove liquidity");
    }

    /// @dev Neither salt nor signature has a zero byte: that costs most, and does not depend on where the market lies.
    function _salted(Order memory order) private view returns (Order memory) {
        do {
            order.salt = uint256(keccak256(abi.encode(order.salt)));
        } while (_hasZero(abi.encodePacked(order.salt, _fill(order, 1).signature)));
        return order;
    }

    function _hasZero(bytes memory data) private pure returns (bool) {
        for (uint256 i = 0; i < data.length; ++i) {
            if (data[i] == 0) return true;
        }
        return false;
    }
}
