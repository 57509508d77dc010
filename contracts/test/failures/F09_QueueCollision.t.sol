// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Queues a request for any account, in a list of a hundred: Graph Horizon, 2024.
contract OpenQueue {
    mapping(address account => uint256[]) private queue;

    function requestFor(address account, uint256 assets) external {
        require(queue[account].length < 100, "queue full");
        queue[account].push(assets);
    }
}

/// @dev Keys an operator's own stake and a delegator's by the same hash.
contract SharedKey {
    mapping(bytes32 key => uint256) public staked;

    function stakeAsOperator(address operator, uint256 assets) external {
        staked[keccak256(abi.encode(operator, msg.sender))] += assets;
    }

    function stakeAsDelegator(address operator, uint256 assets) external {
        staked[keccak256(abi.encode(operator, msg.sender))] += assets;
    }
}

/// @title F9: queues that others fill, and keys that two things share
contract F09QueueCollisionTest is StakingFixture {
    function test_attack_strangerFillsTheVictimsQueue() public {
        OpenQueue weak = new OpenQueue();
        vm.startPrank(stranger);
        for (uint256 i = 0; i < 100; ++i) {
            weak.requestFor(staker, 1);
        }
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSignature("Error(string)", "queue full"));
        vm.prank(staker);
        weak.requestFor(staker, 100 ether);
    }

    function test_attack_twoStakesShareOneKey() public {
        SharedKey weak = new SharedKey();
        vm.startPrank(operator);
        weak.stakeAsOperator(operator, 1 ether);
        weak.stakeAsDelegator(operator, 2 ether);
        vm.assertEq(weak.staked(keccak256(abi.encode(operator, operator))), 3 ether, "one stake, twice the claim");
    }

    /// @dev There is no queue: a request is found by its id, and the id begins with the caller.
    function test_defence_nobodyQueuesForAnother() public {
        uint256 shares = _stake(staker, nodeId, 100 ether);
        uint256 theirs = _stake(otherStaker, nodeId, 100 ether);
        for (uint256 i = 0; i < 150; ++i) {
            vm.warp(START + i);
            _unbond(otherStaker, theirs / 200);
        }
        uint256 requestId = _unbond(staker, shares);
        vm.assertEq(requestId >> 96, uint160(staker), "named after its owner");
        vm.warp(block.timestamp + UNBONDING);
        vm.assertEq(_withdraw(staker, requestId), 100 ether, "paid");
    }

    /// @dev Owner, node and maturity each have bits of their own in the id.
    function testFuzz_defence_idsOfDifferentRequestsDiffer(
        address who,
        uint48 node,
        uint48 at,
        address who2,
        uint48 at2
    ) public pure {
        uint256 id = _requestId(who, node, at);
        vm.assertEq(id >> 96, uint160(who), "owner");
        vm.assertEq(uint48(id >> 48), node, "node");
        vm.assertEq(uint48(id), at, "maturity");
        if (who != who2 || at != at2) vm.assertTrue(id != _requestId(who2, node, at2), "another id");
    }

    /// @dev An operator is a staker like any other, and each request of a second keeps to its node.
    function test_defence_operatorsStakeIsOneOfMany() public {
        uint256 mine = _stake(operator, nodeId, 1 ether);
        uint256 others = _stake(operator, otherNode, 2 ether);
        vm.startPrank(operator);
        uint256 first = c.stakeVault.requestUnbond(nodeId, mine);
        uint256 second = c.stakeVault.requestUnbond(otherNode, others);
        vm.assertEq(c.stakeVault.requestAssets(first), 1 ether, "here");
        vm.assertEq(c.stakeVault.requestAssets(second), 2 ether, "there");
        vm.warp(block.timestamp + UNBONDING);
        c.stakeVault.withdraw(first, operator);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.UnknownRequest.selector, first));
        c.stakeVault.withdraw(first, operator);
        vm.assertEq(c.stakeVault.withdraw(second, operator), 2 ether, "paid");
    }
}
