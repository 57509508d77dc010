// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Stake behind nodes
/// @notice Each node has two pools of shares: active and unbonding. Rewards lift the price of an active share, a slash
/// lowers both pools alike, so its cost does not depend on the number of stakers. Balances are the vault's own books:
/// tokens sent to it by plain transfer belong to no one.
interface IStakeVault {
    /// @notice Stake on its way out. The id names owner, node and maturity, so nobody can queue for someone else.
    /// @param shares of the node's unbonding pool; 0 once that pool was slashed to nothing.
    struct UnbondRequest {
        address owner;
        uint48 nodeId;
        uint64 maturesAt;
        uint256 shares;
    }

    /// @notice Stake that moved from one node to another and still answers for faults of the first.
    /// @param shares of the new node's active pool, locked. @param assets wei that still answer for the old node.
    /// @param magnitude of the old node when the stake moved, or when its share of a slash was last taken.
    /// @param until earliest second at which it may be released.
    /// @param generation of the new node's pool that the shares belong to.
    struct RedelegatedStake {
        address owner;
        uint48 fromNode;
        uint48 toNode;
        uint112 shares;
        uint64 magnitude;
        uint40 until;
        uint8 generation;
        uint96 assets;
    }

    event Staked(uint48 indexed nodeId, address indexed account, uint256 assets, uint256 shares);
    event UnbondRequested(
        uint256 indexed requestId,
        uint48 indexed nodeId,
        address indexed account,
        uint256 assets,
        uint256 shares,
        uint64 maturesAt
    );
    event UnbondCancelled(
        uint256 indexed requestId, uint48 indexed nodeId, address indexed account, uint256 assets, uint256 shares
    );
    event Withdrawn(
        uint256 indexed requestId, uint48 indexed nodeId, address indexed account, address to, uint256 assets
    );
    event Redelegated(
        uint256 indexed redelegationId,
        uint48 indexed fromNode,
        uint48 indexed toNode,
        address account,
        uint256 assets,
        uint256 shares,
        uint64 until
    );
    /// @param slashedShares taken for slashes of the old node. @param burned wei they were worth.
    /// @param released whether the rest is free now.
    event RedelegationSettled(uint256 indexed redelegationId, uint256 slashedShares, uint256 burned, bool released);
    event RewardAdded(uint48 indexed nodeId, uint256 assets);
    /// @param count accusations that now hold the node's stake.
    event NodeFrozen(uint48 indexed nodeId, uint256 count);
    event NodeUnfrozen(uint48 indexed nodeId, uint256 count);
    /// @param removed wei that both pools lost. @param removedActive those of them that the active pool lost.
    event Slashed(
        uint48 indexed nodeId,
        uint256 indexed faultId,
        address indexed court,
        uint256 removed,
        uint256 removedActive,
        uint256 burned,
        uint256 reward,
        address finder
    );

    error ZeroAmount();
    error StakeTooSmall(uint256 assets, uint256 minimum);
    error TooFewShares(uint256 shares, uint256 minimum);
    error NotAuthorised(address caller);
    error NotMatured(uint256 requestId, uint64 maturesAt);
    error UnknownRequest(uint256 requestId);
    error NodeNotStakeable(uint48 nodeId);
    error FrozenStake(uint48 nodeId);
    error NotFrozen(uint48 nodeId);
    error SameNode(uint48 nodeId);
    /// @notice So little of the node's magnitude is left that a slash could no longer follow stake with precision.
    error MagnitudeSpent(uint48 nodeId, uint256 magnitude);
    error UnknownRedelegation(uint256 redelegationId);
    /// @notice The stake is not due yet, and no slash of its old node waits to be taken from it.
    error NothingToSettle(uint256 redelegationId, uint64 until);
    error NotPast(uint256 timestamp);

    /// @notice Moves `assets` wei, at least one GPUCK, from the caller into the node's active pool.
    /// @dev Refused while entry is paused, while the node is frozen, and unless the node is Registered or Active; the
    /// operator of a jailed node may still add, to reach the minimum again.
    /// @param minimumShares the fewest shares the caller accepts.
    function stake(uint48 nodeId, uint256 assets, uint256 minimumShares) external returns (uint256 shares);

    /// @notice As `stake`, approving with an ERC-2612 signature first; a permit that was already used is no error.
    function stakeWithPermit(
        uint48 nodeId,
        uint256 assets,
        uint256 minimumShares,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 shares);

    /// @notice Moves the caller's active shares to the unbonding pool; they stay slashable until withdrawn.
    /// @return requestId owner · 2⁹⁶ + nodeId · 2⁴⁸ + maturesAt. Requests of one owner for one node within one second
    /// are one request.
    function requestUnbond(uint48 nodeId, uint256 shares) external returns (uint256 requestId);

