// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RetirementNote} from "./ICarbonCertificate.sol";
import {Order} from "./Order.sol";

/// @notice An order that a taker fills.
/// @param signature the maker's: ECDSA over the order's EIP-712 digest, or whatever the maker's contract accepts for
/// that digest (ERC-1271).
/// @param parts how many of the order's parts.
struct Fill {
    Order order;
    bytes signature;
    uint96 parts;
}

/// @notice An ERC-2612 permit of GPUCK for the market, of the taker or of a maker who bids.
/// @param owner who signed it; 0: there is none.
struct Permit {
    address owner;
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @title Trade in carbon certificates, against GPUCK and against each other
/// @notice Makers sign orders off chain, takers fill them, whole or in parts. What an order says moves straight from
/// maker to taker and back in one transaction; the market holds nothing and charges nothing. The EIP-712 domain is
/// ("Gplusck CarbonMarket", "1", chain id, this address).
interface ICarbonMarket {
    /// @param filledParts parts of the order filled so far, this fill included.
    event OrderFilled(
        bytes32 indexed orderHash,
        address indexed maker,
        address indexed taker,
        uint256 offeredId,
        uint256 offeredAmount,
        uint256 wantedId,
        uint256 wantedAmount,
        uint256 filledParts
    );
    /// @param item place in the batch, from 0.
    /// @param reason selector of the error that stopped the item; 0 when it ran out of gas or gave none.
    event FillSkipped(bytes32 indexed orderHash, address indexed maker, uint256 item, bytes4 reason);
    event OrderCancelled(bytes32 indexed orderHash, address indexed maker);
    event CounterRaised(address indexed maker, uint256 counter);

    error NotAuthorised(address caller);
    error ZeroAmount();
    /// @notice The order gives nothing, asks nothing, or has the same thing on both sides.
    error NoTrade();
    error NotTheTaker(address caller, address taker);
    error OrderExpired(uint256 expiresAt);
    /// @notice The order was signed with another counter than the maker's present one.
    error CounterMismatch(uint256 signed, uint256 present);
    error OrderDead(bytes32 orderHash);
    error TooFewPartsLeft(uint256 left, uint256 parts);
    error InvalidSignature(address maker);
    error NotACertificate();

    /// @notice Fills `item.parts` parts, not one less. The caller pays the wanted side and gets the offered one.
    /// @dev Amounts are `parts` times what a part says. GPUCK moves first, then the wanted certificate, then the
    /// offered one: whoever is called back finds the order counted as filled.
    function fill(Fill calldata item) external;

    /// @notice As `fill`, approving with an ERC-2612 signature first; a permit that was already used is no error.
    function fillWithPermit(Fill calldata item, Permit calldata permit) external;

    /// @notice Fills what can be filled of each item, at most `parts` parts, and skips those that cannot: dead, filled,
    /// not covered, or turned away by a receiver.
    /// @param permit as in `fillWithPermit`; all zero for none.
    /// @param gasPerItem the most gas an item may use, so that no maker's contract can use up the whole batch.
    /// @return filled items of which at least one part was filled.
    function batchFill(Fill[] calldata items, uint256 gasPerItem, Permit calldata permit)
        external
        returns (uint256 filled);

    /// @notice One item of `batchFill`; only the market itself.
    function fillItem(Fill calldata item, address taker) external;

    /// @notice Fills `item.parts` parts of an order that offers a certificate and retires what that brings, as the
    /// caller's. The caller approves nothing but the payment.
    function buyAndRetire(Fill calldata item, RetirementNote calldata note, Permit calldata permit) external;

    /// @notice Kills the caller's order of this hash, signed or yet to be signed.
    function cancel(bytes32 orderHash) external;

    /// @notice Kills every order the caller has signed with the present counter.
    function cancelAll() external returns (uint256 counter);

    /// @notice EIP-712 digest of `order` on this chain and for this market: what its maker signs and what events name.
    function orderHash(Order calldata order) external view returns (bytes32);

    function orderState(address maker, bytes32 orderHash) external view returns (uint256 filledParts, bool cancelled);

    function counterOf(address maker) external view returns (uint256);

    /// @notice The market's share of a trade in 1/10,000: none, and no one can change that.
    function feeBps() external pure returns (uint256);
}
