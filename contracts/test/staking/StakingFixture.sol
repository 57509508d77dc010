// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {Base} from "../Base.t.sol";

/// @title One node, another to move to, and what the market and the courts do to them
abstract contract StakingFixture is Base {
    /// @dev Shares that a wei buys while a pool is new.
    uint256 internal constant SHARES_PER_WEI = 1e6;
    uint256 internal constant UNBONDING = 14 days;

    uint48 internal nodeId;
    uint48 internal otherNode;

    function setUp() public virtual override {
        super.setUp();
        nodeId = _register(operator, EnergySource.Solar, 0);
        otherNode = _register(verifier, EnergySource.Wind, 0);
    }

    function _reward(uint48 node, uint256 assets) internal {
        vm.prank(requester);
        _gpuck(address(c.computeMarket), assets);
        vm.prank(address(c.computeMarket));
        c.stakeVault.addReward(node, assets);
    }

    function _slash(uint48 node, uint256 amountWei) internal returns (uint256 removed) {
        vm.prank(address(c.microcellCourt));
        (removed,,) = c.stakeVault.slash(node, 1, amountWei, 2_000, requester);
    }

    /// @dev A share of both pools, rounded up.
    function _slashBps(uint48 node, uint256 bps) internal returns (uint256 removed) {
        return _slash(node, (c.stakeVault.stakeBehind(node) * bps + 9_999) / 10_000);
    }

    function _freeze(uint48 node) internal {
        vm.prank(address(c.microcellCourt));
        c.stakeVault.freeze(node);
    }

    function _unfreeze(uint48 node) internal {
        vm.prank(address(c.microcellCourt));
        c.stakeVault.unfreeze(node);
    }

    function _jail(uint48 node) internal {
        vm.prank(address(c.microcellCourt));
        c.nodeRegistry.jail(node);
    }

    function _tombstone(uint48 node) internal {
        vm.prank(address(c.microcellCourt));
        c.nodeRegistry.tombstone(node);
    }

    function _unbond(address account, uint256 shares) internal returns (uint256 requestId) {
        vm.prank(account);
        return c.stakeVault.requestUnbond(nodeId, shares);
    }

    function _withdraw(address account, uint256 requestId) internal returns (uint256 paid) {
        vm.prank(account);
        return c.stakeVault.withdraw(requestId, account);
    }

    /// @dev Unbonds and waits.
    function _leave(address account, uint256 shares) internal returns (uint256 paid) {
        uint256 requestId = _unbond(account, shares);
        vm.warp(block.timestamp + UNBONDING);
        return _withdraw(account, requestId);
    }

    function _redelegate(address account, uint256 shares) internal returns (uint256 redelegationId) {
        vm.prank(account);
        return c.stakeVault.redelegate(nodeId, otherNode, shares, 0);
    }

    function _requestId(address owner, uint48 node, uint256 maturesAt) internal pure returns (uint256) {
        return uint256(uint160(owner)) << 96 | uint256(node) << 48 | maturesAt;
    }

    function _refused(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IStakeVault.NotAuthorised.selector, caller);
    }

    function _tooFew(uint256 shares, uint256 wanted) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IStakeVault.TooFewShares.selector, shares, wanted);
    }

    function _notStakeable(uint48 node) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IStakeVault.NodeNotStakeable.selector, node);
    }

    /// @dev Within 2 wei below: rounding goes against the account, never for it.
    function _near(uint256 actual, uint256 exact, string memory what) internal pure {
        vm.assertLe(actual, exact + 1, what);
        vm.assertGe(actual + 2, exact, what);
    }
}
