// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RetirementRecord} from "./RetirementRecord.sol";

/// @title The document of a retirement receipt
/// @notice ERC-721 metadata, JSON with an SVG picture, made on chain. Quantities and ids are decimal strings, since
/// they may pass what a JSON number holds; times are Unix seconds, hours Unix time / 3600. A contract of its own for
/// its size.
interface IRetirementDocument {
    /// @return a `data:` URI.
    function uri(uint256 receiptId, RetirementRecord memory record) external view returns (string memory);
}
