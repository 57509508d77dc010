// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Base} from "../Base.t.sol";
import {Crowd} from "./Crowd.sol";

/// @title What staking costs, as whole transactions
/// @dev Every call runs isolated, so the figures hold the 21,000 gas of a transaction, its calldata and cold storage.
/// Between two changes a minute passes: within one second the histories would be written once for both.
contract StakingGasTest is Base {
    uint256 internal constant SLASH_CEILING = 150_000;

    uint48 internal nodeId;
    uint48 internal otherNode;

    function setUp() public override {
        super.setUp();
        nodeId = _activeNode(20_000 ether, 1_000);
        otherNode = _register(verifier, EnergySource.Wind, 0);
        _stake(verifier, otherNode, 20_000 ether);
        // The chain has burned before: the counter is not written from zero.
        vm.prank(holder);
        c.gpuck.burn(1, "test");
        _pass();
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_stake() public {
        vm.prank(staker);
        c.stakeVault.stake(nodeId, 100 ether, 0);
        vm.assertLe(vm.snapshotGasLastCall("staking", "stake, first"), 160_000, "stake, first");
        _pass();
        vm.prank(staker);
        c.stakeVault.stake(nodeId, 100 ether, 0);
        vm.snapshotGasLastCall("staking", "stake, add");
        vm.prank(otherStaker);
        c.stakeVault.stake(nodeId, 100 ether, 0);
        vm.snapshotGasLastCall("staking", "stake, first, second in its second");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_unbond() public {
        _stake(staker, nodeId, 100 ether);
        _pass();
        vm.prank(staker);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, 1e25);
        vm.assertLe(vm.snapshotGasLastCall("staking", "requestUnbond"), 120_000, "requestUnbond");
        _pass();
        vm.prank(staker);
        uint256 cancelled = c.stakeVault.requestUnbond(nodeId, 1e25);
        _pass();
        vm.prank(staker);
        c.stakeVault.cancelUnbond(cancelled);
        vm.snapshotGasLastCall("staking", "cancelUnbond");
        vm.warp(block.timestamp + 14 days);
        vm.prank(staker);
        c.stakeVault.withdraw(requestId, staker);
        vm.assertLe(vm.snapshotGasLastCall("staking", "withdraw"), 90_000, "withdraw");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_redelegate() public {
        _stake(staker, nodeId, 100 ether);
        _pass();
        vm.prank(staker);
        uint256 redelegationId = c.stakeVault.redelegate(nodeId, otherNode, 1e26, 0);
        vm.snapshotGasLastCall("staking", "redelegate");
        _pass();
        _slash();
        vm.assertLe(vm.snapshotGasLastCall("staking", "slash, with stake redelegated away"), SLASH_CEILING, "slash");
        _pass();
        c.stakeVault.settleRedelegation(redelegationId);
        vm.snapshotGasLastCall("staking", "settleRedelegation, slashed");
        vm.warp(block.timestamp + 14 days);
        c.stakeVault.settleRedelegation(redelegationId);
        vm.snapshotGasLastCall("staking", "settleRedelegation, released");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_freeze() public {
        vm.prank(address(c.microcellCourt));
        c.stakeVault.freeze(nodeId);
        vm.snapshotGasLastCall("staking", "freeze");
        vm.prank(address(c.microcellCourt));
        c.stakeVault.unfreeze(nodeId);
        vm.snapshotGasLastCall("staking", "unfreeze");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_slash_isTheSameForOneAndTenThousandDelegators() public {
        uint256 one = _slashOfACrowd(1, "slash, 1 delegator");
        uint256 hundred = _slashOfACrowd(100, "slash, 100 delegators");
        uint256 tenThousand = _slashOfACrowd(10_000, "slash, 10,000 delegators");
        vm.assertLe(one, SLASH_CEILING, "1 delegator");
        vm.assertLe(tenThousand, SLASH_CEILING, "10,000 delegators");
        _within2Percent(one, hundred);
        _within2Percent(one, tenThousand);
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_registry() public {
        vm.prank(staker);
        uint48 third = c.nodeRegistry.register(_profile(EnergySource.Solar, 1_000));
        vm.snapshotGasLastCall("staking", "register");
        _stake(staker, third, 10_000 ether);
        c.nodeRegistry.activate(third);
        vm.snapshotGasLastCall("staking", "activate");
        vm.prank(staker);
        c.nodeRegistry.announceCommission(third, 2_000);
        vm.snapshotGasLastCall("staking", "announceCommission");
    }

    /// @dev A fresh node, its first slash, and half of the stake on its way out.
    function _slashOfACrowd(uint160 count, string memory name) private returns (uint256 gas) {
        address owner = address(uint160(0xABCD00000) + count);
        uint48 node = _register(owner, EnergySource.Solar, 0);
        Crowd crowd = new Crowd(c.gpuck, c.stakeVault);
        vm.prank(holder);
        _gpuck(address(crowd), uint256(count) * 1 ether);
        for (uint160 left = count; left > 0;) {
            uint160 batch = left < 500 ? left : 500;
            crowd.grow(node, batch);
            left -= batch;
        }
        uint256 shares = _stake(staker, node, 10_000 ether);
        vm.prank(staker);
        c.stakeVault.requestUnbond(node, shares / 2);
        _pass();
        vm.prank(address(c.microcellCourt));
        c.stakeVault.slash(node, 1, 1_000 ether, 2_000, verifier);
        return vm.snapshotGasLastCall("staking", name);
    }

    function _slash() private {
        vm.prank(address(c.microcellCourt));
        c.stakeVault.slash(nodeId, 1, 1_000 ether, 2_000, verifier);
    }

    function _pass() private {
        vm.warp(block.timestamp + 1 minutes);
    }

    function _within2Percent(uint256 one, uint256 gas) private pure {
        vm.assertLe(gas * 100, one * 102, "2 % over");
        vm.assertGe(gas * 100, one * 98, "2 % under");
    }
}
