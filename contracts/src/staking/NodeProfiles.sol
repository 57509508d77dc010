// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EnergySource, INodeRegistry, NodeProfile} from "./INodeRegistry.sol";

/// @title What a node's profile may say
library NodeProfiles {
    uint16 internal constant COMMISSION_MAX_BPS = 10_000;

    function requireValid(NodeProfile calldata profile) internal pure {
        if (profile.source == EnergySource.None) revert INodeRegistry.InvalidProfile("no energy source");
        if (profile.zone == 0 || profile.zone > 999) {
            revert INodeRegistry.InvalidProfile("zone is not an ISO 3166-1 numeric code");
        }
        if (!_isUpper(profile.jurisdiction[0]) || !_isUpper(profile.jurisdiction[1])) {
            revert INodeRegistry.InvalidProfile("jurisdiction is not an ISO 3166-1 alpha-2 code");
        }
        if (profile.nameplateWatts == 0) revert INodeRegistry.InvalidProfile("no nameplate power");
        if (profile.commissionBps > 10_000) revert INodeRegistry.InvalidProfile("commission over 10,000 bps");
        requireEndpoint(profile.endpoint);
    }

    function requireEndpoint(string calldata endpoint) internal pure {
        uint256 length = bytes(endpoint).length;
        if (length == 0 || length > 256) revert INodeRegistry.InvalidProfile("endpoint is not 1 to 256 bytes");
    }

    function _isUpper(bytes1 letter) private pure returns (bool) {
        return letter >= "A" && letter <= "Z";
    }
}
