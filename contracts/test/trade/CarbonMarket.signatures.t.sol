// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Fill, ICarbonMarket, Permit} from "../../src/carbon/ICarbonMarket.sol";
import {Order} from "../../src/carbon/Order.sol";
import {TradeBase} from "./TradeBase.sol";
import {Wallet} from "./Traders.sol";

/// @title Who may say that an order or an allowance stands
contract CarbonMarketSignaturesTest is TradeBase {
    uint256 private constant OTHER_KEY = uint256(keccak256("other"));

    function test_fill_revertsForAnotherKey() public {
        Order memory order = _listing();
        bytes memory signature = _sign(OTHER_KEY, c.carbonMarket.orderHash(order));
        _fillReverts(Fill(order, signature, 1), maker);
    }

    function test_fill_revertsForASignatureOfAnotherLength() public {
        Order memory order = _listing();
        bytes memory signature = _sign(MAKER_KEY, c.carbonMarket.orderHash(order));
        _fillReverts(Fill(order, "", 1), maker);
        _fillReverts(Fill(order, bytes.concat(signature, hex"00"), 1), maker);
    }

    /// @dev The other root of the same signature; ECDSA alone would take it.
    function test_fill_revertsForTheMirroredSignature() public {
        Order memory order = _listing();
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(MAKER_KEY, c.carbonMarket.orderHash(order));
        uint256 mirrored = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141 - uint256(s);
        _fillReverts(Fill(order, abi.encodePacked(r, mirrored, 55 - v), 1), maker);
    }

    function test_fill_revertsForMakerZero() public {
        Order memory order = _listing();
        order.maker = address(0);
        _fillReverts(Fill(order, new bytes(65), 1), address(0));
    }

    function test_fill_ofAContractByItsKeyOnly() public {
        Wallet wallet = new Wallet(vm.addr(OTHER_KEY));
        _mint(address(wallet), solar, 100);
        _approveAll(address(wallet));
        Order memory order = _listing();
        order.maker = address(wallet);
        bytes32 hash = c.carbonMarket.orderHash(order);
        bytes memory wrong = _sign(MAKER_KEY, hash);
        _fillReverts(Fill(order, wrong, 1), address(wallet));
        bytes memory right = _sign(OTHER_KEY, hash);
        vm.prank(taker);
        c.carbonMarket.fill(Fill(order, right, 10));
        vm.assertEq(_held(taker, solar), 100, "bought");
        vm.assertEq(_wei(address(wallet)), 100 * PRICE, "earned");
    }

    function test_fill_ofAContractThatSignsNothing() public {
        Order memory order = _listing();
        order.maker = address(c.gpuck);
        _fillReverts(_fill(order, 1), address(c.gpuck));
    }

    function test_permit_ofTheTakerPays() public {
        _disallow(taker);
        Fill memory item = _fill(_listing(), 4);
        Permit memory permit = _permit(TAKER_KEY, 40 * PRICE);
        vm.prank(taker);
        c.carbonMarket.fillWithPermit(item, permit);
        vm.assertEq(_held(taker, solar), 40, "bought");
        vm.assertEq(c.gpuck.allowance(taker, address(c.carbonMarket)), 0, "no allowance is left");
    }

    function test_permit_ofAMakerCoversItsBid() public {
        _disallow(maker);
        Fill memory item = _fill(_bid(), 4);
        Permit memory permit = _permit(MAKER_KEY, 40 * PRICE);
        vm.prank(taker);
        c.carbonMarket.fillWithPermit(item, permit);
        vm.assertEq(_held(maker, wind), 40, "bought");
    }

    /// @dev F15: whoever sends the permit first takes nothing from the one who signed it.
    function test_permit_sentFirstBySomebodyElseIsNoError() public {
        _disallow(taker);
        Fill memory item = _fill(_listing(), 4);
        Permit memory p = _permit(TAKER_KEY, 40 * PRICE);
        vm.prank(stranger);
        c.gpuck.permit(p.owner, address(c.carbonMarket), p.value, p.deadline, p.v, p.r, p.s);
        vm.prank(taker);
        c.carbonMarket.fillWithPermit(item, p);
        vm.assertEq(_held(taker, solar), 40, "bought");
    }

    function test_permit_thatIsInvalidGivesNothing() public {
        _disallow(taker);
        Fill memory item = _fill(_listing(), 4);
        Permit memory permit = _permit(TAKER_KEY, 40 * PRICE);
        permit.value += 1;
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        vm.prank(taker);
        c.carbonMarket.fillWithPermit(item, permit);
    }

    function _disallow(address account) private {
        vm.prank(account);
        c.gpuck.approve(address(c.carbonMarket), 0);
    }

    function _fillReverts(Fill memory item, address signer) private {
        vm.expectRevert(abi.encodeWithSelector(ICarbonMarket.InvalidSignature.selector, signer));
        vm.prank(taker);
        c.carbonMarket.fill(item);
    }
}
