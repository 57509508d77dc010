// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {EnergySource, NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakePools} from "../../src/staking/StakePool.sol";
import {Base} from "../Base.t.sol";
import {StakingHandler} from "./StakingHandler.sol";

/// @title What stays true through any sequence of staking, leaving, moving, rewards, slashes and accusations
/// @dev I22 is a gas test (`StakingGas.t.sol`); F10, F13, F17 and F33 are fuzz tests (`ShareMaths.t.sol`).
contract StakingInvariantTest is Base {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    StakingHandler internal handler;
    uint48 internal nodes;

    function setUp() public override {
        super.setUp();
        address[] memory stakers = new address[](4);
        (stakers[0], stakers[1], stakers[2], stakers[3]) = (operator, otherStaker, verifier, staker);
        handler = new StakingHandler(c, stakers, requester, council);
        nodes = handler.NODES();
        for (uint256 i = 0; i < nodes; ++i) {
            uint48 nodeId = _register(stakers[i], EnergySource(1 + i), 0);
            _stake(stakers[i], nodeId, 20_000 ether);
            c.nodeRegistry.activate(nodeId);
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev I7, I8, I9 and F23. What no holder owns is the part of the virtual shares; what answers for a node it left
    /// is never booked below what its redelegations answer with.
    function invariant_vaultHoldsItsBooksAndHoldersOwnThemToAWeiEach() public view {
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), handler.books() + handler.donated(), "balance");
        for (uint48 nodeId = 1; nodeId <= nodes; ++nodeId) {
            (uint256 active, uint256 shares, uint256 locked, uint256 holders) = handler.holdings(nodeId);
            vm.assertEq(shares, c.stakeVault.totalShares(nodeId), "sum of shares");
            vm.assertLe(locked, shares, "locked");
            uint256 pool = c.stakeVault.activeStake(nodeId);
            vm.assertLe(active, pool, "sum of claims");
            uint256 virtualPart = c.stakeVault.toAssets(nodeId, StakePools.VIRTUAL_SHARES);
            vm.assertLe(pool, active + virtualPart + holders + 1, "a wei for each holder");
            vm.assertLe(handler.claims(nodeId), c.stakeVault.unbondingStake(nodeId), "sum of requests");
            (uint256 answering, uint256 stillLocked) = handler.redelegations(nodeId);
            vm.assertGe(c.stakeVault.redelegatedStake(nodeId), answering, "answering");
            vm.assertEq(locked, stillLocked, "locked by redelegations");
        }
    }

    /// @dev I11, I12 and I32, and I31 for the one accumulator there is, the share price.
    function invariant_sharePriceRisesByRewardAndFallsBySlashAlone() public view {
        _holds(11);
        _holds(12);
        _holds(32);
    }

    /// @dev I14, I15 and, while the sequence runs, I16; the end of it is in `afterInvariant`.
    function invariant_requestIsPaidOnceAndWhenItWasPromised() public view {
        _holds(14);
        _holds(16);
        for (uint256 i = 0; i < handler.requestCount(); ++i) {
            uint256 id = handler.requests(i);
            IStakeVault.UnbondRequest memory entry = c.stakeVault.request(id);
            if (entry.owner != address(0)) vm.assertEq(entry.maturesAt, handler.promised(id), "maturity");
        }
    }

    /// @dev I18, I20, I25 and I27.
    function invariant_slashNeverRevertsAddsUpAndTakesTheSameFractionOfAll() public view {
        _holds(18);
        _holds(20);
        _holds(25);
        _holds(27);
        for (uint48 nodeId = 1; nodeId <= nodes; ++nodeId) {
            vm.assertLe(c.stakeVault.magnitude(nodeId), 1e18, "from 1e18 down");
        }
    }

    /// @dev I21 and I23. From the accusation on, no stake comes in, so that none is slashed that came after it; and
    /// none leaves or moves away, so that what asked to leave after the fault is slashed.
    function invariant_frozenStakeStaysAndNoneJoinsIt() public view {
        _holds(21);
        _holds(23);
    }

    /// @dev I28, and I6 for staked votes.
    function invariant_historyIsInOrderAndNeverChanges() public view {
        vm.assertTrue(handler.remembersThePast(), "the past changed");
        address vault = address(c.stakeVault);
        for (uint48 nodeId = 1; nodeId <= nodes; ++nodeId) {
            uint256 changes = uint32(uint256(vm.load(vault, keccak256(abi.encode(nodeId, 1)))) >> 208);
            _expectOrder(keccak256(abi.encode(nodeId, 2)), changes);
            for (uint256 i = 0; i < handler.stakerCount(); ++i) {
                bytes32 key = keccak256(abi.encode(handler.stakerAt(i), keccak256(abi.encode(nodeId, 3))));
                changes = uint32(uint256(vm.load(vault, key)) >> 152);
                _expectOrder(keccak256(abi.encode(handler.stakerAt(i), keccak256(abi.encode(nodeId, 4)))), changes);
            }
        }
    }

    /// @dev I29. A jailed node takes no new work, which is what it would earn with; what it settled before is paid.
    function invariant_tombstoneIsForGoodAndJailTakesItsTime() public view {
        _holds(29);
        for (uint48 nodeId = 1; nodeId <= nodes; ++nodeId) {
            NodeStatus status = c.nodeRegistry.statusOf(nodeId);
            if (handler.tombstoned(nodeId)) vm.assertTrue(status == NodeStatus.Tombstoned, "tombstoned for good");
            if (status != NodeStatus.Active) vm.assertFalse(c.nodeRegistry.isActive(nodeId), "no work");
        }
    }

    /// @dev I16: after every sequence everyone leaves, and nobody is stuck.
    function afterInvariant() public {
        handler.everyoneLeaves();
        _holds(14);
        _holds(16);
        for (uint48 nodeId = 1; nodeId <= nodes; ++nodeId) {
            vm.assertEq(c.stakeVault.totalShares(nodeId), 0, "no shares left");
            vm.assertEq(handler.claims(nodeId), 0, "no request left");
        }
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)), handler.books() + handler.donated(), "only dust stays");
    }

    function _holds(uint256 number) private view {
        vm.assertEq(handler.broken(number), "", "broken");
    }

    /// @dev The last few entries; the ones before were the last ones earlier.
    function _expectOrder(bytes32 list, uint256 length) private view {
        uint256 later = block.timestamp + 1;
        for (uint256 i = length; i > 0 && i + 3 > length; --i) {
            uint256 time = uint40(uint256(vm.load(address(c.stakeVault), keccak256(abi.encode(i - 1, list)))));
            vm.assertLt(time, later, "in order, none later than now");
            vm.assertGt(time, 0, "written");
            later = time;
        }
    }
}
