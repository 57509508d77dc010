// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITerms} from "../governance/ITerms.sol";
import {IEmission} from "../token/IEmission.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {Agreement, Quorum, Quorums} from "../verify/Quorum.sol";
import {IGreenRewards} from "./IGreenRewards.sol";

/// @title How a reward root comes to stand, and how it falls
/// @dev Standing roots form a chain, each pointing to the one before it; `_books.next` is its head. A root leaves the
/// chain when it is disputed or disabled, which is always before anybody could claim from it: a wrong total holds up no
/// later root while governance deliberates.
abstract contract RewardRoots is IGreenRewards {
    using SafeERC20 for IGpuck;
    using Quorums for Quorum;
    using Quorums for Agreement;

    /// @notice The contracts and accounts that roots depend on.
    struct Links {
        IGpuck token;
        IEmission emission;
        ITerms terms;
        address guardian;
        address timelock;
    }

    /// @param previous epoch after that of the root below in the chain; 0 at its foot.
    /// @param attempt how many roots of this epoch were disabled.
    struct Entry {
        bytes32 root;
        uint96 total;
        uint64 activatesAt;
        uint48 previous;
        RootState state;
        uint16 attempt;
        bytes32 inputsHash;
    }

    /// @param announced the largest total of the roots claimed from. @param next epoch after the latest standing
    /// root's; 0 before the first.
    struct Books {
        uint96 claimed;
        uint96 announced;
        uint48 next;
    }

    IGpuck public immutable token;
    IEmission public immutable emission;
    ITerms public immutable terms;
    address public immutable guardian;
    address public immutable timelock;

    /// @inheritdoc IGreenRewards
    uint256 public bondedWei;

    Books internal _books;
    mapping(uint256 epoch => Entry) internal _roots;

    mapping(uint256 epoch => Dispute) private _disputes;
    mapping(bytes32 statement => Agreement) private _agreements;
    Quorum private _recomputers;

    constructor(Links memory links, address[] memory recomputers, uint8 threshold) {
        token = links.token;
        emission = links.emission;
        terms = links.terms;
        guardian = links.guardian;
        timelock = links.timelock;
        _appoint(recomputers, threshold);
    }

    modifier onlyTimelock() {
        if (msg.sender != timelock) revert NotAuthorised(msg.sender);
        _;
    }

    /// @inheritdoc IGreenRewards
    function attestRoot(uint256 epoch, bytes32 root_, bytes32 inputsHash, uint256 total) external {
        uint16 bit = _recomputers.bitOf(msg.sender);
        if (bit == 0) revert NotAuthorised(msg.sender);
        _requireInOrder(epoch);
        _requireAffordable(total);
        Entry storage entry = _roots[epoch];
        bytes32 statement = keccak256(abi.encode(epoch, entry.attempt, _recomputers.term, root_, inputsHash, total));
        Agreement memory agreement = _agreements[statement];
        if (!agreement.add(bit)) revert AlreadyAttested(epoch, msg.sender);
        _agreements[statement] = agreement;
        emit RootAttested(epoch, msg.sender, root_, inputsHash, total);
        if (agreement.count < _recomputers.threshold) return;

        uint64 activatesAt = SafeCast.toUint64(block.timestamp + terms.rootDelaySeconds());
        (entry.root, entry.inputsHash, entry.total) = (root_, inputsHash, SafeCast.toUint96(total));
        (entry.activatesAt, entry.state, entry.previous) = (activatesAt, RootState.Proposed, _books.next);
        _books.next = SafeCast.toUint48(epoch + 1);
        emit RootProposed(epoch, root_, inputsHash, total, activatesAt);
    }

    /// @inheritdoc IGreenRewards
    function dispute(uint256 epoch, string calldata reason) external {
        _requirePending(epoch);
        uint96 bondWei = SafeCast.toUint96(terms.challengerBondWei());
        _unlink(epoch, RootState.Disputed);
        _disputes[epoch] = Dispute(msg.sender, bondWei);
        bondedWei += bondWei;
        emit RootDisputed(epoch, msg.sender, bondWei, reason);
        token.safeTransferFrom(msg.sender, address(this), bondWei);
    }

    /// @inheritdoc IGreenRewards
    function resolve(uint256 epoch, bool valid) external onlyTimelock {
        RootState state = _roots[epoch].state;
        if (state != RootState.Disputed) revert RootNotDisputed(epoch, state);
        Dispute memory raised = _disputes[epoch];
        bondedWei -= raised.bondWei;
        emit RootResolved(epoch, raised.disputer, valid, raised.bondWei);
        if (valid) {
            _confirm(epoch);
            token.burn(raised.bondWei, "dispute");
        } else {
            _disable(epoch);
            token.safeTransfer(raised.disputer, raised.bondWei);
        }
    }

    /// @inheritdoc IGreenRewards
    function disable(uint256 epoch) external {
        if (msg.sender != guardian) revert NotAuthorised(msg.sender);
        _requirePending(epoch);
        _disable(epoch);
    }

    /// @inheritdoc IGreenRewards
    function setRecomputers(address[] calldata accounts, uint8 threshold) external onlyTimelock {
        _appoint(accounts, threshold);
    }

    /// @inheritdoc IGreenRewards
    function root(uint256 epoch) external view returns (Root memory) {
        Entry storage entry = _roots[epoch];
        return Root(entry.root, entry.inputsHash, entry.total, entry.activatesAt, entry.state);
    }

    /// @inheritdoc IGreenRewards
    function disputeOf(uint256 epoch) external view returns (Dispute memory) {
        return _disputes[epoch];
    }

    /// @inheritdoc IGreenRewards
    function latestEpoch() external view returns (uint256 epoch, bool exists) {
        uint256 next = _books.next;
        return next == 0 ? (0, false) : (next - 1, true);
    }

    /// @inheritdoc IGreenRewards
    function totalClaimed() external view returns (uint256) {
        return _books.claimed;
    }

    /// @inheritdoc IGreenRewards
    function isRecomputer(address account) external view returns (bool) {
        return _recomputers.bitOf(account) != 0;
    }

    /// @inheritdoc IGreenRewards
    function recomputerQuorum() external view returns (uint32 term, uint8 threshold, uint8 size) {
        return (_recomputers.term, _recomputers.threshold, _recomputers.size);
    }

    function _appoint(address[] memory accounts, uint8 threshold) private {
        emit RecomputersSet(_recomputers.appoint(accounts, threshold), accounts, threshold);
    }

    function _disable(uint256 epoch) private {
        _unlink(epoch, RootState.Disabled);
        ++_roots[epoch].attempt;
        emit RootDisabled(epoch);
    }

    /// @dev Later roots may stand above it; then only its own place closes. The loop passes over roots that fell in
    /// between, each of which took a bond, the guardian or governance.
    function _unlink(uint256 epoch, RootState state) private {
        _roots[epoch].state = state;
        uint48 next = _books.next;
        while (next != 0 && _roots[next - 1].state > RootState.Confirmed) {
            next = _roots[next - 1].previous;
        }
        _books.next = next;
    }

    /// @dev A root that others have overtaken pays, too, but is no measure for the roots to come.
    function _confirm(uint256 epoch) private {
        Entry storage entry = _roots[epoch];
        entry.state = RootState.Confirmed;
        if (epoch < _books.next) return;
        entry.previous = _books.next;
        _books.next = SafeCast.toUint48(epoch + 1);
    }

    function _requireInOrder(uint256 epoch) private view {
        if (epoch >= emission.currentEpoch()) revert EpochNotEnded(epoch, emission.startOf(epoch + 1));
        RootState state = _roots[epoch].state;
        if (state != RootState.None && state != RootState.Disabled) revert RootExists(epoch);
        if (epoch < _books.next) revert EpochOutOfOrder(epoch, _books.next - 1);
    }

    function _requireAffordable(uint256 total) private view {
        Books memory books = _books;
        uint256 previous = books.next == 0 ? 0 : _roots[books.next - 1].total;
        if (total < previous) revert TotalFell(total, previous);
        uint256 cap = terms.rootCapWei();
        if (total - previous > cap) revert RootOverCap(total - previous, cap);
        uint256 funded = token.balanceOf(address(this)) - bondedWei + books.claimed;
        if (total > funded) revert Unfunded(total, funded);
    }

    function _requirePending(uint256 epoch) private view {
        Entry storage entry = _roots[epoch];
        if (entry.state != RootState.Proposed || block.timestamp >= entry.activatesAt) {
            revert RootNotPending(epoch, entry.state);
        }
    }
}
