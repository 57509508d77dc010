// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Fill, ICarbonMarket} from "../../src/carbon/ICarbonMarket.sol";
import {CarbonMarket} from "../../src/carbon/CarbonMarket.sol";
import {TradeBase} from "../trade/TradeBase.sol";

/// @dev Fills one after the other; what stops one stops all.
contract StrictBatch {
    CarbonMarket private immutable market;

    constructor(CarbonMarket market_) {
        market = market_;
    }

    function fillAll(Fill[] calldata items) external {
        for (uint256 i = 0; i < items.length; ++i) {
            market.fill(items[i]);
        }
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC1155Received.selector;
    }
}

/// @title F14: one item, taken by somebody else a moment before, blocks a whole batch
contract F14BatchGriefingTest is TradeBase {
    function test_attack_onePartTakenFirstBlocksTheBatch() public {
        StrictBatch batch = new StrictBatch(c.carbonMarket);
        vm.prank(holder);
        _gpuck(address(batch), 1_000 ether);
        _approveAll(address(batch));
        Fill[] memory items = _items();
        _frontRun(items[0]);
        vm.expectRevert(abi.encodeWithSelector(ICarbonMarket.TooFewPartsLeft.selector, 99, 100));
        batch.fillAll(items);
        vm.assertEq(_held(address(batch), solar), 0, "nothing was bought");
    }

    function test_defence_theRestOfTheBatchFills() public {
        Fill[] memory items = _items();
        _frontRun(items[0]);
        vm.prank(taker);
        vm.assertEq(c.carbonMarket.batchFill(items, 300_000, _noPermit()), 3, "filled");
        vm.assertEq(_held(taker, solar), 2_990, "all but the part that was taken first");
    }

    function test_defence_aCancelledItemIsSkippedAndNamed() public {
        Fill[] memory items = _items();
        bytes32 hash = c.carbonMarket.orderHash(items[1].order);
        vm.prank(maker);
        c.carbonMarket.cancel(hash);
        vm.expectEmit(address(c.carbonMarket));
        emit ICarbonMarket.FillSkipped(hash, maker, 1, ICarbonMarket.OrderDead.selector);
        vm.prank(taker);
        vm.assertEq(c.carbonMarket.batchFill(items, 300_000, _noPermit()), 2, "filled");
        vm.assertEq(_held(taker, solar), 2_000, "the others");
    }

    function _items() private view returns (Fill[] memory items) {
        items = new Fill[](3);
        for (uint256 i = 0; i < items.length; ++i) {
            items[i] = _fill(_listing(), 100);
            items[i].order.salt = i;
            items[i].signature = _sign(MAKER_KEY, c.carbonMarket.orderHash(items[i].order));
        }
    }

    function _frontRun(Fill memory item) private {
        _approveAll(staker);
        item = Fill(item.order, item.signature, 1);
        vm.prank(staker);
        c.carbonMarket.fill(item);
    }
}
