// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The retirement half of ERC-8393 (draft of August 2026)
/// @notice Its other half does not fit: it issues a credit once and in full, while the Wh of a node's hour arrive batch
/// by batch; and its ids name a project and a credit. So the id of the whole standard is not claimed (ERC-165).
interface IERC8393Retirement {
    event CreditRetired(address indexed account, uint256 indexed tokenId, uint256 amount);

    /// @notice Retires `amount` of `account`'s `tokenId`, with an empty note. The account or its ERC-1155 operator.
    function retire(uint256 tokenId, address account, uint256 amount) external;

    /// @notice What `account` retired of `tokenId`: never moves, never falls.
    function retiredBalanceOf(address account, uint256 tokenId) external view returns (uint256);
}
