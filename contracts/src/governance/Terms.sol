// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Amounts, Durations, ITerms, Shares} from "./ITerms.sol";
import {TermBounds} from "./TermBounds.sol";

/// @title Terms
contract Terms is ITerms {
    /// @notice The only account that changes a term.
    address public immutable timelock;

    /// @inheritdoc ITerms
    uint256 public evidenceFloor;

    Durations private _durations;
    Shares private _shares;
    Amounts private _amounts;

    constructor(address timelock_, Durations memory durations_, Shares memory shares_, Amounts memory amounts_) {
        timelock = timelock_;
        _setDurations(durations_);
        _setShares(shares_);
        _setAmounts(amounts_);
    }

    modifier onlyTimelock() {
        if (msg.sender != timelock) revert NotAuthorised(msg.sender);
        _;
    }

    /// @inheritdoc ITerms
    function setDurations(Durations calldata durations_) external onlyTimelock {
        evidenceFloor = Math.max(evidenceFloor, block.timestamp - _durations.evidenceAge);
        _setDurations(durations_);
    }

    /// @inheritdoc ITerms
    function setShares(Shares calldata shares_) external onlyTimelock {
        _setShares(shares_);
    }

    /// @inheritdoc ITerms
    function setAmounts(Amounts calldata amounts_) external onlyTimelock {
        _setAmounts(amounts_);
    }

    /// @inheritdoc ITerms
    function challengeSeconds() external view returns (uint256) {
        return _durations.challenge;
    }

    /// @inheritdoc ITerms
    function roundSeconds() external view returns (uint256) {
        return _durations.round;
    }

    /// @inheritdoc ITerms
    function unbondingSeconds() external view returns (uint256) {
        return _durations.unbonding;
    }

    /// @inheritdoc ITerms
    function jailSeconds() external view returns (uint256) {
        return _durations.jail;
    }

    /// @inheritdoc ITerms
    function evidenceAgeSeconds() external view returns (uint256) {
        return _durations.evidenceAge;
    }

    /// @inheritdoc ITerms
    function responseSeconds() external view returns (uint256) {
        return _durations.response;
    }

    /// @inheritdoc ITerms
    function rulingSeconds() external view returns (uint256) {
        return _durations.ruling;
    }

    /// @inheritdoc ITerms
    function appealSeconds() external view returns (uint256) {
        return _durations.appeal;
    }

    /// @inheritdoc ITerms
    function appealVoteSeconds() external view returns (uint256) {
        return _durations.appealVote;
    }

    /// @inheritdoc ITerms
    function rootDelaySeconds() external view returns (uint256) {
        return _durations.rootDelay;
    }

    /// @inheritdoc ITerms
    function minimumStakeWei() external view returns (uint256) {
        return _amounts.minimumStake;
    }

    /// @inheritdoc ITerms
    function challengerBondWei() external view returns (uint256) {
        return _amounts.challengerBond;
    }

    /// @inheritdoc ITerms
    function rootCapWei() external view returns (uint256) {
        return _amounts.rootCap;
    }

    /// @inheritdoc ITerms
    function durations() external view returns (Durations memory) {
        return _durations;
    }

    /// @inheritdoc ITerms
    function shares() external view returns (Shares memory) {
        return _shares;
    }

    /// @inheritdoc ITerms
    function amounts() external view returns (Amounts memory) {
        return _amounts;
    }

    function _setDurations(Durations memory durations_) private {
        TermBounds.requireBounded(durations_);
        _durations = durations_;
        emit DurationsChanged(durations_);
    }

    function _setShares(Shares memory shares_) private {
        TermBounds.requireBounded(shares_);
        _shares = shares_;
        emit SharesChanged(shares_);
    }

    function _setAmounts(Amounts memory amounts_) private {
        TermBounds.requireBounded(amounts_);
        _amounts = amounts_;
        emit AmountsChanged(amounts_);
    }
}
