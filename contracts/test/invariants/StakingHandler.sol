// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Deployment.sol";
import {vm} from "../../script/Vm.sol";
import {Durations} from "../../src/governance/ITerms.sol";
import {Node, NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakingLedger} from "./StakingLedger.sol";

/// @title Random moves of stakers, operators, courts, the market, the guardian and governance
/// @dev No action reverts. Where a move may be refused it is tried, and the outcome is compared with the rule.
contract StakingHandler is StakingLedger {
    struct Slash {
        uint256 here;
        uint256 supply;
        uint256 purse;
        uint256 removed;
        uint256 burned;
        uint256 reward;
    }

    address private immutable funder;
    address private immutable council;
    address private immutable finder = address(0xF1DE5);

    constructor(Contracts memory contracts, address[] memory stakers_, address funder_, address council_) {
        c = contracts;
        stakers = stakers_;
        funder = funder_;
        council = council_;
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](16);
        list[0] = this.stake.selector;
        list[1] = this.stake.selector;
        list[2] = this.unbond.selector;
        list[3] = this.cancel.selector;
        list[4] = this.withdraw.selector;
        list[5] = this.redelegate.selector;
        list[6] = this.settle.selector;
        list[7] = this.reward.selector;
        list[8] = this.slash.selector;
        list[9] = this.freeze.selector;
        list[10] = this.unfreeze.selector;
        list[11] = this.changeStatus.selector;
        list[12] = this.donate.selector;
        list[13] = this.govern.selector;
        list[14] = this.pass.selector;
        list[15] = this.pass.selector;
    }

    function stake(uint256 who, uint256 nodeSeed, uint256 assets) external keepsPrices {
        address account = stakers[who % stakers.length];
        uint48 node = _node(nodeSeed);
        uint256 purse = c.gpuck.balanceOf(account);
        if (purse < 1 ether) return;
        assets = 1 ether + assets % (purse / 8 + 1);
        if (assets > purse || !_fits(node, assets)) return;
        bool expected = _takesStake(node, account) && block.timestamp >= c.stakeVault.pausedUntil();
        vm.prank(account);
        try c.stakeVault.stake(node, assets, 0) {
            if (!expected) broken[21] = "stake came in where it must not";
        } catch {
            if (expected) broken[21] = "stake was refused where it may come in";
        }
    }

    function unbond(uint256 who, uint256 nodeSeed, uint256 shares) external keepsPrices {
        address account = stakers[who % stakers.length];
        uint48 node = _node(nodeSeed);
        uint256 free = _free(node, account);
        if (free == 0) return;
        shares = 1 + shares % free;
        uint256 worth = c.stakeVault.toAssets(node, shares);
        uint256 before = c.stakeVault.unbondingStake(node);
        vm.prank(account);
        _note(c.stakeVault.requestUnbond(node, shares));
        if (c.stakeVault.unbondingStake(node) - before != worth) broken[14] = "a request is not worth what it gave up";
    }

    function cancel(uint256 which) external keepsPrices {
        if (requests.length == 0) return;
        uint256 id = requests[which % requests.length];
        IStakeVault.UnbondRequest memory entry = c.stakeVault.request(id);
        if (entry.owner == address(0) || !_fits(entry.nodeId, c.stakeVault.requestAssets(id))) return;
        if (!_takesStake(entry.nodeId, entry.owner)) return;
        vm.prank(entry.owner);
        c.stakeVault.cancelUnbond(id);
    }

    function withdraw(uint256 which) external keepsPrices {
        if (requests.length > 0) _withdraw(requests[which % requests.length]);
    }

    function redelegate(uint256 who, uint256 fromSeed, uint256 toSeed, uint256 shares) external keepsPrices {
        address account = stakers[who % stakers.length];
        (uint48 from, uint48 to) = (_node(fromSeed), _node(fromSeed % NODES + 1 + toSeed % (NODES - 1)));
        uint256 free = _free(from, account);
        if (free == 0) return;
        shares = 1 + shares % free;
        uint256 assets = c.stakeVault.toAssets(from, shares);
        // Less than a GPUCK may buy no share at all of a pool whose price rewards have lifted.
        if (assets < 1 ether || !_fits(to, assets) || c.stakeVault.magnitude(from) < 1e9) return;
        bool expected = !c.stakeVault.isFrozen(from) && _takesStake(to, account);
        vm.prank(account);
        try c.stakeVault.redelegate(from, to, shares, 0) {
            if (!expected) broken[23] = "stake moved where it must not";
        } catch {
            if (expected) broken[23] = "stake was held where it may move";
        }
    }

    function settle(uint256 which) external keepsPrices {
        uint256 count = c.stakeVault.redelegationCount();
        if (count > 0) _settle(1 + which % count);
    }

    function reward(uint256 nodeSeed, uint256 assets) external keepsPrices {
        uint48 node = _node(nodeSeed);
        assets = assets % 1_000 ether;
        vm.prank(funder);
        require(c.gpuck.transfer(address(c.computeMarket), assets), "transfer");
        bool expected = c.stakeVault.totalShares(node) > 0;
        uint256 before = c.stakeVault.activeStake(node);
        vm.prank(address(c.computeMarket));
        if (c.stakeVault.addReward(node, assets) != expected) broken[32] = "a reward without a staker";
        uint256 gained = c.stakeVault.activeStake(node) - before;
        if (gained != (expected ? assets : 0)) broken[32] = "a reward is not what it was";
    }

    /// @dev Any amount, any cut, any finder, at any time.
    function slash(uint256 nodeSeed, uint256 amount, uint16 cut, uint256 seed) external {
        uint48 node = _node(nodeSeed);
        if (seed % 4 > 0) amount = amount % (c.stakeVault.stakeBehind(node) / 5 + 1);
        address to = seed % 3 == 0 ? address(0) : finder;
        Snapshot memory before = _snapshot(node);
        Slash memory s;
        (s.here, s.supply, s.purse) = (before.active + before.unbonding, c.gpuck.totalSupply(), c.gpuck.balanceOf(to));
        vm.prank(address(c.microcellCourt));
        try c.stakeVault.slash(node, 1, amount, cut, to) returns (uint256 removed, uint256 burned, uint256 paid) {
            (s.removed, s.burned, s.reward) = (removed, burned, paid);
        } catch {
            broken[25] = "a slash reverted";
            return;
        }
        Snapshot memory present = _snapshot(node);
        if (
            s.removed != s.burned + s.reward || s.supply - c.gpuck.totalSupply() != s.burned
                || c.gpuck.balanceOf(to) - s.purse != s.reward
                || s.here - present.active - present.unbonding != s.removed
        ) broken[18] = "removed is not burned + reward";
        _compare(before, present);
        if (present.magnitude > before.magnitude) broken[27] = "a magnitude rose";
    }

    function freeze(uint256 nodeSeed) external keepsPrices {
        uint48 node = _node(nodeSeed);
        vm.prank(address(c.microcellCourt));
        c.stakeVault.freeze(node);
    }

    function unfreeze(uint256 nodeSeed) external keepsPrices {
        _unfreeze(_node(nodeSeed));
    }

    /// @dev Whatever a registry call does to a node, a tombstone stays and a jail term holds.
    function changeStatus(uint256 nodeSeed, uint256 kind) external keepsPrices {
        uint48 node = _node(nodeSeed);
        Node memory entry = c.nodeRegistry.node(node);
        bool rich = c.stakeVault.activeStake(node) >= c.terms.minimumStakeWei();
        if (kind % 8 < 2) {
            try c.nodeRegistry.activate(node) {
                if (!rich || entry.status != NodeStatus.Registered) broken[29] = "activated against the rules";
            } catch {}
        } else if (kind % 8 < 5) {
            bool due = entry.status == NodeStatus.Jailed && block.timestamp >= entry.jailedUntil;
            vm.prank(entry.operator);
            try c.nodeRegistry.unjail(node) {
                if (!rich || !due) broken[29] = "unjailed against the rules";
            } catch {
                if (rich && due) broken[29] = "kept in jail against the rules";
            }
        } else if (kind % 8 < 7) {
            vm.prank(address(c.microcellCourt));
            c.nodeRegistry.jail(node);
        } else if (node == NODES && kind % 64 == 7) {
            vm.prank(address(c.microcellCourt));
            c.nodeRegistry.tombstone(node);
            tombstoned[node] = true;
        }
        if (entry.status == NodeStatus.Tombstoned && c.nodeRegistry.statusOf(node) != NodeStatus.Tombstoned) {
            broken[29] = "a tombstone was lifted";
        }
    }

    function donate(uint256 amount, uint256 who) external keepsPrices {
        address account = stakers[who % stakers.length];
        uint256[3] memory before = _claimsOf(account);
        amount = amount % 10 ether;
        vm.prank(funder);
        require(c.gpuck.transfer(address(c.stakeVault), amount), "transfer");
        donated += amount;
        uint256[3] memory present = _claimsOf(account);
        if (keccak256(abi.encode(before)) != keccak256(abi.encode(present))) broken[12] = "a donation changed a claim";
    }

    /// @dev Another unbonding period, or a pause, or its end.
    function govern(uint256 kind, uint256 period) external keepsPrices {
        if (kind % 3 == 0) {
            Durations memory durations = c.terms.durations();
            durations.unbonding = uint32(14 days + period % 30 days);
            vm.prank(address(c.gpuckTimelock));
            c.terms.setDurations(durations);
        } else {
            vm.prank(council);
            if (kind % 3 == 1) c.guardian.openEntry(address(c.stakeVault));
            else try c.guardian.pauseEntry(address(c.stakeVault)) {} catch {}
        }
    }

    function pass(uint256 time, uint256 seed) external keepsPrices {
        _see(seed);
        vm.warp(block.timestamp + (time % 4 == 0 ? 1 : 1 + time % 6 days));
    }

    /// @dev I16: after whatever happened, everyone is let out, to the last wei that is theirs.
    function everyoneLeaves() external {
        for (uint48 node = 1; node <= NODES; ++node) {
            while (c.stakeVault.isFrozen(node)) {
                _unfreeze(node);
            }
        }
        vm.warp(block.timestamp + 90 days);
        for (uint256 id = 1; id <= c.stakeVault.redelegationCount(); ++id) {
            _settle(id);
        }
        for (uint256 i = 0; i < stakers.length; ++i) {
            for (uint48 node = 1; node <= NODES; ++node) {
                uint256 held = c.stakeVault.sharesOf(node, stakers[i]);
                if (held == 0) continue;
                vm.prank(stakers[i]);
                _note(c.stakeVault.requestUnbond(node, held));
            }
        }
        vm.warp(block.timestamp + 90 days);
        for (uint256 i = 0; i < requests.length; ++i) {
            _withdraw(requests[i]);
        }
    }

    function _withdraw(uint256 id) private {
        IStakeVault.UnbondRequest memory entry = c.stakeVault.request(id);
        if (entry.owner == address(0)) return;
        bool due = block.timestamp >= promised[id];
        bool frozen = c.stakeVault.isFrozen(entry.nodeId);
        uint256 worth = c.stakeVault.requestAssets(id);
        vm.prank(entry.owner);
        try c.stakeVault.withdraw(id, entry.owner) returns (uint256 paid) {
            if (!due) broken[14] = "paid before maturity";
            if (frozen) broken[23] = "paid while frozen";
            if (paid != worth || c.stakeVault.request(id).owner != address(0)) {
                broken[14] = "not paid once and in full";
            }
        } catch {
            if (due && !frozen) broken[16] = "a matured request was refused";
        }
    }

    function _settle(uint256 id) private {
        IStakeVault.RedelegatedStake memory entry = c.stakeVault.redelegation(id);
        if (entry.owner == address(0)) return;
        bool due = block.timestamp >= entry.until && !c.stakeVault.isFrozen(entry.fromNode);
        bool slashed = c.stakeVault.magnitude(entry.fromNode) < entry.magnitude;
        bool isVoid = entry.generation != _generation(entry.toNode);
        if (due || slashed || isVoid) c.stakeVault.settleRedelegation(id);
    }

    function _unfreeze(uint48 node) private {
        if (!c.stakeVault.isFrozen(node)) return;
        vm.prank(address(c.microcellCourt));
        c.stakeVault.unfreeze(node);
    }

    /// @dev Both pools, and what was redelegated away, lose the same fraction, to a wei for each; a pool slashed to
    /// dust loses that as well.
    function _compare(Snapshot memory before, Snapshot memory present) private {
        if (before.active > 0 && present.active == 0) return;
        if (before.unbonding > 0 && present.unbonding == 0) return;
        if (present.shares != before.shares) broken[20] = "shares changed in a slash";
        uint256 left = present.active * before.unbonding;
        uint256 right = present.unbonding * before.active;
        uint256 difference = left > right ? left - right : right - left;
        if (difference > before.active + before.unbonding) broken[20] = "one pool lost a larger fraction";
        uint256 here = before.active + before.unbonding;
        left = present.magnitude * here;
        right = before.magnitude * (present.active + present.unbonding);
        difference = left > right ? left - right : right - left;
        if (difference > before.magnitude + here) broken[20] = "what moved away loses another fraction";
    }

    function _claimsOf(address account) private view returns (uint256[3] memory list) {
        for (uint48 node = 1; node <= NODES; ++node) {
            list[node - 1] = c.stakeVault.toAssets(node, c.stakeVault.sharesOf(node, account));
        }
    }
}
