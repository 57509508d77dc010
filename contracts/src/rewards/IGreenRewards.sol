// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Green incentives, claimed from a cumulative Merkle tree
/// @notice A leaf says how much an account has earned over all epochs, so one claim catches up on every epoch missed.
/// leaf = keccak256(keccak256(abi.encode(chainId, contract, epoch, account, cumulative))); inner nodes hash their two
/// children in sorted order. A root pays out only after its delay.
interface IGreenRewards {
    /// @param total wei over all leaves, cumulative. @param inputsHash keccak256 of the published inputs of the epoch.
    struct Root {
        bytes32 root;
        bytes32 inputsHash;
        uint256 total;
        uint64 activatesAt;
    }

    event RootProposed(uint256 indexed epoch, bytes32 root, bytes32 inputsHash, uint256 total, uint64 activatesAt);
    event Claimed(
        uint256 indexed epoch, address indexed account, address indexed recipient, uint256 amount, uint256 cumulative
    );
    event RecipientChanged(address indexed account, address recipient);

    error NotAuthorised(address caller);
    error RootExists(uint256 epoch);
    error EpochOutOfOrder(uint256 epoch, uint256 latest);
    error TotalFell(uint256 total, uint256 previous);
    error Unfunded(uint256 total, uint256 funded);
    error EpochNotEnded(uint256 epoch, uint256 endsAt);
    error RootNotActive(uint256 epoch, uint64 activatesAt);
    error InvalidProof();

    /// @notice Publishes the root of an ended epoch; only the proposer. Totals never fall, and never exceed what was
    /// funded.
    function proposeRoot(uint256 epoch, bytes32 root, bytes32 inputsHash, uint256 total) external;

    /// @notice Pays `cumulative` less what was claimed before to the account's recipient. Anyone may call for anyone; a
    /// claim with nothing left pays 0.
    function claim(uint256 epoch, address account, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount);

    /// @notice Sends the caller's later claims to `recipient`; the zero address resets it to the caller.
    function setRecipient(address recipient) external;

    function root(uint256 epoch) external view returns (Root memory);

    function latestEpoch() external view returns (uint256 epoch, bool exists);

    function claimed(address account) external view returns (uint256);

    function recipientOf(address account) external view returns (address);

    function leaf(uint256 epoch, address account, uint256 cumulative) external view returns (bytes32);
}
