// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The claiming half of ERC-1888 (draft of 2019, in the form of 2021 with unsigned topics)
/// @notice Its other half does not fit: anybody may issue under ERC-1888, here only the compute market mints. So the id
/// of the whole standard is not claimed (ERC-165).
interface IERC1888Claim {
    event ClaimSingle(
        address indexed claimIssuer,
        address indexed claimSubject,
        uint256 indexed topic,
        uint256 id,
        uint256 value,
        bytes claimData
    );
    event ClaimBatch(
        address indexed claimIssuer,
        address indexed claimSubject,
        uint256[] indexed topics,
        uint256[] ids,
        uint256[] values,
        bytes[] claimData
    );

    /// @notice Transfers `value` of `id` to `to` and retires it there. `from` or its ERC-1155 operator; so a market
    /// that may move the seller's Wh can retire them for the buyer in one call.
    /// @param data for the receiver's callback; unused when `from` is `to`.
    /// @param claimData empty, or `abi.encode(RetirementNote)`.
    function safeTransferAndClaimFrom(
        address from,
        address to,
        uint256 id,
        uint256 value,
        bytes calldata data,
        bytes calldata claimData
    ) external;

    /// @notice As `safeTransferAndClaimFrom` for several ids; each claim has its own data and its own receipt.
    function safeBatchTransferAndClaimFrom(
        address from,
        address to,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata data,
        bytes[] calldata claimData
    ) external;

    function claimedBalanceOf(address owner, uint256 id) external view returns (uint256);

    function claimedBalanceOfBatch(address[] calldata owners, uint256[] calldata ids)
        external
        view
        returns (uint256[] memory);

    /// @return issuer the contract to ask whether the certificate is valid.
    /// @return topic what kind of certificate it is.
    /// @return validityCall the call to `issuer` that answers with a bool.
    /// @return data the certificate's contents.
    function getCertificate(uint256 id)
        external
        view
        returns (address issuer, uint256 topic, bytes memory validityCall, bytes memory data);
}
