// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {vm} from "../../script/Vm.sol";

/// @title Reading `data:` URIs back
library Documents {
    /// @notice What a base64 `data:` URI of this type holds.
    function read(string memory uri, string memory mediaType) internal pure returns (string memory) {
        bytes memory start = abi.encodePacked("data:", mediaType, ";base64,");
        vm.assertEq(
            keccak256(Bytes.slice(bytes(uri), 0, start.length)),
            keccak256(start),
            string.concat("starts as ", mediaType)
        );
        return string(Base64.decode(string(Bytes.slice(bytes(uri), start.length))));
    }

    function contains(string memory text, string memory part) internal pure returns (bool) {
        return vm.split(text, part).length > 1;
    }
}
