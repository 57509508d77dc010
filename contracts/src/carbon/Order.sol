// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a maker signs: `parts` equal parts of one trade, of which a taker may fill any number. Amounts of a
/// fill are products of whole numbers, so no fill is ever rounded, for or against anyone. A listing offers a
/// certificate and wants GPUCK, a bid offers GPUCK and wants a certificate, a swap has a certificate on both sides.
/// @param taker the only account that may fill; 0 is anyone.
/// @param offeredId certificate id of what the maker gives, or `Orders.GPUCK`.
/// @param offeredPerPart Wh, or wei of GPUCK, that the maker gives for each part.
/// @param wantedId certificate id of what the maker gets, or `Orders.GPUCK`.
/// @param wantedPerPart Wh, or wei of GPUCK, that the maker gets for each part.
/// @param parts how often the trade may be made; 1 is all or nothing.
/// @param counter the maker's counter; raising it kills every order signed with the old one.
/// @param expiresAt Unix time from which on the order is dead.
/// @param salt tells otherwise equal orders apart.
struct Order {
    address maker;
    address taker;
    uint256 offeredId;
    uint128 offeredPerPart;
    uint256 wantedId;
    uint128 wantedPerPart;
    uint96 parts;
    uint64 counter;
    uint64 expiresAt;
    uint256 salt;
}

/// @title The hash and the amounts of an order
library Orders {
    /// @notice Stands for GPUCK where an order names a side. No certificate has this id: nodes and factor versions
    /// count from 1.
    uint256 internal constant GPUCK = 0;

    bytes32 internal constant TYPEHASH = keccak256(
        "Order(address maker,address taker,uint256 offeredId,uint128 offeredPerPart,uint256 wantedId,"
        "uint128 wantedPerPart,uint96 parts,uint64 counter,uint64 expiresAt,uint256 salt)"
    );

    /// @notice `hashStruct` of EIP-712.
    /// @dev Every member is one word, so the encoding of the struct in calldata is EIP-712's. Members whose words hold
    /// more than their type are hashed as they stand: no wallet signs that, and reading such a member reverts.
    function hash(Order calldata order) internal pure returns (bytes32 result) {
        bytes32 typehash = TYPEHASH;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, typehash)
            calldatacopy(add(start, 32), order, 320)
            result := keccak256(start, 352)
        }
    }

    /// @notice False for an order that gives nothing, asks nothing, or has the same thing on both sides.
    function isTrade(Order calldata order) internal pure returns (bool) {
        return order.offeredPerPart != 0 && order.wantedPerPart != 0 && order.offeredId != order.wantedId;
    }
}
