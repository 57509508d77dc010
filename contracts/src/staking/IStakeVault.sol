// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Stake behind nodes
/// @notice Each node has two pools of shares: active and unbonding. Rewards lift the price of an active share, a slash
/// lowers both pools alike, so its cost does not depend on the number of stakers. Balances are the vault's own books:
/// tokens sent to it by plain transfer belong to no one.
interface IStakeVault {
    struct UnbondRequest {
        address owner;
        uint48 nodeId;
        uint64 maturesAt;
        uint256 shares;
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
    event Withdrawn(
        uint256 indexed requestId, uint48 indexed nodeId, address indexed account, address to, uint256 assets
    );
    event RewardAdded(uint48 indexed nodeId, uint256 assets);
    event Slashed(
        uint48 indexed nodeId, uint256 indexed faultId, uint256 removed, uint256 burned, uint256 reward, address finder
    );

    error ZeroAmount();
    error TooFewShares(uint256 shares, uint256 minimum);
    error NotAuthorised(address caller);
    error NotMatured(uint256 requestId, uint64 maturesAt);
    error UnknownRequest(uint256 requestId);
    error NodeNotStakeable(uint48 nodeId);

    /// @notice Moves `assets` wei from the caller into the node's active pool.
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
    function requestUnbond(uint48 nodeId, uint256 shares) external returns (uint256 requestId);

    /// @notice Pays a matured request of the caller to `to`.
    function withdraw(uint256 requestId, address to) external returns (uint256 assets);

    /// @notice Pulls `assets` wei from the caller and adds them to the active pool; only the compute market. With
    /// nobody staked it pulls nothing and returns false.
    function addReward(uint48 nodeId, uint256 assets) external returns (bool accepted);

    /// @notice Removes `bps`/10,000 of both pools, rounded up; pays `finderBps`/10,000 of that to `finder`, rounded
    /// down, and burns the rest. Only the court. Works on zero stake.
    function slash(uint48 nodeId, uint256 faultId, uint16 bps, uint16 finderBps, address finder)
        external
        returns (uint256 removed, uint256 burned, uint256 reward);

    /// @notice Wei in the node's active pool.
    function activeStake(uint48 nodeId) external view returns (uint256);

    /// @notice Wei in the node's unbonding pool.
    function unbondingStake(uint48 nodeId) external view returns (uint256);

    /// @notice Wei staked over all nodes, unbonding included.
    function totalStaked() external view returns (uint256);

    function sharesOf(uint48 nodeId, address account) external view returns (uint256);

    /// @notice Wei that `shares` of the active pool are worth, rounded down.
    function toAssets(uint48 nodeId, uint256 shares) external view returns (uint256);

    function request(uint256 requestId) external view returns (UnbondRequest memory);

    function unbondingSeconds() external view returns (uint256);
}
