// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EntryPause} from "../governance/EntryPause.sol";
import {ITerms} from "../governance/ITerms.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {ActiveStake} from "./ActiveStake.sol";
import {INodeRegistry} from "./INodeRegistry.sol";
import {IStakeVault} from "./IStakeVault.sol";
import {Slashing} from "./Slashing.sol";
import {ActivePool, StakePools} from "./StakePool.sol";
import {Unbonding} from "./Unbonding.sol";

/// @title StakeVault
/// @dev GPUCK moves exact amounts and calls no one back, so no lock against reentrancy is needed.
contract StakeVault is EntryPause, Slashing {
    using SafeERC20 for IGpuck;
    using SafeCast for uint256;
    using StakePools for ActivePool;

    /// @notice The contracts and accounts the vault works with.
    struct Links {
        IGpuck token;
        INodeRegistry registry;
        ITerms terms;
        address market;
        address microcellCourt;
        address faultCourt;
        address guardian;
        address timelock;
    }

    /// @notice Smallest stake, in wei.
    uint256 public constant STAKE_MIN_WEI = 1 ether;

    address public immutable market;

    constructor(Links memory links)
        EntryPause(links.guardian, links.timelock)
        ActiveStake(links.token, links.registry)
        Unbonding(links.terms)
        Slashing(links.microcellCourt, links.faultCourt)
    {
        market = links.market;
    }

    /// @inheritdoc IStakeVault
    function stake(uint48 nodeId, uint256 assets, uint256 minimumShares) external returns (uint256 shares) {
        return _stake(nodeId, assets, minimumShares);
    }

    /// @inheritdoc IStakeVault
    function stakeWithPermit(
        uint48 nodeId,
        uint256 assets,
        uint256 minimumShares,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 shares) {
        // Anyone may send the permit first; what counts is the allowance it leaves.
        try IERC20Permit(address(token)).permit(msg.sender, address(this), assets, deadline, v, r, s) {} catch {}
        return _stake(nodeId, assets, minimumShares);
    }

    /// @inheritdoc IStakeVault
    function addReward(uint48 nodeId, uint256 assets) external returns (bool accepted) {
        if (msg.sender != market) revert NotAuthorised(msg.sender);
        ActivePool memory pool = _active[nodeId];
        if (pool.shares == 0) return false;
        _record(nodeId, pool);
        pool.assets = (pool.assets + assets).toUint96();
        _active[nodeId].save(pool);
        emit RewardAdded(nodeId, assets);
        token.safeTransferFrom(msg.sender, address(this), assets);
        return true;
    }

    /// @inheritdoc IStakeVault
    function setOpen(uint48 nodeId, bool open) external {
        if (msg.sender != address(registry)) revert NotAuthorised(msg.sender);
        uint8 doors = _active[nodeId].doors;
        _active[nodeId].doors = open ? doors | StakePools.OPEN : doors & ~StakePools.OPEN;
        if (_unbonding[nodeId].generation > 0) return;
        // The operator pays for the node's slots at registration; later they are only changed.
        _unbonding[nodeId].generation = 1;
        _liabilities[nodeId].magnitude = FULL_MAGNITUDE;
    }

    function _stake(uint48 nodeId, uint256 assets, uint256 minimumShares) private whileOpen returns (uint256 shares) {
        if (assets < STAKE_MIN_WEI) revert StakeTooSmall(assets, STAKE_MIN_WEI);
        shares = _join(nodeId, msg.sender, assets, false);
        if (shares < minimumShares) revert TooFewShares(shares, minimumShares);
        emit Staked(nodeId, msg.sender, assets, shares);
        token.safeTransferFrom(msg.sender, address(this), assets);
    }
}
