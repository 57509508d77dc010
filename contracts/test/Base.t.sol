// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts, Deployment} from "../script/Deployment.sol";
import {ParameterBounds, Parameters} from "../script/Parameters.sol";
import {vm} from "../script/Vm.sol";
import {MeasurementTier} from "../src/compute/IComputeMarket.sol";
import {EnergySource, NodeProfile} from "../src/staking/INodeRegistry.sol";

/// @title What every test starts from: the real deployment, and people with GPUCK
abstract contract Base {
    /// @dev Tells forge that this is a test contract.
    // forge-lint: disable-next-line(mixed-case-variable)
    bool public IS_TEST = true;

    /// @dev Sunday, 22 November 2026, on the hour: hour arithmetic starts even.
    uint256 internal constant START = 1_795_305_600;

    address internal immutable deployer = _actor("deployer");
    address internal immutable holder = _actor("holder");
    address internal immutable requester = _actor("requester");
    address internal immutable operator = _actor("operator");
    address internal immutable staker = _actor("staker");
    address internal immutable otherStaker = _actor("otherStaker");
    address internal immutable verifier = _actor("verifier");
    address internal immutable stranger = _actor("stranger");
    address internal immutable council = _actor("council");

    Contracts internal c;

    function setUp() public virtual {
        vm.warp(START);
        c = _deploy(_parameters());
        _fund();
    }

    /// @dev Ten million GPUCK each, and leave for the vault and the market to take them.
    function _fund() internal {
        address[5] memory funded = [requester, operator, staker, otherStaker, verifier];
        for (uint256 i = 0; i < funded.length; ++i) {
            vm.prank(holder);
            _gpuck(funded[i], 10_000_000 ether);
            vm.startPrank(funded[i]);
            c.gpuck.approve(address(c.stakeVault), type(uint256).max);
            c.gpuck.approve(address(c.computeMarket), type(uint256).max);
            vm.stopPrank();
        }
    }

    function _parameters() internal view virtual returns (Parameters memory p) {
        p = ParameterBounds.defaults(holder);
        p.council = council;
        p.recomputers = _recomputers();
        p.panel = _panel();
    }

    /// @dev Three, of whom two must agree.
    function _recomputers() internal pure returns (address[] memory accounts) {
        accounts = new address[](3);
        for (uint256 i = 0; i < 3; ++i) {
            accounts[i] = address(uint160(0x4ec0 + i));
        }
    }

    /// @dev Likewise.
    function _panel() internal pure returns (address[] memory members) {
        members = new address[](3);
        for (uint256 i = 0; i < 3; ++i) {
            members[i] = address(uint160(0x9a4e10 + i));
        }
    }

    function _deploy(Parameters memory p) internal returns (Contracts memory contracts) {
        vm.startPrank(deployer);
        contracts = Deployment.deploy(p, deployer);
        vm.stopPrank();
    }

    function _actor(string memory name) internal returns (address account) {
        account = address(uint160(uint256(keccak256(bytes(name)))));
        vm.label(account, name);
    }

    /// @dev Sends `amount` from the pranked account.
    function _gpuck(address to, uint256 amount) internal {
        require(c.gpuck.transfer(to, amount), "transfer");
    }

    function _profile(EnergySource source, uint16 commissionBps) internal pure returns (NodeProfile memory) {
        return NodeProfile(source, 250, "FR", 1_500, commissionBps, "http://127.0.0.1:1");
    }

    function _register(address account, EnergySource source, uint16 commissionBps) internal returns (uint48 nodeId) {
        vm.prank(account);
        return c.nodeRegistry.register(_profile(source, commissionBps));
    }

    function _stake(address account, uint48 nodeId, uint256 assets) internal returns (uint256 shares) {
        vm.prank(account);
        return c.stakeVault.stake(nodeId, assets, 0);
    }

    /// @dev A node of `operator` with `stakeWei` of its own behind it.
    function _activeNode(uint256 stakeWei, uint16 commissionBps) internal returns (uint48 nodeId) {
        nodeId = _register(operator, EnergySource.Solar, commissionBps);
        _stake(operator, nodeId, stakeWei);
        c.nodeRegistry.activate(nodeId);
    }

    function _postJob(uint32 cells, uint128 feePerCell) internal returns (uint256 jobId) {
        vm.prank(requester);
        return c.computeMarket
            .postJob(keccak256("spec"), keccak256("input"), cells, feePerCell, uint64(block.timestamp + 30 days));
    }

    /// @dev One cell for `feeWei`, committed by `operator` and settled: the only way that fees burn. Time passes.
    function _settleFee(uint256 feeWei) internal returns (uint256 burned) {
        vm.prank(requester);
        uint256 jobId = c.computeMarket.postJob(0, 0, 1, uint128(feeWei), uint64(block.timestamp + 1 days));
        bytes32 cellsRoot = keccak256(abi.encode("fee", jobId));
        uint32 hour = _hour();
        vm.prank(operator);
        uint256 batchId = c.computeMarket.commitBatch(jobId, cellsRoot, 1, 0, hour, MeasurementTier.Declared);
        vm.warp(c.computeMarket.batch(batchId).challengeEndsAt);
        uint256 before = c.computeMarket.feesBurned();
        c.computeMarket.settle(batchId);
        return c.computeMarket.feesBurned() - before;
    }

    function _hour() internal view returns (uint32) {
        return uint32(block.timestamp / 1 hours);
    }

    /// @dev Maps `value` into [minimum, maximum]; small values stay small, so that fuzzed edges remain edges.
    function bound(uint256 value, uint256 minimum, uint256 maximum) internal pure returns (uint256) {
        require(minimum <= maximum, "bound: minimum over maximum");
        if (value >= minimum && value <= maximum) return value;
        uint256 size = maximum - minimum + 1;
        return size == 0 ? value : minimum + value % size;
    }
}
