// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {CertificateClass, ICarbonCertificate, RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";
import {Fill, Permit} from "../../src/carbon/ICarbonMarket.sol";
import {Order, Orders} from "../../src/carbon/Order.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Base} from "../Base.t.sol";

/// @title A maker who signs, a taker who pays, and certificates of both
abstract contract TradeBase is Base {
    uint256 internal constant MAKER_KEY = uint256(keccak256("maker"));
    uint256 internal constant TAKER_KEY = uint256(keccak256("taker"));
    uint256 internal constant PRICE = 0.01 ether;

    address internal immutable maker = vm.addr(MAKER_KEY);
    address internal immutable taker = vm.addr(TAKER_KEY);

    uint256 internal solar;
    uint256 internal wind;

    function setUp() public virtual override {
        super.setUp();
        vm.label(maker, "maker");
        vm.label(taker, "taker");
        solar = _certificate(EnergySource.Solar, 1);
        wind = _certificate(EnergySource.Wind, 2);
        _mint(maker, solar, 1_000_000);
        _mint(taker, wind, 1_000_000);
        address[2] memory traders = [maker, taker];
        for (uint256 i = 0; i < traders.length; ++i) {
            vm.prank(holder);
            _gpuck(traders[i], 1_000_000 ether);
            _approveAll(traders[i]);
        }
    }

    function _parameters() internal view virtual override returns (Parameters memory p) {
        p = super._parameters();
        p.poolMinimumHour = START / 1 hours;
    }

    function _approveAll(address trader) internal {
        vm.startPrank(trader);
        c.gpuck.approve(address(c.carbonMarket), type(uint256).max);
        c.gpuck.approve(address(c.carbonPair), type(uint256).max);
        c.carbonPool.approve(address(c.carbonPair), type(uint256).max);
        c.carbonCertificate.setApprovalForAll(address(c.carbonMarket), true);
        c.carbonCertificate.setApprovalForAll(address(c.carbonPool), true);
        vm.stopPrank();
    }

    // --- certificates ------------------------------------------------------------------------------------------------

    /// @dev The id of a class of the first hour of the tests.
    function _certificate(EnergySource source, uint48 nodeId) internal pure returns (uint256 id) {
        return _pack(CertificateClass(250, source, uint32(START / 1 hours), MeasurementTier.Metered, 1, nodeId));
    }

    function _pack(CertificateClass memory class) internal pure returns (uint256 id) {
        id = uint256(class.zone) << 108 | uint256(class.source) << 100 | uint256(class.hour) << 68;
        id |= uint256(class.tier) << 64 | uint256(class.factorVersion) << 48 | class.nodeId;
    }

    function _mint(address to, uint256 id, uint256 wattHours) internal {
        CertificateClass memory class = c.carbonCertificate.classOf(id);
        vm.prank(address(c.computeMarket));
        c.carbonCertificate.mint(to, class, 1, wattHours);
    }

    function _held(address account, uint256 id) internal view returns (uint256) {
        return c.carbonCertificate.balanceOf(account, id);
    }

    function _wei(address account) internal view returns (uint256) {
        return c.gpuck.balanceOf(account);
    }

    function _note() internal pure returns (RetirementNote memory note) {
        note.beneficiaryName = "A reader";
        note.reason = "reading";
    }

    // --- orders ------------------------------------------------------------------------------------------------------

    /// @dev 100 parts of 10 Wh of the maker's solar certificate for 0.1 GPUCK each.
    function _listing() internal view returns (Order memory order) {
        order.maker = maker;
        (order.offeredId, order.offeredPerPart) = (solar, 10);
        (order.wantedId, order.wantedPerPart) = (Orders.GPUCK, uint128(10 * PRICE));
        (order.parts, order.expiresAt) = (100, uint64(START + 30 days));
    }

    /// @dev 100 parts of 0.1 GPUCK of the maker for 10 Wh of the taker's wind certificate each.
    function _bid() internal view returns (Order memory order) {
        order = _listing();
        (order.offeredId, order.offeredPerPart) = (Orders.GPUCK, uint128(10 * PRICE));
        (order.wantedId, order.wantedPerPart) = (wind, 10);
    }

    /// @dev 100 parts of 10 Wh solar of the maker for 9 Wh wind of the taker each.
    function _swap() internal view returns (Order memory order) {
        order = _listing();
        (order.wantedId, order.wantedPerPart) = (wind, 9);
    }

    function _fill(Order memory order, uint96 parts) internal view returns (Fill memory) {
        return Fill(order, _sign(MAKER_KEY, c.carbonMarket.orderHash(order)), parts);
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _noPermit() internal pure returns (Permit memory permit) {}

    /// @dev A permit of GPUCK for the market, signed with `key`.
    function _permit(uint256 key, uint256 value) internal view returns (Permit memory permit) {
        (permit.owner, permit.value, permit.deadline) = (vm.addr(key), value, block.timestamp + 1 hours);
        bytes32 typehash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(
            abi.encode(
                typehash, permit.owner, address(c.carbonMarket), value, c.gpuck.nonces(permit.owner), permit.deadline
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", c.gpuck.DOMAIN_SEPARATOR(), structHash));
        (permit.v, permit.r, permit.s) = vm.sign(key, digest);
    }

    /// @dev Fills as `taker`; the hash is signed before the prank, so that the prank meets the fill.
    function _take(Order memory order, uint96 parts) internal {
        Fill memory item = _fill(order, parts);
        vm.prank(taker);
        c.carbonMarket.fill(item);
    }

    function _takeReverts(Order memory order, uint96 parts, bytes memory reason) internal {
        Fill memory item = _fill(order, parts);
        vm.expectRevert(reason);
        vm.prank(taker);
        c.carbonMarket.fill(item);
    }

    // --- the pool ----------------------------------------------------------------------------------------------------

    /// @dev Lets so much time pass that no hour until now can be disputed any more.
    function _settleHours() internal {
        vm.warp(block.timestamp + c.terms.evidenceAgeSeconds() + 1 hours);
    }

    function _list(uint256 value) internal pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = value;
    }

    function _list(uint256 first, uint256 second) internal pure returns (uint256[] memory list) {
        list = new uint256[](2);
        (list[0], list[1]) = (first, second);
    }

    function _deposit(address account, uint256 id, uint256 wattHours) internal {
        vm.prank(account);
        c.carbonPool.deposit(_list(id), _list(wattHours));
    }
}
