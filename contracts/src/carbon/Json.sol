// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title Members of a JSON object, each with the comma behind it
library Json {
    using Strings for uint256;

    /// @param value escaped.
    function text(string memory key, bytes memory value) internal pure returns (bytes memory) {
        return bytes.concat('"', bytes(key), '":"', value, '",');
    }

    function number(string memory key, uint256 value) internal pure returns (bytes memory) {
        return bytes.concat('"', bytes(key), '":', bytes(value.toString()), ",");
    }

    /// @notice A decimal string: for what may pass the integers a JSON number holds.
    function quantity(string memory key, uint256 value) internal pure returns (bytes memory) {
        return text(key, bytes(value.toString()));
    }
}
