// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {IComputeMarket} from "../src/compute/IComputeMarket.sol";

/// @title An operator contract that takes no ERC-1155 tokens
contract UnwillingOperator {}

/// @title An operator contract that settles again while it is handed its certificate
contract ReentrantOperator {
    IComputeMarket private immutable market;
    uint256 private batchId;

    bool public called;
    bool public settledTwice;

    constructor(IComputeMarket market_) {
        market = market_;
    }

    function aim(uint256 batchId_) external {
        batchId = batchId_;
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external returns (bytes4) {
        called = true;
        try market.settle(batchId) {
            settledTwice = true;
        } catch {}
        return IERC1155Receiver.onERC1155Received.selector;
    }
}
