// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {vm} from "../../script/Vm.sol";
import {Fill, ICarbonMarket} from "../../src/carbon/ICarbonMarket.sol";
import {Order} from "../../src/carbon/Order.sol";
import {Intruder} from "../trade/Traders.sol";
import {TradeBase} from "../trade/TradeBase.sol";

/// @dev One listing; it hands over the certificate before it writes down that it did.
contract HastyListing {
    IERC1155 private immutable certificate;
    IERC20 private immutable token;
    address private immutable seller;
    uint256 private immutable id;
    uint256 private immutable price;
    uint256 private left;

    constructor(IERC1155 certificate_, IERC20 token_, address seller_, uint256 id_, uint256 wattHours, uint256 price_) {
        (certificate, token, seller, id, left, price) = (certificate_, token_, seller_, id_, wattHours, price_);
    }

    function buy(uint256 wattHours) external {
        uint256 before = left;
        require(wattHours <= before, "sold");
        require(token.transferFrom(msg.sender, seller, wattHours * price), "payment");
        certificate.safeTransferFrom(seller, msg.sender, id, wattHours, "");
        left = before - wattHours;
    }
}

/// @title F11: a receiver of certificates comes back in before the books are closed
contract F11CertificateCallbackTest is TradeBase {
    Intruder private intruder;

    function setUp() public override {
        super.setUp();
        intruder = new Intruder();
        vm.prank(holder);
        _gpuck(address(intruder), 1_000 ether);
        _approveAll(address(intruder));
    }

    function test_attack_theReceiverBuysTwiceWhatWasListed() public {
        HastyListing listing = new HastyListing(c.carbonCertificate, c.gpuck, maker, solar, 1_000, PRICE);
        vm.prank(maker);
        c.carbonCertificate.setApprovalForAll(address(listing), true);
        vm.prank(address(intruder));
        c.gpuck.approve(address(listing), type(uint256).max);
        bytes memory buy = abi.encodeCall(listing.buy, (1_000));
        intruder.plan(address(listing), buy);
        intruder.act(address(listing), buy);
        vm.assertEq(_held(address(intruder), solar), 2_000, "the seller listed 1,000 Wh");
    }

    function test_defence_theReceiverBuysWhatWasListed() public {
        Order memory order = _listing();
        Fill memory whole = _fill(order, 100);
        intruder.plan(address(c.carbonMarket), abi.encodeCall(c.carbonMarket.fill, (whole)));
        intruder.plan(address(c.carbonMarket), abi.encodeCall(c.carbonMarket.fill, (_fill(order, 1))));
        Order memory other = _listing();
        other.salt = 1;
        intruder.plan(address(c.carbonMarket), abi.encodeCall(c.carbonMarket.fill, (_fill(other, 1))));
        intruder.act(address(c.carbonMarket), abi.encodeCall(c.carbonMarket.fill, (whole)));
        vm.assertEq(intruder.calls(), 1, "it was called back");
        Intruder.Attempt[] memory attempts = intruder.attempts();
        for (uint256 i = 0; i < attempts.length; ++i) {
            vm.assertFalse(attempts[i].succeeded, "shut");
            vm.assertEq(
                attempts[i].reason, ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector, "by the lock"
            );
        }
        vm.assertEq(_held(address(intruder), solar), 1_000, "what was listed");
        vm.assertEq(_held(maker, solar), 1_000_000 - 1_000, "and no more was sold");
    }

    /// @dev I56, one by one: whatever it is handed, nothing that moves value lets the receiver back in, and everything
    /// it can read is already final.
    function test_defence_everyCallbackMeetsALockAndClosedBooks() public {
        _settleHours();
        _mint(address(intruder), solar, 1_000);
        _mint(address(intruder), wind, 1_000);
        _deposit(address(intruder), solar, 500);
        Order memory bid = _bid();
        (bid.maker, bid.wantedId) = (address(intruder), wind);
        Order memory swap = _swap();
        (swap.maker, swap.offeredId, swap.wantedId) = (address(intruder), solar, wind);
        intruder.clear();
        _planMarket();
        uint256 market = _during(taker, abi.encodeCall(c.carbonMarket.fill, (Fill(bid, "", 2))));
        vm.assertEq(market, 5, "five ways into the market, all shut, when a bid is matched");
        vm.assertEq(_held(address(intruder), wind), 1_020, "the bid");
        intruder.rearm();
        vm.assertEq(_during(taker, abi.encodeCall(c.carbonMarket.fill, (Fill(swap, "", 2)))), 5, "a swap");
        (uint256 filledParts,) = c.carbonMarket.orderState(address(intruder), c.carbonMarket.orderHash(swap));
        vm.assertEq(filledParts, 2, "counted once");

        intruder.clear();
        _planPool();
        bytes memory redeem = abi.encodeCall(c.carbonPool.redeem, (_list(solar), _list(10), 20 ether));
        vm.assertEq(_shut(address(c.carbonPool), redeem), 4, "four ways into the pool");
        intruder.rearm();
        bytes memory oldest = abi.encodeCall(c.carbonPool.redeemOldest, (10, 1, 10));
        vm.assertEq(_shut(address(c.carbonPool), oldest), 4, "and again");
        vm.assertEq(c.carbonPool.totalWattHours(), 480, "books");
        vm.assertEq(_held(address(c.carbonPool), solar), 480, "balance");
        vm.assertEq(c.carbonPool.totalSupply() + c.carbonPool.feeUnits(), 480 ether, "units");
    }

    function _planMarket() private {
        Order memory order = _listing();
        Fill memory item = _fill(order, 1);
        Fill[] memory items = new Fill[](1);
        items[0] = item;
        address market = address(c.carbonMarket);
        intruder.plan(market, abi.encodeCall(ICarbonMarket.fill, (item)));
        intruder.plan(market, abi.encodeCall(ICarbonMarket.fillWithPermit, (item, _noPermit())));
        intruder.plan(market, abi.encodeCall(ICarbonMarket.batchFill, (items, 300_000, _noPermit())));
        intruder.plan(market, abi.encodeCall(ICarbonMarket.buyAndRetire, (item, _note(), _noPermit())));
        intruder.plan(market, abi.encodeCall(ICarbonMarket.fillItem, (item, address(intruder))));
    }

    function _planPool() private {
        address pool = address(c.carbonPool);
        intruder.plan(pool, abi.encodeCall(c.carbonPool.deposit, (_list(solar), _list(1))));
        intruder.plan(pool, abi.encodeCall(c.carbonPool.redeem, (_list(solar), _list(1), 2 ether)));
        intruder.plan(pool, abi.encodeCall(c.carbonPool.redeemOldest, (1, 1, 1)));
        intruder.plan(pool, abi.encodeCall(c.carbonPool.retireFees, (1)));
    }

    /// @dev Attempts that failed while `account` made this call to the market.
    function _during(address account, bytes memory data) private returns (uint256) {
        vm.prank(account);
        (bool ok,) = address(c.carbonMarket).call(data);
        require(ok, "the call itself");
        return _failed();
    }

    function _shut(address target, bytes memory data) private returns (uint256) {
        intruder.act(target, data);
        return _failed();
    }

    function _failed() private view returns (uint256 count) {
        vm.assertEq(intruder.calls(), 1, "called back");
        Intruder.Attempt[] memory attempts = intruder.attempts();
        for (uint256 i = 0; i < attempts.length; ++i) {
            if (!attempts[i].succeeded) ++count;
        }
    }
}
