// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Contracts.sol";
import {vm} from "../../script/Vm.sol";
import {RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {Fill, Permit} from "../../src/carbon/ICarbonMarket.sol";
import {Order, Orders} from "../../src/carbon/Order.sol";
import {Intruder} from "../trade/Traders.sol";
import {PoolTraders} from "./PoolTraders.sol";

/// @title Random orders, fills, cancels, and a taker who tries to come back in while it is handed its certificate
/// @dev Each action is foretold by a model of its own; `broken` says when the contracts did otherwise.
contract TradeHandler is PoolTraders {
    struct Entry {
        Order order;
        bytes32 hash;
        bytes signature;
        uint256 filledParts;
        bool cancelled;
    }

    /// @dev What a fill may change: wei and Wh of both sides, and what the market holds.
    struct Purse {
        uint256 makerOffered;
        uint256 makerWanted;
        uint256 takerOffered;
        uint256 takerWanted;
    }

    Entry[] private _entries;
    mapping(address maker => uint64) private _counters;
    uint256 public fills;

    constructor(Contracts memory contracts, uint256[] memory keys_, uint256[] memory ids_, Intruder intruder_)
        PoolTraders(contracts, keys_, ids_, intruder_)
    {}

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](20);
        list[0] = this.sign.selector;
        list[1] = this.sign.selector;
        list[2] = this.fill.selector;
        list[3] = this.fill.selector;
        list[4] = this.fill.selector;
        list[5] = this.batchFill.selector;
        list[6] = this.buyAndRetire.selector;
        list[7] = this.intrude.selector;
        list[8] = this.cancel.selector;
        list[9] = this.cancelAll.selector;
        list[10] = this.deposit.selector;
        list[11] = this.deposit.selector;
        list[12] = this.redeem.selector;
        list[13] = this.redeemOldest.selector;
        list[14] = this.retireFees.selector;
        list[15] = this.addLiquidity.selector;
        list[16] = this.removeLiquidity.selector;
        list[17] = this.swap.selector;
        list[18] = this.donate.selector;
        list[19] = this.pass.selector;
    }

    // --- orders ------------------------------------------------------------------------------------------------------

    function sign(uint256 who, uint256 seed, uint256 offered, uint256 wanted, uint256 parts) external {
        Entry memory entry;
        entry.order.maker = trader(who);
        // Listing, bid or swap; a few orders are for one taker, and a few already carry the next counter.
        uint256 kind = seed % 3;
        entry.order.offeredId = kind == 1 ? Orders.GPUCK : ids[seed / 3 % ids.length];
        entry.order.wantedId = kind == 0 ? Orders.GPUCK : ids[seed / 17 % ids.length];
        if (entry.order.offeredId == entry.order.wantedId) entry.order.wantedId = Orders.GPUCK;
        entry.order.offeredPerPart = uint128(1 + offered % 1_000);
        entry.order.wantedPerPart = uint128(1 + wanted % 1_000);
        entry.order.parts = uint96(1 + parts % 20);
        entry.order.counter = _counters[entry.order.maker] + (seed % 11 == 0 ? 1 : 0);
        if (seed % 7 == 0) entry.order.taker = trader(seed / 7);
        entry.order.expiresAt = uint64(block.timestamp + 1 + seed % 3 days);
        entry.order.salt = _entries.length;
        entry.hash = c.carbonMarket.orderHash(entry.order);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[who % keys.length], entry.hash);
        entry.signature = abi.encodePacked(r, s, v);
        _entries.push(entry);
    }

    function fill(uint256 which, uint256 who, uint256 parts) external {
        if (_entries.length == 0) return;
        Entry storage entry = _entries[which % _entries.length];
        // One more than there are, at times.
        parts = parts % (uint256(entry.order.parts) + 2);
        _fill(entry, trader(who), uint96(parts), false);
    }

    function buyAndRetire(uint256 which, uint256 who, uint256 parts) external {
        if (_entries.length == 0) return;
        Entry storage entry = _entries[which % _entries.length];
        if (entry.order.offeredId == Orders.GPUCK || trader(who) == entry.order.maker) return;
        parts = parts % (uint256(entry.order.parts) + 2);
        _fill(entry, trader(who), uint96(parts), true);
    }

    function batchFill(uint256 which, uint256 who, uint256 parts) external {
        if (_entries.length == 0) return;
        address taker = trader(who);
        Fill[] memory items = new Fill[](1 + parts % 4);
        for (uint256 i = 0; i < items.length; ++i) {
            items[i] = _item(_entries[(which % _entries.length + i * 7) % _entries.length], uint96(1 + parts % 9));
        }
        uint256[] memory before = _filledNow(items);
        vm.prank(taker);
        uint256 filled = c.carbonMarket.batchFill(items, 1_000_000, _noPermit());
        uint256 changed = 0;
        uint256[] memory now_ = _filledNow(items);
        for (uint256 i = 0; i < items.length; ++i) {
            Entry storage entry = _entries[items[i].order.salt];
            if (now_[i] == before[i]) continue;
            if (!_isAlive(entry)) _break("a dead order was filled in a batch");
            // Two items of one order are counted at the first of them.
            if (entry.filledParts == now_[i]) continue;
            entry.filledParts = now_[i];
            ++changed;
        }
        if (filled < changed || filled > items.length) _break("the batch miscounted what it filled");
        fills += filled;
    }

    function cancel(uint256 which) external {
        if (_entries.length == 0) return;
        Entry storage entry = _entries[which % _entries.length];
        entry.cancelled = true;
        vm.prank(entry.order.maker);
        c.carbonMarket.cancel(entry.hash);
    }

    function cancelAll(uint256 who) external {
        address maker = trader(who);
        ++_counters[maker];
        vm.prank(maker);
        c.carbonMarket.cancelAll();
    }

    /// @dev The intruder takes an order and tries, from its callback, everything that could let it take more.
    function intrude(uint256 which, uint256 parts) external {
        if (_entries.length == 0) return;
        Entry storage entry = _entries[which % _entries.length];
        parts = parts % (uint256(entry.order.parts) + 2);
        Fill memory once = _item(entry, 1);
        Fill[] memory items = new Fill[](1);
        items[0] = once;
        address market = address(c.carbonMarket);
        intruder.clear();
        intruder.plan(market, abi.encodeCall(c.carbonMarket.fill, (once)));
        intruder.plan(market, abi.encodeCall(c.carbonMarket.batchFill, (items, 500_000, _noPermit())));
        intruder.plan(market, abi.encodeCall(c.carbonMarket.buyAndRetire, (once, _note(), _noPermit())));
        intruder.plan(market, abi.encodeCall(c.carbonMarket.fillItem, (once, address(intruder))));
        _fill(entry, address(intruder), uint96(parts), false);
        _requireShut();
    }

    // --- what the invariants read ------------------------------------------------------------------------------------

    function orderCount() external view returns (uint256) {
        return _entries.length;
    }

    function entryAt(uint256 i) external view returns (Entry memory) {
        return _entries[i];
    }

    // -----------------------------------------------------------------------------------------------------------------

    function _fill(Entry storage entry, address taker, uint96 parts, bool retiring) private {
        bool due = parts != 0 && _isAlive(entry) && parts <= entry.order.parts - entry.filledParts
            && (entry.order.taker == address(0) || entry.order.taker == taker) && _isCovered(entry.order, taker, parts);
        Purse memory before = _purse(entry.order, taker);
        bool done = _call(taker, _item(entry, parts), retiring);
        if (done != due) _break(done ? "an order that must not fill did" : "an order that must fill did not");
        if (!done) return;
        ++fills;
        entry.filledParts += parts;
        if (taker == entry.order.maker) return;
        uint256 offered = uint256(parts) * entry.order.offeredPerPart;
        uint256 wanted = uint256(parts) * entry.order.wantedPerPart;
        Purse memory now_ = _purse(entry.order, taker);
        if (now_.makerWanted != before.makerWanted + wanted) _break("the maker got another amount");
        if (now_.makerOffered != before.makerOffered - offered) _break("the maker gave another amount");
        if (now_.takerWanted != before.takerWanted - wanted) _break("the taker gave another amount");
        uint256 kept = retiring ? 0 : offered;
        if (now_.takerOffered != before.takerOffered + kept) _break("the taker got another amount");
    }

    function _call(address taker, Fill memory item, bool retiring) private returns (bool done) {
        bytes memory data = retiring
            ? abi.encodeCall(c.carbonMarket.buyAndRetire, (item, _note(), _noPermit()))
            : abi.encodeCall(c.carbonMarket.fill, (item));
        vm.prank(taker);
        (done,) = address(c.carbonMarket).call(data);
    }

    function _isAlive(Entry storage entry) private view returns (bool) {
        return !entry.cancelled && entry.filledParts <= entry.order.parts && block.timestamp < entry.order.expiresAt
            && entry.order.counter == _counters[entry.order.maker];
    }

    function _isCovered(Order memory order, address taker, uint256 parts) private view returns (bool) {
        return _balance(order.offeredId, order.maker) >= parts * order.offeredPerPart
            && _balance(order.wantedId, taker) >= parts * order.wantedPerPart;
    }

    function _purse(Order memory order, address taker) private view returns (Purse memory) {
        return Purse(
            _balance(order.offeredId, order.maker),
            _balance(order.wantedId, order.maker),
            _balance(order.offeredId, taker),
            _balance(order.wantedId, taker)
        );
    }

    function _balance(uint256 id, address account) private view returns (uint256) {
        return id == Orders.GPUCK ? c.gpuck.balanceOf(account) : c.carbonCertificate.balanceOf(account, id);
    }

    function _filledNow(Fill[] memory items) private view returns (uint256[] memory list) {
        list = new uint256[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            Entry storage entry = _entries[items[i].order.salt];
            (list[i],) = c.carbonMarket.orderState(entry.order.maker, entry.hash);
        }
    }

    function _item(Entry storage entry, uint96 parts) private view returns (Fill memory) {
        return Fill(entry.order, entry.signature, parts);
    }

    function _note() private pure returns (RetirementNote memory note) {}

    function _noPermit() private pure returns (Permit memory permit) {}
}
