// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Contracts.sol";
import {vm} from "../../script/Vm.sol";
import {Intruder} from "../trade/Traders.sol";

/// @title Random deposits, redemptions, liquidity and swaps
abstract contract PoolTraders {
    string public broken;
    uint256[] public keys;
    uint256[] public ids;
    Intruder public immutable intruder;
    mapping(address target => uint256) public donatedWei;
    mapping(address target => uint256) public donatedUnits;

    Contracts internal c;

    constructor(Contracts memory contracts, uint256[] memory keys_, uint256[] memory ids_, Intruder intruder_) {
        c = contracts;
        keys = keys_;
        ids = ids_;
        intruder = intruder_;
    }

    /// @dev Around everything the pair does: its product, measured on liquidity, must not fall.
    modifier keepsTheProduct() {
        (uint256 gpuck, uint256 units) = c.carbonPair.reserves();
        uint256 supply = c.carbonPair.totalSupply();
        _;
        (uint256 gpuckNow, uint256 unitsNow) = c.carbonPair.reserves();
        uint256 supplyNow = c.carbonPair.totalSupply();
        // Both sides stay below 2^256: there are fewer than 1e13 wei and 1e25 units.
        if (gpuckNow * unitsNow * supply * supply < gpuck * units * supplyNow * supplyNow) _break("xy fell");
    }

    // --- the pool ----------------------------------------------------------------------------------------------------

    function deposit(uint256 who, uint256 which, uint256 wattHours) external {
        address account = trader(who);
        uint256 id = ids[which % ids.length];
        uint256 held = c.carbonCertificate.balanceOf(account, id);
        wattHours = wattHours % (held + 2);
        // Of the ids of the tests, the last two are never taken.
        bool due = wattHours != 0 && wattHours <= held && which % ids.length < ids.length - 2;
        uint256 units = c.carbonPool.balanceOf(account);
        vm.prank(account);
        try c.carbonPool.deposit(_list(id), _list(wattHours)) {
            if (!due) _break("a deposit that must be refused was taken");
            if (c.carbonPool.balanceOf(account) != units + wattHours * 1e18) _break("other units than Wh");
        } catch {
            if (due) _break("a deposit that must be taken was refused");
        }
    }

    /// @dev The intruder redeems too, and tries to redeem again while it is handed what it redeemed.
    function redeem(uint256 who, uint256 which, uint256 wattHours) external {
        address account = trader(who);
        uint256 id = ids[which % ids.length];
        uint256 inside = c.carbonPool.wattHoursOf(id);
        wattHours = wattHours % (inside + 2);
        uint256 units = c.carbonPool.balanceOf(account);
        uint256 price = wattHours * 1e18 + wattHours * 1e14 * c.terms.shares().redeemBps;
        bool due = wattHours != 0 && wattHours <= inside && price <= units;
        if (due && who % 2 == 0) return _redeemAsIntruder(account, id, wattHours, price);
        vm.prank(account);
        try c.carbonPool.redeem(_list(id), _list(wattHours), price) {
            if (!due) _break("a redemption that must fail passed");
            if (c.carbonPool.balanceOf(account) != units - price) _break("another price");
        } catch {
            if (due) _break("a redemption that must pass failed");
        }
    }

    function redeemOldest(uint256 who, uint256 wattHours, uint256 entries) external {
        address account = trader(who);
        uint256 units = c.carbonPool.balanceOf(account);
        wattHours = wattHours % (units / 1e18 + 1);
        vm.prank(account);
        (, uint256[] memory amounts) = c.carbonPool.redeemOldest(wattHours, entries % 5, 0);
        uint256 given = 0;
        for (uint256 i = 0; i < amounts.length; ++i) {
            given += amounts[i];
        }
        if (given > wattHours) _break("more than asked");
        if (c.carbonPool.balanceOf(account) != units - given * 1e18) _break("another price");
    }

    function retireFees(uint256 entries) external {
        uint256 owed = c.carbonPool.feeUnits();
        try c.carbonPool.retireFees(entries % 5) {
            if (c.carbonPool.feeUnits() >= owed) _break("no fee was retired");
        } catch {
            if (owed >= 1e18 && entries % 5 == 4) _break("a fee could not be retired");
        }
    }

    // --- the pair ----------------------------------------------------------------------------------------------------

    function addLiquidity(uint256 who, uint256 gpuck, uint256 units) external keepsTheProduct {
        address account = trader(who);
        gpuck = gpuck % (c.gpuck.balanceOf(account) / 8 + 1);
        units = units % (c.carbonPool.balanceOf(account) / 2 + 1);
        vm.prank(account);
        try c.carbonPair.addLiquidity(gpuck, units, 0, block.timestamp) {} catch {}
    }

    function removeLiquidity(uint256 who, uint256 liquidity) external keepsTheProduct {
        address account = trader(who);
        uint256 held = c.carbonPair.balanceOf(account);
        if (held == 0) return;
        vm.prank(account);
        c.carbonPair.removeLiquidity(1 + liquidity % held, 0, 0, block.timestamp);
    }

    function swap(uint256 who, uint256 amount, bool buying) external keepsTheProduct {
        address account = trader(who);
        uint256 purse = buying ? c.gpuck.balanceOf(account) / 8 : c.carbonPool.balanceOf(account);
        amount = amount % (purse + 1);
        uint256 quote = buying ? c.carbonPair.quoteBuy(amount) : c.carbonPair.quoteSell(amount);
        if (quote == 0) return;
        vm.prank(account);
        uint256 given = buying
            ? c.carbonPair.buy(amount, quote, account, block.timestamp)
            : c.carbonPair.sell(amount, quote, account, block.timestamp);
        if (given != quote) _break("not what was quoted");
    }

    // --- around them -------------------------------------------------------------------------------------------------

    /// @dev Gifts to the contracts: they belong to nobody and change nothing.
    function donate(uint256 who, uint256 target, uint256 amount, bool inUnits) external keepsTheProduct {
        address account = trader(who);
        address[3] memory targets = [address(c.carbonMarket), address(c.carbonPool), address(c.carbonPair)];
        address to = targets[target % 3];
        amount = amount % ((inUnits ? c.carbonPool.balanceOf(account) : c.gpuck.balanceOf(account)) / 100 + 1);
        (inUnits ? donatedUnits : donatedWei)[to] += amount;
        vm.prank(account);
        require(inUnits ? c.carbonPool.transfer(to, amount) : c.gpuck.transfer(to, amount), "transfer");
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + 1 + time % 1 days);
    }

    function trader(uint256 who) public view returns (address) {
        return vm.addr(keys[who % keys.length]);
    }

    function traderCount() external view returns (uint256) {
        return keys.length;
    }

    function idCount() external view returns (uint256) {
        return ids.length;
    }

    /// @dev Whatever the intruder planned must have failed.
    function _requireShut() internal {
        Intruder.Attempt[] memory attempts = intruder.attempts();
        for (uint256 i = 0; i < attempts.length; ++i) {
            if (attempts[i].succeeded) _break("a receiver came back in");
        }
    }

    function _break(string memory what) internal {
        broken = what;
    }

    function _redeemAsIntruder(address account, uint256 id, uint256 wattHours, uint256 price) private {
        vm.prank(account);
        require(c.carbonPool.transfer(address(intruder), price), "transfer");
        address pool = address(c.carbonPool);
        intruder.clear();
        intruder.plan(pool, abi.encodeCall(c.carbonPool.redeem, (_list(id), _list(1), 2e18)));
        intruder.plan(pool, abi.encodeCall(c.carbonPool.redeemOldest, (1, 3, 0)));
        intruder.plan(pool, abi.encodeCall(c.carbonPool.deposit, (_list(id), _list(1))));
        intruder.plan(pool, abi.encodeCall(c.carbonPool.retireFees, (3)));
        intruder.act(pool, abi.encodeCall(c.carbonPool.redeem, (_list(id), _list(wattHours), price)));
        _requireShut();
    }

    function _list(uint256 value) private pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = value;
    }
}
