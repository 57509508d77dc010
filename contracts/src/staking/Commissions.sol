// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITerms} from "../governance/ITerms.sol";
import {INodeRegistry} from "./INodeRegistry.sol";
import {NodeProfiles} from "./NodeProfiles.sol";

/// @title Commissions, and the notice that a rise takes
abstract contract Commissions is INodeRegistry {
    /// @param bps what applies until `effectiveAt`. @param nextBps what applies from then on; 0 with no rise announced.
    struct Commission {
        uint16 bps;
        uint16 nextBps;
        uint64 effectiveAt;
    }

    ITerms public immutable terms;

    mapping(uint48 nodeId => Commission) private _commissions;

    constructor(ITerms terms_) {
        terms = terms_;
    }

    /// @inheritdoc INodeRegistry
    function commissionOf(uint48 nodeId) public view returns (uint16) {
        Commission storage entry = _commissions[nodeId];
        return entry.effectiveAt != 0 && block.timestamp >= entry.effectiveAt ? entry.nextBps : entry.bps;
    }

    /// @inheritdoc INodeRegistry
    function pendingCommission(uint48 nodeId) external view returns (uint16 bps, uint64 effectiveAt) {
        Commission storage entry = _commissions[nodeId];
        if (block.timestamp < entry.effectiveAt) return (entry.nextBps, entry.effectiveAt);
    }

    function _setCommission(uint48 nodeId, uint16 bps) internal {
        _commissions[nodeId] = Commission(bps, 0, 0);
    }

    function _announce(uint48 nodeId, uint16 bps) internal {
        if (bps > NodeProfiles.COMMISSION_MAX_BPS) revert InvalidProfile("commission over 10,000 bps");
        uint16 present = commissionOf(nodeId);
        uint64 effectiveAt = SafeCast.toUint64(block.timestamp);
        if (bps <= present) {
            _setCommission(nodeId, bps);
        } else {
            effectiveAt = SafeCast.toUint64(block.timestamp + terms.unbondingSeconds());
            _commissions[nodeId] = Commission(present, bps, effectiveAt);
        }
        emit CommissionAnnounced(nodeId, bps, effectiveAt);
    }
}
