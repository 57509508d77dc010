// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Green incentives, claimed from a cumulative Merkle tree
/// @notice A leaf says how much an account has earned over all epochs, so one claim catches up on every epoch missed.
/// leaf = keccak256(keccak256(abi.encode(chainId, contract, epoch, account, cumulative))); inner nodes hash their two
/// children in sorted order.
/// @notice Independent recomputers build the tree from public data. The root on which a quorum of them agrees stands
/// proposed and pays out only after a delay. Until then anyone may dispute it, which freezes it until governance rules,
/// and the guardian may disable it. Nobody can shorten the delay.
interface IGreenRewards {
    /// @notice `Proposed` pays from `activatesAt` on. `Confirmed` was disputed and found right; it pays likewise.
    /// `Disputed` and `Disabled` pay nothing; `Disabled` is for good, but its epoch may be attested again.
    enum RootState {
        None,
        Proposed,
        Confirmed,
        Disputed,
        Disabled
    }

    /// @param total wei over all leaves, cumulative. @param inputsHash keccak256 of the published inputs of the epoch.
    struct Root {
        bytes32 root;
        bytes32 inputsHash;
        uint256 total;
        uint64 activatesAt;
        RootState state;
    }

    struct Dispute {
        address disputer;
        uint96 bondWei;
    }

    event RootAttested(
        uint256 indexed epoch, address indexed recomputer, bytes32 root, bytes32 inputsHash, uint256 total
    );
    event RootProposed(uint256 indexed epoch, bytes32 root, bytes32 inputsHash, uint256 total, uint64 activatesAt);
    event RootDisputed(uint256 indexed epoch, address indexed disputer, uint256 bondWei, string reason);
    event RootResolved(uint256 indexed epoch, address indexed disputer, bool valid, uint256 bondWei);
    event RootDisabled(uint256 indexed epoch);
    event Claimed(
        uint256 indexed epoch, address indexed account, address indexed recipient, uint256 amount, uint256 cumulative
    );
    event RecipientChanged(address indexed account, address recipient);
    event RecomputersSet(uint32 indexed term, address[] accounts, uint8 threshold);

    error NotAuthorised(address caller);
    error RootExists(uint256 epoch);
    error AlreadyAttested(uint256 epoch, address recomputer);
    error EpochOutOfOrder(uint256 epoch, uint256 latest);
    error TotalFell(uint256 total, uint256 previous);
    /// @notice The root would announce more new wei than one root may.
    error RootOverCap(uint256 increase, uint256 cap);
    /// @notice Less is there than asked for: of the contract's balance, or of what the roots announced.
    error Unfunded(uint256 asked, uint256 available);
    error EpochNotEnded(uint256 epoch, uint256 endsAt);
    error RootNotActive(uint256 epoch, uint64 activatesAt);
    /// @notice The root is not waiting for its delay: there is none, it pays already, or it is disputed or disabled.
    error RootNotPending(uint256 epoch, RootState state);
    error RootNotDisputed(uint256 epoch, RootState state);
    error InvalidProof();

    /// @notice Says what the caller computed for an ended epoch; only a recomputer, once per root. The attestation that
    /// completes the threshold proposes the root. Totals never fall, never exceed what was funded, and grow by at most
    /// `rootCapWei` per root. An epoch before the latest standing root has had its turn: leaves are cumulative.
    function attestRoot(uint256 epoch, bytes32 root, bytes32 inputsHash, uint256 total) external;

    /// @notice Freezes a root before its activation, against the challenger's bond. The bond comes back when the root
    /// is found wrong and burns when it is found right.
    /// @param reason what is wrong with it, or where that is written.
    function dispute(uint256 epoch, string calldata reason) external;

    /// @notice Ends a dispute; only the timelock. A valid root pays once its delay is over, too; an invalid one is
    /// disabled.
    function resolve(uint256 epoch, bool valid) external;

    /// @notice Disables a root before its activation; only the guardian.
    function disable(uint256 epoch) external;

    /// @notice Appoints the recomputers, 2 to 15, of whom `threshold` (at least 2) must agree; only the timelock.
    /// Attestations for roots not yet proposed start anew.
    function setRecomputers(address[] calldata accounts, uint8 threshold) external;

    /// @notice Pays `cumulative` less what was claimed before to the account's recipient. Anyone may call for anyone; a
    /// claim with nothing left pays 0.
    function claim(uint256 epoch, address account, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount);

    /// @notice Sends the caller's later claims to `recipient`; the zero address resets it to the caller.
    function setRecipient(address recipient) external;

    function root(uint256 epoch) external view returns (Root memory);

    /// @notice The latest dispute over a root of `epoch`, ended or not.
    function disputeOf(uint256 epoch) external view returns (Dispute memory);

    /// @notice The latest epoch with a root that is neither disputed nor disabled.
    function latestEpoch() external view returns (uint256 epoch, bool exists);

    function claimed(address account) external view returns (uint256);

    /// @notice Wei claimed by all accounts.
    function totalClaimed() external view returns (uint256);

    /// @notice Wei of dispute bonds held here; no part of what is funded.
    function bondedWei() external view returns (uint256);

    function recipientOf(address account) external view returns (address);

    function isRecomputer(address account) external view returns (bool);

    /// @notice How many recomputers must agree, and of how many.
    function recomputerQuorum() external view returns (uint32 term, uint8 threshold, uint8 size);

    function leaf(uint256 epoch, address account, uint256 cumulative) external view returns (bytes32);
}
