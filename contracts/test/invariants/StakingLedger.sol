// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Deployment.sol";
import {vm} from "../../script/Vm.sol";
import {NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakePools} from "../../src/staking/StakePool.sol";

/// @title What the staking handler remembers, and what it has seen go wrong
abstract contract StakingLedger {
    uint48 public constant NODES = 3;

    /// @dev One node at one moment.
    struct Snapshot {
        uint256 active;
        uint256 unbonding;
        uint256 shares;
        uint256 magnitude;
    }

    /// @dev What the vault must still say of a past second.
    struct Seen {
        uint256 time;
        uint48 nodeId;
        address account;
        uint256 assets;
        uint256 shares;
        uint256 held;
    }

    /// @notice By number of the invariant: what broke it, empty while it holds.
    mapping(uint256 number => string) public broken;
    uint256 public donated;
    uint256[] public requests;
    mapping(uint256 requestId => uint256) public promised;
    mapping(uint48 nodeId => bool) public tombstoned;
    Seen[] internal seen;

    Contracts internal c;
    address[] internal stakers;

    /// @dev Around every action but a slash: no share price falls. Around every action: no magnitude rises.
    modifier keepsPrices() {
        Snapshot[3] memory before = _all();
        _;
        Snapshot[3] memory present = _all();
        for (uint256 i = 0; i < NODES; ++i) {
            uint256 former = (before[i].active + 1) * (present[i].shares + StakePools.VIRTUAL_SHARES);
            uint256 now_ = (present[i].active + 1) * (before[i].shares + StakePools.VIRTUAL_SHARES);
            if (now_ < former) broken[11] = "a share price fell without a slash";
            if (present[i].magnitude != before[i].magnitude) broken[27] = "a magnitude changed without a slash";
        }
    }

    // --- what the invariants read ------------------------------------------------------------------------------------

    function books() external view returns (uint256 sum) {
        for (uint48 node = 1; node <= NODES; ++node) {
            sum += c.stakeVault.stakeBehind(node);
        }
    }

    /// @return active wei of all holders. @return shares they hold. @return locked of those. @return holders how many.
    function holdings(uint48 node)
        external
        view
        returns (uint256 active, uint256 shares, uint256 locked, uint256 holders)
    {
        for (uint256 i = 0; i < stakers.length; ++i) {
            uint256 held = c.stakeVault.sharesOf(node, stakers[i]);
            if (held == 0) continue;
            ++holders;
            shares += held;
            locked += c.stakeVault.lockedShares(node, stakers[i]);
            active += c.stakeVault.toAssets(node, held);
        }
    }

    function claims(uint48 node) external view returns (uint256 sum) {
        for (uint256 i = 0; i < requests.length; ++i) {
            if (uint48(requests[i] >> 48) == node) sum += c.stakeVault.requestAssets(requests[i]);
        }
    }

    /// @return answering wei that redelegations away from the node still answer with. @return locked shares that
    /// redelegations to it still hold.
    function redelegations(uint48 node) external view returns (uint256 answering, uint256 locked) {
        for (uint256 id = 1; id <= c.stakeVault.redelegationCount(); ++id) {
            IStakeVault.RedelegatedStake memory entry = c.stakeVault.redelegation(id);
            if (entry.fromNode == node) {
                answering += uint256(entry.assets) * c.stakeVault.magnitude(node) / entry.magnitude;
            }
            if (entry.toNode == node && entry.generation == _generation(node)) locked += entry.shares;
        }
    }

    /// @notice Whether the vault still says of the past what was true then; one in five, another fifth every time.
    function remembersThePast() external view returns (bool) {
        for (uint256 i = seen.length % 5; i < seen.length; i += 5) {
            Seen memory entry = seen[i];
            if (entry.time >= block.timestamp) continue;
            (uint256 assets, uint256 shares) = c.stakeVault.pastPool(entry.nodeId, entry.time);
            if (assets != entry.assets || shares != entry.shares) return false;
            if (c.stakeVault.pastSharesOf(entry.nodeId, entry.account, entry.time) != entry.held) return false;
            uint256 votes = 0;
            for (uint256 j = 0; j < stakers.length; ++j) {
                votes += c.stakedVotes.votesOf(entry.nodeId, stakers[j], entry.time);
            }
            if (votes > assets) return false;
        }
        return true;
    }

    function stakerAt(uint256 index) external view returns (address) {
        return stakers[index];
    }

    function stakerCount() external view returns (uint256) {
        return stakers.length;
    }

    function requestCount() external view returns (uint256) {
        return requests.length;
    }

    // -----------------------------------------------------------------------------------------------------------------

    /// @dev Call before time passes: what stands now is what this second will have been.
    function _see(uint256 seed) internal {
        uint48 node = _node(seed);
        address account = stakers[(seed >> 8) % stakers.length];
        seen.push(
            Seen(
                block.timestamp,
                node,
                account,
                c.stakeVault.activeStake(node),
                c.stakeVault.totalShares(node),
                c.stakeVault.sharesOf(node, account)
            )
        );
    }

    function _note(uint256 requestId) internal {
        if (promised[requestId] == 0) requests.push(requestId);
        promised[requestId] = block.timestamp + c.terms.unbondingSeconds();
    }

    function _all() internal view returns (Snapshot[3] memory list) {
        for (uint48 node = 1; node <= NODES; ++node) {
            list[node - 1] = _snapshot(node);
        }
    }

    function _snapshot(uint48 node) internal view returns (Snapshot memory) {
        return Snapshot(
            c.stakeVault.activeStake(node),
            c.stakeVault.unbondingStake(node),
            c.stakeVault.totalShares(node),
            c.stakeVault.magnitude(node)
        );
    }

    /// @dev By the rules as they are written down, not by asking the vault.
    function _takesStake(uint48 node, address account) internal view returns (bool) {
        NodeStatus status = c.nodeRegistry.statusOf(node);
        bool byStatus = status == NodeStatus.Registered || status == NodeStatus.Active
            || (status == NodeStatus.Jailed && c.nodeRegistry.operatorOf(node) == account);
        return byStatus && !c.stakeVault.isFrozen(node) && _generation(node) < 255;
    }

    /// @dev Whether that many more wei fit: shares have 112 bits.
    function _fits(uint48 node, uint256 assets) internal view returns (bool) {
        uint256 shares = c.stakeVault.totalShares(node);
        return shares + StakePools.toShares(assets, c.stakeVault.activeStake(node), shares) <= type(uint112).max;
    }

    function _free(uint48 node, address account) internal view returns (uint256) {
        return c.stakeVault.sharesOf(node, account) - c.stakeVault.lockedShares(node, account);
    }

    /// @dev The pool's slot: assets 96, shares 112, changes 32, generation 8, doors 8 bits.
    function _generation(uint48 node) internal view returns (uint8) {
        return uint8(uint256(vm.load(address(c.stakeVault), keccak256(abi.encode(node, 1)))) >> 240);
    }

    function _node(uint256 seed) internal pure returns (uint48) {
        return uint48(1 + seed % NODES);
    }
}
