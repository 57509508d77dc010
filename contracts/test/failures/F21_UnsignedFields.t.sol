// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {vm} from "../../script/Vm.sol";
import {Fill, ICarbonMarket} from "../../src/carbon/ICarbonMarket.sol";
import {Order} from "../../src/carbon/Order.sol";
import {TradeBase} from "../trade/TradeBase.sol";

/// @dev Its type hash misses the taker, and its domain is the one of the chain it was built on.
contract CarelessDomain {
    bytes32 private constant TYPEHASH = keccak256(
        "Order(address maker,uint256 offeredId,uint128 offeredPerPart,uint256 wantedId,uint128 wantedPerPart,"
        "uint96 parts,uint64 counter,uint64 expiresAt,uint256 salt)"
    );
    bytes32 private immutable domain;

    constructor() {
        domain = keccak256(abi.encode("Careless", block.chainid, address(this)));
    }

    function digest(Order memory o) public view returns (bytes32) {
        bytes memory first = abi.encode(TYPEHASH, o.maker, o.offeredId, o.offeredPerPart, o.wantedId);
        bytes memory rest = abi.encode(o.wantedPerPart, o.parts, o.counter, o.expiresAt, o.salt);
        return keccak256(abi.encodePacked(hex"1901", domain, keccak256(bytes.concat(first, rest))));
    }

    function accepts(Order memory o, bytes memory signature, address caller) external view returns (bool) {
        if (o.taker != address(0) && o.taker != caller) return false;
        return ECDSA.recover(digest(o), signature) == o.maker;
    }
}

/// @title F21: a signature covers less than what it is used for, or holds on another chain too
contract F21UnsignedFieldsTest is TradeBase {
    function test_attack_anUnsignedTakerIsReplaced() public {
        CarelessDomain careless = new CarelessDomain();
        Order memory order = _listing();
        order.taker = staker;
        bytes memory signature = _sign(MAKER_KEY, careless.digest(order));
        vm.assertFalse(careless.accepts(order, signature, taker), "meant for somebody else");
        order.taker = address(0);
        vm.assertTrue(careless.accepts(order, signature, taker), "and taken all the same");
    }

    function test_attack_aSignatureHoldsOnTheFork() public {
        CarelessDomain careless = new CarelessDomain();
        Order memory order = _listing();
        bytes memory signature = _sign(MAKER_KEY, careless.digest(order));
        vm.chainId(block.chainid + 1);
        vm.assertTrue(careless.accepts(order, signature, taker), "replayed");
    }

    /// @dev Every member of the struct is changed on its own; the vectors of viem and ethers say that each is hashed as
    /// EIP-712 has it.
    function test_defence_aSignatureCoversEveryMember() public {
        Order memory signed = _listing();
        bytes memory signature = _sign(MAKER_KEY, c.carbonMarket.orderHash(signed));
        bytes32 hash = c.carbonMarket.orderHash(signed);
        for (uint256 member = 0; member < 10; ++member) {
            Order memory changed = _changed(member);
            vm.assertTrue(c.carbonMarket.orderHash(changed) != hash, "another digest");
            vm.prank(taker);
            (bool ok, bytes memory answer) =
                address(c.carbonMarket).call(abi.encodeCall(c.carbonMarket.fill, (Fill(changed, signature, 1))));
            vm.assertFalse(ok, "filled");
            bytes4 reason = bytes4(answer);
            // A changed counter is refused before its signature is looked at.
            bytes4 expected =
                member == 7 ? ICarbonMarket.CounterMismatch.selector : ICarbonMarket.InvalidSignature.selector;
            vm.assertEq(reason, expected, "reason");
        }
        vm.prank(taker);
        c.carbonMarket.fill(Fill(signed, signature, 1));
    }

    function test_defence_theDomainFollowsTheChain() public {
        Order memory order = _listing();
        Fill memory item = _fill(order, 1);
        bytes32 here = c.carbonMarket.orderHash(order);
        uint256 home = block.chainid;
        vm.chainId(home + 1);
        vm.assertTrue(c.carbonMarket.orderHash(order) != here, "another digest on the fork");
        vm.expectRevert(abi.encodeWithSelector(ICarbonMarket.InvalidSignature.selector, maker));
        vm.prank(taker);
        c.carbonMarket.fill(item);
        _take(order, 1);
        vm.chainId(home);
        vm.assertEq(c.carbonMarket.orderHash(order), here, "and the same at home");
        vm.prank(taker);
        c.carbonMarket.fill(item);
    }

    function test_defence_theDomainIsPublished() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address market,,) =
            c.carbonMarket.eip712Domain();
        vm.assertEq(bytes32(fields), bytes32(hex"0f"), "name, version, chain and contract");
        vm.assertEq(name, "Gplusck CarbonMarket", "name");
        vm.assertEq(version, "1", "version");
        vm.assertEq(chainId, block.chainid, "chain");
        vm.assertEq(market, address(c.carbonMarket), "contract");
    }

    function _changed(uint256 member) private view returns (Order memory order) {
        order = _listing();
        if (member == 0) order.maker = taker;
        if (member == 1) order.taker = taker;
        if (member == 2) order.offeredId += 1;
        if (member == 3) order.offeredPerPart += 1;
        if (member == 4) order.wantedId = wind;
        if (member == 5) order.wantedPerPart -= 1;
        if (member == 6) order.parts += 1;
        if (member == 7) order.counter = 1;
        if (member == 8) order.expiresAt += 1;
        if (member == 9) order.salt = 1;
    }
}
