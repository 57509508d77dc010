// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {ICarbonCertificate, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {Fill, ICarbonMarket} from "../../src/carbon/ICarbonMarket.sol";
import {Order} from "../../src/carbon/Order.sol";
import {TradeBase} from "./TradeBase.sol";

/// @title Buying and retiring in one transaction
contract CarbonMarketRetireTest is TradeBase {
    function test_buyAndRetire_retiresForTheBuyerWithoutAnApproval() public {
        vm.prank(taker);
        c.carbonCertificate.setApprovalForAll(address(c.carbonMarket), false);
        Fill memory item = _fill(_listing(), 5);
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(1, solar, taker, address(0), "A reader", "reading", 50, 50 * 48);
        vm.prank(taker);
        c.carbonMarket.buyAndRetire(item, _note(), _noPermit());
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(taker, solar), 50, "retired by the buyer");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(maker, solar), 0, "not by the seller");
        vm.assertEq(_held(taker, solar), 0, "nothing is kept");
        vm.assertEq(_held(maker, solar), 1_000_000 - 50, "sold");
        vm.assertEq(_wei(maker), 1_000_000 ether + 50 * PRICE, "paid");
        vm.assertEq(c.retirementReceipt.ownerOf(1), taker, "receipt");
        (uint256 filledParts,) = c.carbonMarket.orderState(maker, c.carbonMarket.orderHash(item.order));
        vm.assertEq(filledParts, 5, "parts");
    }

    function test_buyAndRetire_givesTheReceiptToTheBeneficiary() public {
        RetirementNote memory note = _note();
        note.beneficiary = stranger;
        Fill memory item = _fill(_listing(), 1);
        vm.prank(taker);
        c.carbonMarket.buyAndRetire(item, note, _noPermit());
        vm.assertEq(c.retirementReceipt.ownerOf(1), stranger, "receipt");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(taker, solar), 10, "retired by the buyer");
    }

    function test_buyAndRetire_paysWithACertificateToo() public {
        Fill memory item = _fill(_swap(), 2);
        vm.prank(taker);
        c.carbonMarket.buyAndRetire(item, _note(), _noPermit());
        vm.assertEq(_held(maker, wind), 18, "paid");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(taker, solar), 20, "retired");
    }

    function test_buyAndRetire_takesAPermit() public {
        vm.startPrank(taker);
        c.gpuck.approve(address(c.carbonMarket), 0);
        c.carbonMarket.buyAndRetire(_fill(_listing(), 2), _note(), _permit(TAKER_KEY, 20 * PRICE));
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(taker, solar), 20, "retired");
    }

    function test_buyAndRetire_revertsForABid() public {
        Fill memory item = _fill(_bid(), 1);
        vm.expectRevert(abi.encodeWithSelector(ICarbonMarket.NotACertificate.selector));
        vm.prank(taker);
        c.carbonMarket.buyAndRetire(item, _note(), _noPermit());
    }

    function test_buyAndRetire_revertsForADeadOrder() public {
        Order memory order = _listing();
        vm.prank(maker);
        c.carbonMarket.cancelAll();
        Fill memory item = _fill(order, 1);
        vm.expectRevert(abi.encodeWithSelector(ICarbonMarket.CounterMismatch.selector, 0, 1));
        vm.prank(taker);
        c.carbonMarket.buyAndRetire(item, _note(), _noPermit());
    }

    /// @dev A note the certificate refuses undoes the purchase.
    function test_buyAndRetire_buysNothingItCannotRetire() public {
        RetirementNote memory note = _note();
        note.beneficiaryCommitment = "somebody";
        Fill memory item = _fill(_listing(), 1);
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.NameAndCommitment.selector));
        vm.prank(taker);
        c.carbonMarket.buyAndRetire(item, note, _noPermit());
        vm.assertEq(_wei(taker), 1_000_000 ether, "nothing was paid");
    }
}
