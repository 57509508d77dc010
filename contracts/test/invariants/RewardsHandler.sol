// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Deployment.sol";
import {vm} from "../../script/Vm.sol";
import {IGreenRewards} from "../../src/rewards/IGreenRewards.sol";

/// @title Random moves of recomputers, disputers, guardian, governance and claimers
/// @dev Trees have four leaves and hold what the accounts earned until then, whatever became of the roots before. When
/// `lying`, leaves add up to more than the announced total. Calls that must fail are made too, and `broken` tells when
/// one did not.
contract RewardsHandler {
    uint256 internal constant ACCOUNTS = 4;

    /// @notice What a root was built from.
    struct Tree {
        bool known;
        uint256[ACCOUNTS] cumulative;
    }

    string public broken;
    uint256 public paid;
    mapping(uint256 account => uint256) public received;

    Contracts private c;
    address[] private recomputers;
    address private rich;
    address private council;
    mapping(bytes32 root => Tree) private trees;
    uint256[ACCOUNTS][] private earnings;
    uint256 private proposals;
    bool private immutable lying;

    constructor(
        Contracts memory contracts,
        address[] memory recomputers_,
        address rich_,
        address council_,
        bool lying_
    ) {
        c = contracts;
        recomputers = recomputers_;
        rich = rich_;
        council = council_;
        lying = lying_;
        vm.prank(rich);
        c.gpuck.approve(address(c.greenRewards), type(uint256).max);
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](12);
        list[0] = this.fund.selector;
        list[1] = this.propose.selector;
        list[2] = this.propose.selector;
        list[3] = this.claim.selector;
        list[4] = this.claim.selector;
        list[5] = this.claim.selector;
        list[6] = this.forge.selector;
        list[7] = this.dispute.selector;
        list[8] = this.resolve.selector;
        list[9] = this.disable.selector;
        list[10] = this.setRecipient.selector;
        list[11] = this.pass.selector;
    }

    function accountAt(uint256 index) public pure returns (address) {
        return address(uint160(0xacc0 + index));
    }

    /// @notice Epochs that can have a root.
    function endedEpochs() public view returns (uint256) {
        return c.emission.currentEpoch();
    }

    /// @notice The largest total of the roots that pay.
    function announced() public view returns (uint256 largest) {
        for (uint256 epoch = 0; epoch < endedEpochs(); ++epoch) {
            if (isActive(epoch) && c.greenRewards.root(epoch).total > largest) {
                largest = c.greenRewards.root(epoch).total;
            }
        }
    }

    function isActive(uint256 epoch) public view returns (bool) {
        IGreenRewards.Root memory entry = c.greenRewards.root(epoch);
        bool standing =
            entry.state == IGreenRewards.RootState.Proposed || entry.state == IGreenRewards.RootState.Confirmed;
        return standing && block.timestamp >= entry.activatesAt;
    }

    function fund(uint256 amount) external {
        vm.prank(rich);
        require(c.gpuck.transfer(address(c.greenRewards), amount % 100_000 ether), "transfer");
    }

    /// @dev Two of the three agree on a root for the next epoch that may have one, or the one after.
    function propose(uint256 seed) external {
        (uint256 latest, bool exists) = c.greenRewards.latestEpoch();
        uint256 epoch = (exists ? latest + 1 : 0) + seed % 2;
        if (epoch >= endedEpochs()) return;
        IGreenRewards.RootState state = c.greenRewards.root(epoch).state;
        if (state != IGreenRewards.RootState.None && state != IGreenRewards.RootState.Disabled) return;
        uint256[ACCOUNTS] memory cumulative = _earned(epoch, seed);
        uint256 total = _sum(cumulative);
        if (total - (exists ? c.greenRewards.root(latest).total : 0) > c.terms.rootCapWei()) return;
        if (lying) cumulative[(seed >> 8) % ACCOUNTS] += seed % 1_000 ether;
        bytes32 root = _remember(epoch, cumulative);
        bytes32 inputsHash = bytes32(++proposals);
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(recomputers[(seed % 3 + i) % recomputers.length]);
            c.greenRewards.attestRoot(epoch, root, inputsHash, total);
        }
    }

    function claim(uint256 seed, uint256 who) external {
        if (endedEpochs() == 0) return;
        uint256 epoch = seed % endedEpochs();
        Tree memory tree = trees[c.greenRewards.root(epoch).root];
        if (tree.known) _claim(epoch, who % ACCOUNTS, tree.cumulative[who % ACCOUNTS]);
    }

    /// @dev An amount, an account or an epoch that no leaf names.
    function forge(uint256 seed, uint256 who, uint256 amount) external {
        if (endedEpochs() == 0) return;
        uint256 epoch = seed % endedEpochs();
        Tree memory tree = trees[c.greenRewards.root(epoch).root];
        if (!tree.known || amount == tree.cumulative[who % ACCOUNTS]) return;
        bytes32[] memory proof = _proof(epoch, tree.cumulative, who % ACCOUNTS);
        try c.greenRewards.claim(epoch, accountAt(who % ACCOUNTS), amount, proof) {
            broken = "a claim for another amount passed";
        } catch {}
        try c.greenRewards.claim(epoch, accountAt(ACCOUNTS), tree.cumulative[who % ACCOUNTS], proof) {
            broken = "a claim for another account passed";
        } catch {}
    }

    function dispute(uint256 seed) external {
        uint256 epoch = seed % (endedEpochs() + 1);
        if (!_isPending(epoch)) return;
        vm.prank(rich);
        c.greenRewards.dispute(epoch, "wrong");
    }

    function resolve(uint256 seed, bool valid) external {
        uint256 epoch = seed % (endedEpochs() + 1);
        if (c.greenRewards.root(epoch).state != IGreenRewards.RootState.Disputed) return;
        vm.prank(address(c.gpuckTimelock));
        c.greenRewards.resolve(epoch, valid);
    }

    function disable(uint256 seed) external {
        uint256 epoch = seed % (endedEpochs() + 1);
        if (seed % 2 == 0 || !_isPending(epoch)) return;
        vm.prank(council);
        c.guardian.disableRoot(epoch);
    }

    function setRecipient(uint256 who, uint256 recipient) external {
        vm.prank(accountAt(who % ACCOUNTS));
        c.greenRewards.setRecipient(recipient % 3 == 0 ? address(0) : address(uint160(0xbee0 + recipient % 3)));
    }

    function pass(uint256 seconds_) external {
        vm.warp(block.timestamp + seconds_ % 2 days);
    }

    /// @notice Everybody claims from every root that pays.
    function everybodyClaims() external {
        for (uint256 epoch = 0; epoch < endedEpochs(); ++epoch) {
            Tree memory tree = trees[c.greenRewards.root(epoch).root];
            for (uint256 i = 0; tree.known && i < ACCOUNTS; ++i) {
                _claim(epoch, i, tree.cumulative[i]);
            }
        }
    }

    /// @notice The most that any root that pays grants the account.
    function granted(uint256 account) external view returns (uint256 largest) {
        for (uint256 epoch = 0; epoch < endedEpochs(); ++epoch) {
            uint256 cumulative = trees[c.greenRewards.root(epoch).root].cumulative[account];
            if (isActive(epoch) && cumulative > largest) largest = cumulative;
        }
    }

    function _claim(uint256 epoch, uint256 account, uint256 cumulative) private {
        bytes32[] memory proof = _proof(epoch, trees[c.greenRewards.root(epoch).root].cumulative, account);
        address recipient = c.greenRewards.recipientOf(accountAt(account));
        (uint256 before, uint256 balance) = (c.greenRewards.claimed(accountAt(account)), c.gpuck.balanceOf(recipient));
        uint256 due = cumulative > before ? cumulative - before : 0;
        try c.greenRewards.claim(epoch, accountAt(account), cumulative, proof) returns (uint256 amount) {
            if (!isActive(epoch)) broken = "a root that does not pay paid";
            if (amount != due) broken = "not what was due";
            if (c.gpuck.balanceOf(recipient) - balance != amount) broken = "not to the recipient";
            if (c.greenRewards.claimed(accountAt(account)) < before) broken = "claimed fell";
            paid += amount;
            received[account] += amount;
            if (c.greenRewards.claim(epoch, accountAt(account), cumulative, proof) != 0) broken = "paid twice";
        } catch {
            if (isActive(epoch) && !lying) broken = "a due claim failed";
        }
    }

    function _isPending(uint256 epoch) private view returns (bool) {
        IGreenRewards.Root memory entry = c.greenRewards.root(epoch);
        return entry.state == IGreenRewards.RootState.Proposed && block.timestamp < entry.activatesAt;
    }

    function _remember(uint256 epoch, uint256[ACCOUNTS] memory cumulative) private returns (bytes32 root) {
        bytes32[ACCOUNTS] memory leaves = _leaves(epoch, cumulative);
        root = _node(_node(leaves[0], leaves[1]), _node(leaves[2], leaves[3]));
        trees[root] = Tree(true, cumulative);
    }

    function _proof(uint256 epoch, uint256[ACCOUNTS] memory cumulative, uint256 account)
        private
        view
        returns (bytes32[] memory proof)
    {
        bytes32[ACCOUNTS] memory leaves = _leaves(epoch, cumulative);
        proof = new bytes32[](2);
        proof[0] = leaves[account ^ 1];
        proof[1] = account < 2 ? _node(leaves[2], leaves[3]) : _node(leaves[0], leaves[1]);
    }

    function _leaves(uint256 epoch, uint256[ACCOUNTS] memory cumulative)
        private
        view
        returns (bytes32[ACCOUNTS] memory leaves)
    {
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            leaves[i] = c.greenRewards.leaf(epoch, accountAt(i), cumulative[i]);
        }
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return left < right ? keccak256(bytes.concat(left, right)) : keccak256(bytes.concat(right, left));
    }

    /// @dev What everybody has earned until the end of `epoch`, made up as epochs are first asked for.
    function _earned(uint256 epoch, uint256 seed) private returns (uint256[ACCOUNTS] memory cumulative) {
        while (earnings.length <= epoch) {
            if (earnings.length > 0) cumulative = earnings[earnings.length - 1];
            uint256 funded =
                c.gpuck.balanceOf(address(c.greenRewards)) - c.greenRewards.bondedWei() + c.greenRewards.totalClaimed();
            uint256 most = _min(c.terms.rootCapWei(), funded - _sum(cumulative));
            cumulative[(seed >> 16) % ACCOUNTS] += seed % (most + 1);
            earnings.push(cumulative);
        }
        return earnings[epoch];
    }

    function _sum(uint256[ACCOUNTS] memory list) private pure returns (uint256 total) {
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            total += list[i];
        }
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
