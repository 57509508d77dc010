// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonMarket} from "../../src/carbon/CarbonMarket.sol";
import {Order} from "../../src/carbon/Order.sol";
import {Base} from "../Base.t.sol";

/// @title The market's digests against those of viem and ethers, which `test/vectors/orders.mjs` wrote down
contract OrderVectorsTest is Base {
    uint256 private constant COUNT = 24;

    string private json;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("test/vectors/orders.json");
    }

    function test_orderHash_isTheDigestOfViemAndEthers() public {
        bytes memory code = address(c.carbonMarket).code;
        for (uint256 i = 0; i < COUNT; ++i) {
            string memory path = string.concat(".orders[", vm.toString(i), "]");
            // Another address and another chain than the market was built for: the domain must follow both.
            address market = vm.parseJsonAddress(json, string.concat(path, ".market"));
            vm.etch(market, code);
            vm.chainId(_uint(path, ".chainId"));
            Order memory order = _order(path);
            bytes32 digest = CarbonMarket(market).orderHash(order);
            vm.assertEq(digest, vm.parseJsonBytes32(json, string.concat(path, ".digest")), path);
            bytes memory signature = vm.parseJsonBytes(json, string.concat(path, ".signature"));
            vm.assertEq(ECDSA.recover(digest, signature), order.maker, path);
        }
    }

    function _order(string memory path) private view returns (Order memory order) {
        order.maker = vm.parseJsonAddress(json, string.concat(path, ".maker"));
        order.taker = vm.parseJsonAddress(json, string.concat(path, ".taker"));
        order.offeredId = _uint(path, ".offeredId");
        order.offeredPerPart = uint128(_uint(path, ".offeredPerPart"));
        order.wantedId = _uint(path, ".wantedId");
        order.wantedPerPart = uint128(_uint(path, ".wantedPerPart"));
        order.parts = uint96(_uint(path, ".parts"));
        order.counter = uint64(_uint(path, ".counter"));
        order.expiresAt = uint64(_uint(path, ".expiresAt"));
        order.salt = _uint(path, ".salt");
    }

    function _uint(string memory path, string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(path, key));
    }
}