    /// @notice Moves a request of the caller back into the active pool, at the present price; refused where `stake` is,
    /// except that a pause does not hinder it.
    function cancelUnbond(uint256 requestId) external returns (uint256 shares);

    /// @notice Pays a matured request of the caller to `to`; refused while the node is frozen.
    function withdraw(uint256 requestId, address to) external returns (uint256 assets);

    /// @notice Moves the caller's active shares of one node straight to another. The new shares are locked for one
    /// unbonding period, and while they are, slashes of the old node follow them.
    /// @param minimumShares the fewest shares of the new node that the caller accepts.
    /// @return redelegationId 1, 2, 3, …
    function redelegate(uint48 fromNode, uint48 toNode, uint256 shares, uint256 minimumShares)
        external
        returns (uint256 redelegationId);

    /// @notice Takes from a redelegation what slashes of its old node cost it, and releases the rest once it is due and
    /// the old node is not frozen. Like unbonding stake it answers until then, however late that is. Anyone may call.
    /// @return burned wei taken and burned.
    function settleRedelegation(uint256 redelegationId) external returns (uint256 burned);

    /// @notice Pulls `assets` wei from the caller and adds them to the active pool; only the compute market. With
    /// nobody staked it pulls nothing and returns false.
    function addReward(uint48 nodeId, uint256 assets) external returns (bool accepted);

    /// @notice Whether the node takes stake from anyone; only the registry, which says so at registration first.
    function setOpen(uint48 nodeId, bool open) external;

    /// @notice Holds the node's stake: no stake in, no withdrawal, no redelegation away. Only a court; it counts.
    function freeze(uint48 nodeId) external;

    /// @notice Takes one `freeze` back; after the last, everything is as it was before the first.
    function unfreeze(uint48 nodeId) external;

    /// @notice Removes `amountWei` from all stake that answers for the node: the active pool, the unbonding pool and
    /// what was redelegated away, each by the same fraction. Pays `finderBps`/10,000 of what the two pools lose to
    /// `finder`, rounded down, and burns the rest; redelegated stake loses its part in `settleRedelegation`. Only a
    /// court. More than there is takes everything; works on zero stake, frozen, paused; nothing an operator or a staker
    /// does makes it revert.
    function slash(uint48 nodeId, uint256 faultId, uint256 amountWei, uint16 finderBps, address finder)
        external
        returns (uint256 removed, uint256 burned, uint256 reward);

    /// @notice Wei in the node's active pool.
    function activeStake(uint48 nodeId) external view returns (uint256);

    /// @notice Wei in the node's unbonding pool.
    function unbondingStake(uint48 nodeId) external view returns (uint256);

    /// @notice Wei in both pools: what a slash is measured on.
    function stakeBehind(uint48 nodeId) external view returns (uint256);

    /// @notice Wei redelegated away from the node that still answer for its faults.
    function redelegatedStake(uint48 nodeId) external view returns (uint256);

    function sharesOf(uint48 nodeId, address account) external view returns (uint256);

    /// @notice Shares within `sharesOf` that came by redelegation and cannot leave yet.
    function lockedShares(uint48 nodeId, address account) external view returns (uint256);

    /// @notice All shares of the node's active pool.
    function totalShares(uint48 nodeId) external view returns (uint256);

    /// @notice Wei that `shares` of the active pool are worth, rounded down.
    function toAssets(uint48 nodeId, uint256 shares) external view returns (uint256);

    /// @notice What the active pool held at the end of second `timestamp`, which must be past.
    function pastPool(uint48 nodeId, uint256 timestamp) external view returns (uint256 assets, uint256 shares);

    /// @notice Active shares of an account at the end of second `timestamp`, which must be past.
    function pastSharesOf(uint48 nodeId, address account, uint256 timestamp) external view returns (uint256);

    /// @return An empty request when none is open under the id.
    function request(uint256 requestId) external view returns (UnbondRequest memory);

    /// @notice Wei that `withdraw` would pay for the request at the present price.
    function requestAssets(uint256 requestId) external view returns (uint256);

    /// @return An empty redelegation when none is open under the id.
    function redelegation(uint256 redelegationId) external view returns (RedelegatedStake memory);

    function isFrozen(uint48 nodeId) external view returns (bool);

    /// @notice What slashes have left of 1e18 staked with the node from the start; never rises. 0 for an unknown node.
    function magnitude(uint48 nodeId) external view returns (uint256);
}
