// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {EntryPause} from "../governance/EntryPause.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {ICarbonCertificate, RetirementNote} from "./ICarbonCertificate.sol";
import {Fill, ICarbonMarket, Permit} from "./ICarbonMarket.sol";
import {IERC1888Claim} from "./IERC1888.sol";
import {Order, Orders} from "./Order.sol";

/// @title CarbonMarket
contract CarbonMarket is ICarbonMarket, EIP712, EntryPause, ReentrancyGuardTransient {
    using Orders for Order;
    using SafeERC20 for IGpuck;

    /// @dev A cancelled order has this bit; the parts filled are below it.
    uint256 private constant CANCELLED = 1 << 96;

    IGpuck public immutable token;
    ICarbonCertificate public immutable certificate;
    /// @inheritdoc ICarbonMarket
    uint256 public constant feeBps = 0;

    /// @inheritdoc ICarbonMarket
    mapping(address maker => uint256) public counterOf;
    mapping(address maker => mapping(bytes32 orderHash => uint256)) private _states;

    constructor(IGpuck token_, ICarbonCertificate certificate_, address guardian_, address timelock_)
        EIP712("Gplusck CarbonMarket", "1")
        EntryPause(guardian_, timelock_)
    {
        token = token_;
        certificate = certificate_;
    }

    /// @inheritdoc ICarbonMarket
    function fill(Fill calldata item) external whileOpen nonReentrant {
        _fill(item, item.parts, msg.sender);
    }

    /// @inheritdoc ICarbonMarket
    function fillWithPermit(Fill calldata item, Permit calldata permit) external whileOpen nonReentrant {
        _permit(permit);
        _fill(item, item.parts, msg.sender);
    }

    /// @inheritdoc ICarbonMarket
    function batchFill(Fill[] calldata items, uint256 gasPerItem, Permit calldata permit)
        external
        whileOpen
        nonReentrant
        returns (uint256 filled)
    {
        _permit(permit);
        for (uint256 i = 0; i < items.length; ++i) {
            try this.fillItem{gas: gasPerItem}(items[i], msg.sender) {
                ++filled;
            } catch {
                bytes4 reason = _revertSelector();
                Order calldata order = items[i].order;
                emit FillSkipped(orderHash(order), order.maker, i, reason);
            }
        }
    }

    /// @inheritdoc ICarbonMarket
    function fillItem(Fill calldata item, address taker) external {
        if (msg.sender != address(this)) revert NotAuthorised(msg.sender);
        uint256 left = item.order.parts - _filledParts(_states[item.order.maker][orderHash(item.order)]);
        _fill(item, item.parts < left ? item.parts : left, taker);
    }

    /// @inheritdoc ICarbonMarket
    function buyAndRetire(Fill calldata item, RetirementNote calldata note, Permit calldata permit)
        external
        whileOpen
        nonReentrant
    {
        Order calldata order = item.order;
        if (order.offeredId == Orders.GPUCK) revert NotACertificate();
        _permit(permit);
        (uint256 offered, uint256 wanted) = _count(item, item.parts, msg.sender);
        _give(order.wantedId, msg.sender, order.maker, wanted);
        IERC1888Claim(address(certificate))
            .safeTransferAndClaimFrom(order.maker, msg.sender, order.offeredId, offered, "", abi.encode(note));
    }

    /// @inheritdoc ICarbonMarket
    function cancel(bytes32 hash) external {
        _states[msg.sender][hash] |= CANCELLED;
        emit OrderCancelled(hash, msg.sender);
    }

    /// @inheritdoc ICarbonMarket
    function cancelAll() external returns (uint256 counter) {
        counter = ++counterOf[msg.sender];
        emit CounterRaised(msg.sender, counter);
    }

    /// @inheritdoc ICarbonMarket
    function orderState(address maker, bytes32 hash) external view returns (uint256 filledParts, bool cancelled) {
        uint256 state = _states[maker][hash];
        return (_filledParts(state), state & CANCELLED != 0);
    }

    /// @inheritdoc ICarbonMarket
    function orderHash(Order calldata order) public view returns (bytes32) {
        return _hashTypedDataV4(order.hash());
    }

    function _fill(Fill calldata item, uint256 parts, address taker) private {
        Order calldata order = item.order;
        (uint256 offered, uint256 wanted) = _count(item, parts, taker);
        // GPUCK calls no one back, a certificate calls its receiver: whatever can be finished before that is.
        if (order.offeredId == Orders.GPUCK) {
            token.safeTransferFrom(order.maker, taker, offered);
            certificate.safeTransferFrom(taker, order.maker, order.wantedId, wanted, "");
        } else {
            _give(order.wantedId, taker, order.maker, wanted);
            certificate.safeTransferFrom(order.maker, taker, order.offeredId, offered, "");
        }
    }

    function _give(uint256 id, address from, address to, uint256 amount) private {
        if (id == Orders.GPUCK) token.safeTransferFrom(from, to, amount);
        else certificate.safeTransferFrom(from, to, id, amount, "");
    }

    /// @dev Writes the fill to the books. Everything after it only moves what the order says.
    function _count(Fill calldata item, uint256 parts, address taker)
        private
        returns (uint256 offered, uint256 wanted)
    {
        Order calldata order = item.order;
        bytes32 hash = orderHash(order);
        mapping(bytes32 => uint256) storage states = _states[order.maker];
        uint256 filledParts = states[hash];
        _requireFillable(order, filledParts, hash, parts, taker);
        if (!SignatureChecker.isValidSignatureNowCalldata(order.maker, hash, item.signature)) {
            revert InvalidSignature(order.maker);
        }
        filledParts += parts;
        states[hash] = filledParts;
        offered = parts * order.offeredPerPart;
        wanted = parts * order.wantedPerPart;
        emit OrderFilled(hash, order.maker, taker, order.offeredId, offered, order.wantedId, wanted, filledParts);
    }

    function _requireFillable(Order calldata order, uint256 state, bytes32 hash, uint256 parts, address taker)
        private
        view
    {
        if (!order.isTrade()) revert NoTrade();
        if (order.taker != address(0) && order.taker != taker) revert NotTheTaker(taker, order.taker);
        if (block.timestamp >= order.expiresAt) revert OrderExpired(order.expiresAt);
        uint256 counter = counterOf[order.maker];
        if (order.counter != counter) revert CounterMismatch(order.counter, counter);
        // The bit of a cancelled order is above every number of parts.
        if (state >= order.parts) revert OrderDead(hash);
        if (parts == 0) revert ZeroAmount();
        uint256 left = order.parts - state;
        if (parts > left) revert TooFewPartsLeft(left, parts);
    }

    function _filledParts(uint256 state) private pure returns (uint256) {
        return state & (CANCELLED - 1);
    }

    /// @dev Anyone may send a permit first; what counts is the allowance it leaves.
    function _permit(Permit calldata p) private {
        if (p.owner == address(0)) return;
        try IERC20Permit(address(token)).permit(p.owner, address(this), p.value, p.deadline, p.v, p.r, p.s) {} catch {}
    }

    /// @dev The first four bytes of what the last call returned. The rest stays where it is: copying it could cost the
    /// batch more gas than the item was given.
    function _revertSelector() private pure returns (bytes4 selector) {
        assembly ("memory-safe") {
            if gt(returndatasize(), 3) {
                returndatacopy(0, 0, 4)
                selector := and(mload(0), shl(224, 0xffffffff))
            }
        }
    }
}
