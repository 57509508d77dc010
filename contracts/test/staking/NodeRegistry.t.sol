// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EnergySource, INodeRegistry, Node, NodeProfile, NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

contract NodeRegistryTest is Base {
    function test_register_numbersNodesAndKeepsTheProfile() public {
        NodeProfile memory profile = _profile(EnergySource.Hydro, 700);
        vm.expectEmit(address(c.nodeRegistry));
        emit INodeRegistry.NodeRegistered(1, operator, EnergySource.Hydro, 250, "FR", 1_500, 700, "http://127.0.0.1:1");
        vm.expectEmit(address(c.nodeRegistry));
        emit INodeRegistry.NodeStatusChanged(1, NodeStatus.None, NodeStatus.Registered);
        vm.prank(operator);
        vm.assertEq(c.nodeRegistry.register(profile), 1, "first id");
        vm.assertEq(_register(staker, EnergySource.Coal, 0), 2, "second id");
        Node memory node = c.nodeRegistry.node(1);
        vm.assertEq(keccak256(abi.encode(node.profile)), keccak256(abi.encode(profile)), "profile");
        vm.assertEq(node.operator, operator, "operator");
        vm.assertEq(c.nodeRegistry.nodeOf(operator), 1, "nodeOf");
        vm.assertEq(c.nodeRegistry.nodeOf(stranger), 0, "nodeOf a stranger");
        vm.assertEq(c.nodeRegistry.nodeCount(), 2, "count");
    }

    function test_register_revertsForASecondNodeOfOneOperator() public {
        _register(operator, EnergySource.Solar, 0);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.AlreadyRegistered.selector, 1));
        vm.prank(operator);
        c.nodeRegistry.register(_profile(EnergySource.Solar, 0));
    }

    function test_register_revertsWhenAFieldIsImpossible() public {
        NodeProfile memory profile = _profile(EnergySource.None, 0);
        _expectInvalid(profile, "no energy source");
        profile = _profile(EnergySource.Solar, 10_001);
        _expectInvalid(profile, "commission over 10,000 bps");
        profile = _profile(EnergySource.Solar, 0);
        profile.zone = 1_000;
        _expectInvalid(profile, "zone is not an ISO 3166-1 numeric code");
        profile.zone = 250;
        profile.jurisdiction = "fR";
        _expectInvalid(profile, "jurisdiction is not an ISO 3166-1 alpha-2 code");
        profile.jurisdiction = "FR";
        profile.nameplateWatts = 0;
        _expectInvalid(profile, "no nameplate power");
        profile.nameplateWatts = 1;
        profile.endpoint = "";
        _expectInvalid(profile, "endpoint is not 1 to 256 bytes");
        profile.endpoint = string(new bytes(257));
        _expectInvalid(profile, "endpoint is not 1 to 256 bytes");
    }

    function testFuzz_activate_needsTheMinimumStake(uint256 stake) public {
        uint48 nodeId = _register(operator, EnergySource.Solar, 0);
        stake = bound(stake, 1 ether, 20_000 ether);
        _stake(staker, nodeId, stake);
        if (stake < 10_000 ether) {
            vm.expectRevert(abi.encodeWithSelector(INodeRegistry.StakeTooLow.selector, nodeId, stake, 10_000 ether));
        }
        vm.prank(stranger);
        c.nodeRegistry.activate(nodeId);
        vm.assertTrue(c.nodeRegistry.isActive(nodeId) == (stake >= 10_000 ether), "active");
    }

    function test_isActive_endsWhenStakeLeaves() public {
        uint48 nodeId = _activeNode(10_000 ether, 0);
        vm.prank(operator);
        c.stakeVault.requestUnbond(nodeId, 1e6);
        vm.assertFalse(c.nodeRegistry.isActive(nodeId), "one wei short");
        _stake(staker, nodeId, 1 ether);
        vm.assertTrue(c.nodeRegistry.isActive(nodeId), "topped up");
    }

    function test_jail_keepsANodeOutUntilItsTimeAndStake() public {
        uint48 nodeId = _activeNode(10_000 ether, 0);
        vm.expectEmit(address(c.nodeRegistry));
        emit INodeRegistry.NodeStatusChanged(nodeId, NodeStatus.Active, NodeStatus.Jailed);
        vm.expectEmit(address(c.nodeRegistry));
        emit INodeRegistry.NodeJailed(nodeId, uint64(START + 1 days));
        _jail(nodeId);
        vm.assertFalse(c.nodeRegistry.isActive(nodeId), "jailed");

        vm.warp(START + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.StillJailed.selector, nodeId, START + 1 days));
        _unjail(nodeId);
        _jail(nodeId);
        vm.warp(START + 1 days);
        vm.expectPartialRevert(INodeRegistry.StillJailed.selector);
        _unjail(nodeId);

        vm.warp(START + 2 days);
        vm.prank(operator);
        c.stakeVault.requestUnbond(nodeId, 1e6);
        vm.expectPartialRevert(INodeRegistry.StakeTooLow.selector);
        _unjail(nodeId);
        _stake(operator, nodeId, 1 ether);
        _unjail(nodeId);
        vm.assertTrue(c.nodeRegistry.isActive(nodeId), "back at work");
    }

    function test_exit_isFinalAfterOneUnbondingPeriod() public {
        uint48 nodeId = _activeNode(10_000 ether, 0);
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        vm.assertFalse(c.nodeRegistry.isActive(nodeId), "no more work");
        _jail(nodeId);
        _expectStatus(nodeId, NodeStatus.Exiting, "a jail term does not stop an exit");
        vm.warp(START + 14 days - 1);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.WrongStatus.selector, nodeId, NodeStatus.Exiting));
        c.nodeRegistry.finishExit(nodeId);
        vm.warp(START + 14 days);
        c.nodeRegistry.finishExit(nodeId);
        _expectStatus(nodeId, NodeStatus.Exited, "exited");
        _jail(nodeId);
        _expectStatus(nodeId, NodeStatus.Exited, "stays exited");
        vm.expectPartialRevert(INodeRegistry.WrongStatus.selector);
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        vm.expectPartialRevert(INodeRegistry.WrongStatus.selector);
        c.nodeRegistry.activate(nodeId);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.AlreadyRegistered.selector, nodeId));
        vm.prank(operator);
        c.nodeRegistry.register(_profile(EnergySource.Solar, 0));
    }

    function testFuzz_operatorActions_revertForAnyoneElse(address caller) public {
        vm.assume(caller != operator);
        uint48 nodeId = _activeNode(10_000 ether, 0);
        bytes memory refusal = abi.encodeWithSelector(INodeRegistry.NotOperator.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        c.nodeRegistry.exit(nodeId);
        vm.expectRevert(refusal);
        c.nodeRegistry.unjail(nodeId);
        vm.expectRevert(refusal);
        c.nodeRegistry.setEndpoint(nodeId, "http://elsewhere");
        vm.assume(caller != address(c.microcellCourt) && caller != c.nodeRegistry.faultCourt());
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.NotAuthorised.selector, caller));
        c.nodeRegistry.jail(nodeId);
    }

    function test_setEndpoint_movesTheServer() public {
        uint48 nodeId = _activeNode(10_000 ether, 0);
        vm.prank(operator);
        c.nodeRegistry.setEndpoint(nodeId, "http://elsewhere");
        vm.assertEq(c.nodeRegistry.node(nodeId).profile.endpoint, "http://elsewhere", "endpoint");
    }

    function test_node_revertsWhenUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.UnknownNode.selector, 7));
        c.nodeRegistry.node(7);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.UnknownNode.selector, 7));
        c.nodeRegistry.activate(7);
    }

    function _expectInvalid(NodeProfile memory profile, string memory reason) private {
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.InvalidProfile.selector, reason));
        vm.prank(stranger);
        c.nodeRegistry.register(profile);
    }

    function _expectStatus(uint48 nodeId, NodeStatus status, string memory what) private view {
        vm.assertEq(uint256(c.nodeRegistry.node(nodeId).status), uint256(status), what);
    }

    function _jail(uint48 nodeId) private {
        vm.prank(address(c.microcellCourt));
        c.nodeRegistry.jail(nodeId);
    }

    function _unjail(uint48 nodeId) private {
        vm.prank(operator);
        c.nodeRegistry.unjail(nodeId);
    }
}
