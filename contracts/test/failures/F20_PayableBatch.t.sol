// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Fill} from "../../src/carbon/ICarbonMarket.sol";
import {TradeBase} from "../trade/TradeBase.sol";

/// @dev Sells tickets for 1 ether each, one by one or in a payable batch of delegatecalls.
contract PayableBatch {
    mapping(address account => uint256) public tickets;

    function buy() external payable {
        require(msg.value == 1 ether, "price");
        ++tickets[msg.sender];
    }

    function batchCall(bytes[] calldata calls) external payable {
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool ok,) = address(this).delegatecall(calls[i]);
            require(ok, "call");
        }
    }
}

/// @title F20: in a payable batch of delegatecalls every call sees the same `msg.value`
contract F20PayableBatchTest is TradeBase {
    function test_attack_oneEtherPaysThreeTimes() public {
        PayableBatch batch = new PayableBatch();
        bytes[] memory calls = new bytes[](3);
        for (uint256 i = 0; i < calls.length; ++i) {
            calls[i] = abi.encodeCall(batch.buy, ());
        }
        vm.deal(stranger, 1 ether);
        vm.prank(stranger);
        batch.batchCall{value: 1 ether}(calls);
        vm.assertEq(batch.tickets(stranger), 3, "tickets for 1 ether");
    }

    function test_defence_nothingTakesEther() public {
        Fill memory item = _fill(_listing(), 1);
        Fill[] memory items = new Fill[](1);
        items[0] = item;
        address market = address(c.carbonMarket);
        _refuses(market, abi.encodeCall(c.carbonMarket.fill, (item)));
        _refuses(market, abi.encodeCall(c.carbonMarket.fillWithPermit, (item, _noPermit())));
        _refuses(market, abi.encodeCall(c.carbonMarket.batchFill, (items, 300_000, _noPermit())));
        _refuses(market, abi.encodeCall(c.carbonMarket.buyAndRetire, (item, _note(), _noPermit())));
        _refuses(market, abi.encodeCall(c.carbonMarket.cancelAll, ()));
        _refuses(market, "");
        _refuses(address(c.carbonPool), abi.encodeCall(c.carbonPool.redeemOldest, (1, 1, 0)));
        _refuses(address(c.carbonPool), "");
        _refuses(address(c.carbonPair), abi.encodeCall(c.carbonPair.buy, (1, 0, taker, block.timestamp)));
        _refuses(address(c.carbonPair), "");
    }

    /// @dev A batch here is calls of its own, one for each item, to a function that nobody else may call; the usual
    /// names of batches of delegatecalls mean nothing.
    function test_defence_thereIsNoMulticall() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(c.carbonMarket.cancelAll, ());
        string[3] memory names = ["multicall(bytes[])", "batchCall(bytes[])", "aggregate(bytes[])"];
        for (uint256 i = 0; i < names.length; ++i) {
            vm.prank(maker);
            (bool ok,) = address(c.carbonMarket).call(abi.encodeWithSignature(names[i], calls));
            vm.assertFalse(ok, names[i]);
        }
        vm.assertEq(c.carbonMarket.counterOf(maker), 0, "nothing was called");
    }

    function _refuses(address target, bytes memory data) private {
        vm.deal(taker, 1 ether);
        vm.prank(taker);
        (bool ok,) = target.call{value: 1}(data);
        vm.assertFalse(ok, "took ether");
        vm.assertEq(target.balance, 0, "no ether");
    }
}
