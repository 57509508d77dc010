// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Amounts} from "../../src/governance/ITerms.sol";
import {EnergySource, INodeRegistry, NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {StakingFixture} from "./StakingFixture.sol";

/// @title Tombstones, commissions and who is told
contract NodeStatusTest is StakingFixture {
    function setUp() public override {
        super.setUp();
        _stake(operator, nodeId, 10_000 ether);
        c.nodeRegistry.activate(nodeId);
    }

    /// @dev I29.
    function test_tombstone_isForGoodFromAnyStatusButExited() public {
        vm.expectEmit(address(c.nodeRegistry));
        emit INodeRegistry.NodeStatusChanged(nodeId, NodeStatus.Active, NodeStatus.Tombstoned);
        _tombstone(nodeId);
        _expectAbsorbed(nodeId, operator);
        vm.assertFalse(c.nodeRegistry.acceptsStake(nodeId), "takes no stake");
        vm.assertEq(_leave(operator, 10_000e24), 10_000 ether, "its stake may leave");

        _tombstone(otherNode);
        _expectStatus(otherNode, NodeStatus.Tombstoned, "from Registered");
        uint48 third = _register(staker, EnergySource.Hydro, 0);
        vm.prank(staker);
        c.nodeRegistry.exit(third);
        _tombstone(third);
        _expectStatus(third, NodeStatus.Tombstoned, "from Exiting");
        vm.warp(block.timestamp + UNBONDING);
        vm.expectRevert(_wrong(third, NodeStatus.Tombstoned));
        c.nodeRegistry.finishExit(third);

        uint48 fourth = _register(otherStaker, EnergySource.Hydro, 0);
        vm.prank(otherStaker);
        c.nodeRegistry.exit(fourth);
        vm.warp(block.timestamp + UNBONDING);
        c.nodeRegistry.finishExit(fourth);
        _tombstone(fourth);
        _expectStatus(fourth, NodeStatus.Exited, "what has left has left");
        _tombstone(99);
        _expectStatus(99, NodeStatus.None, "no node, no tombstone");
    }

    function test_tombstone_fromJail() public {
        _jail(nodeId);
        _tombstone(nodeId);
        _expectAbsorbed(nodeId, operator);
    }

    function test_jail_leavesARegisteredNodeAlone() public {
        _jail(otherNode);
        _expectStatus(otherNode, NodeStatus.Registered, "no work, no jail");
        vm.assertEq(c.nodeRegistry.node(otherNode).jailedUntil, 0, "no term");
    }

    function test_exit_worksFromJail() public {
        _jail(nodeId);
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        vm.assertEq(c.nodeRegistry.exitsAt(nodeId), START + UNBONDING, "one unbonding period");
        vm.expectRevert(_wrong(nodeId, NodeStatus.Exiting));
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
    }

    function test_views_knowTheNode() public {
        vm.assertEq(c.nodeRegistry.operatorOf(nodeId), operator, "operator");
        vm.assertEq(c.nodeRegistry.operatorOf(9), address(0), "nobody");
        _expectStatus(nodeId, NodeStatus.Active, "active");
        vm.assertTrue(c.nodeRegistry.acceptsStake(nodeId), "active takes stake");
        vm.assertTrue(c.nodeRegistry.acceptsStake(otherNode), "registered takes stake");
        vm.assertFalse(c.nodeRegistry.acceptsStake(9), "unknown takes none");
        _jail(nodeId);
        vm.assertFalse(c.nodeRegistry.acceptsStake(nodeId), "jailed takes none");
    }

    /// @dev The minimum is the one in force, not the one at activation.
    function test_isActive_followsTheMinimumOfTheTerms() public {
        Amounts memory amounts = c.terms.amounts();
        amounts.minimumStake = 10_000 ether + 1;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setAmounts(amounts);
        vm.assertFalse(c.nodeRegistry.isActive(nodeId), "a wei short");
        amounts.minimumStake = 10_000 ether;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setAmounts(amounts);
        vm.assertTrue(c.nodeRegistry.isActive(nodeId), "enough");
    }

    function test_commission_risesWithNoticeOnly() public {
        vm.expectEmit(address(c.nodeRegistry));
        emit INodeRegistry.CommissionAnnounced(nodeId, 3_000, uint64(START + UNBONDING));
        _announce(3_000);
        _expectCommission(0, 3_000, START + UNBONDING);
        vm.warp(START + UNBONDING - 1);
        _expectCommission(0, 3_000, START + UNBONDING);
        vm.warp(START + UNBONDING);
        _expectCommission(3_000, 0, 0);
        vm.assertEq(c.nodeRegistry.node(nodeId).profile.commissionBps, 3_000, "the node says so");
        // Another rise counts from the one that applies now.
        _announce(4_000);
        _expectCommission(3_000, 4_000, START + 2 * UNBONDING);
        vm.warp(START + 2 * UNBONDING);
        _expectCommission(4_000, 0, 0);
    }

    function test_commission_fallsAtOnceAndTakesARiseBack() public {
        _announce(3_000);
        vm.warp(START + UNBONDING);
        _announce(5_000);
        vm.expectEmit(address(c.nodeRegistry));
        emit INodeRegistry.CommissionAnnounced(nodeId, 1_000, uint64(START + UNBONDING));
        _announce(1_000);
        _expectCommission(1_000, 0, 0);
        vm.warp(START + 3 * UNBONDING);
        _expectCommission(1_000, 0, 0);
        _announce(1_000);
        _expectCommission(1_000, 0, 0);
    }

    /// @dev Whoever disagrees with a rise and asks to leave when it is announced is out before it applies.
    function test_commission_riseComesNoSoonerThanAnUnbondRequestMatures() public {
        _announce(10_000);
        uint256 requestId = _unbond(operator, 1e24);
        (, uint64 effectiveAt) = c.nodeRegistry.pendingCommission(nodeId);
        vm.assertEq(effectiveAt, c.stakeVault.request(requestId).maturesAt, "the same second");
    }

    function test_commission_revertsForStrangersAndOverAll() public {
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.NotOperator.selector, stranger));
        vm.prank(stranger);
        c.nodeRegistry.announceCommission(nodeId, 1);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.InvalidProfile.selector, "commission over 10,000 bps"));
        _announce(10_001);
        _announce(10_000);
        _expectCommission(0, 10_000, START + UNBONDING);
    }

    function test_courts_bothMayJailAndTombstone() public {
        vm.prank(address(c.faultCourt));
        c.nodeRegistry.jail(nodeId);
        _expectStatus(nodeId, NodeStatus.Jailed, "jailed");
        vm.prank(address(c.faultCourt));
        c.nodeRegistry.tombstone(nodeId);
        _expectStatus(nodeId, NodeStatus.Tombstoned, "tombstoned");
    }

    function testFuzz_courtsOnly(address caller) public {
        vm.assume(caller != address(c.microcellCourt) && caller != c.nodeRegistry.faultCourt());
        bytes memory refusal = abi.encodeWithSelector(INodeRegistry.NotAuthorised.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        c.nodeRegistry.jail(nodeId);
        vm.expectRevert(refusal);
        c.nodeRegistry.tombstone(nodeId);
    }

    function _announce(uint16 bps) private {
        vm.prank(operator);
        c.nodeRegistry.announceCommission(nodeId, bps);
    }

    function _expectCommission(uint256 present, uint256 next, uint256 effectiveAt) private view {
        vm.assertEq(c.nodeRegistry.commissionOf(nodeId), present, "present");
        (uint16 bps, uint64 at) = c.nodeRegistry.pendingCommission(nodeId);
        vm.assertEq(bps, next, "next");
        vm.assertEq(at, effectiveAt, "from");
    }

    function _expectAbsorbed(uint48 node, address owner) private {
        bytes memory refusal = _wrong(node, NodeStatus.Tombstoned);
        _jail(node);
        _tombstone(node);
        vm.expectRevert(refusal);
        c.nodeRegistry.activate(node);
        vm.expectRevert(refusal);
        c.nodeRegistry.finishExit(node);
        vm.startPrank(owner);
        vm.expectRevert(refusal);
        c.nodeRegistry.unjail(node);
        vm.expectRevert(refusal);
        c.nodeRegistry.exit(node);
        vm.expectRevert(abi.encodeWithSelector(INodeRegistry.AlreadyRegistered.selector, node));
        c.nodeRegistry.register(_profile(EnergySource.Solar, 0));
        vm.stopPrank();
        _expectStatus(node, NodeStatus.Tombstoned, "absorbed");
        vm.assertFalse(c.nodeRegistry.isActive(node), "no work");
    }

    function _expectStatus(uint48 node, NodeStatus status, string memory what) private view {
        vm.assertEq(uint256(c.nodeRegistry.statusOf(node)), uint256(status), what);
    }

    function _wrong(uint48 node, NodeStatus status) private pure returns (bytes memory) {
        return abi.encodeWithSelector(INodeRegistry.WrongStatus.selector, node, status);
    }
}
