// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGreenRewards} from "../../src/rewards/IGreenRewards.sol";
import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "../rewards/RewardFixture.sol";

/// @dev One key publishes roots; a governor may do so without the delay. The tree is left out: a root is one leaf.
contract SingleUpdaterDrop {
    address private immutable _updater;
    address private immutable _governor;
    bytes32 private _root;
    uint256 private _activatesAt;
    uint256 public pot;

    constructor(address updater, address governor, uint256 pot_) {
        (_updater, _governor, pot) = (updater, governor, pot_);
    }

    function setRoot(bytes32 root) external {
        require(msg.sender == _updater || msg.sender == _governor, "not authorised");
        _root = root;
        _activatesAt = msg.sender == _governor ? block.timestamp : block.timestamp + 1 days;
    }

    function claim(uint256 amount) external {
        require(block.timestamp >= _activatesAt && keccak256(abi.encode(msg.sender, amount)) == _root, "no claim");
        pot -= amount;
    }
}

/// @title F17: whoever may publish a root is compromised, or steps over the delay
contract F17RootUpdaterCompromisedTest is RewardFixture {
    function test_attack_oneKeyTakesTheWholePot() public {
        SingleUpdaterDrop drop = new SingleUpdaterDrop(stranger, council, FUNDED);
        vm.prank(stranger);
        drop.setRoot(keccak256(abi.encode(stranger, FUNDED)));
        vm.warp(block.timestamp + 1 days);
        vm.prank(stranger);
        drop.claim(FUNDED);
        vm.assertEq(drop.pot(), 0, "empty");
    }

    function test_attack_theGovernorStepsOverTheDelay() public {
        SingleUpdaterDrop drop = new SingleUpdaterDrop(stranger, council, FUNDED);
        vm.prank(council);
        drop.setRoot(keccak256(abi.encode(council, FUNDED)));
        vm.prank(council);
        drop.claim(FUNDED);
        vm.assertEq(drop.pot(), 0, "empty within one block");
    }

    function test_defence_oneKeyProposesNothing() public {
        _attest(0, 0, _leaf(0, stranger, CAP), CAP);
        vm.warp(block.timestamp + 365 days);
        _expectNotActive(0, 0);
        c.greenRewards.claim(0, stranger, CAP, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.AlreadyAttested.selector, 0, _recomputers()[0]));
        this.attest(0, _leaf(0, stranger, CAP), CAP);
    }

    function test_defence_aWholeQuorumTakesAtMostTheCapAndOnlyIfNobodyObjects() public {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootOverCap.selector, FUNDED, CAP));
        this.attest(0, _leaf(0, stranger, FUNDED), FUNDED);
        // A leaf over the cap under a total within it.
        _propose(0, _leaf(0, stranger, FUNDED), CAP);
        _afterDelay();
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.Unfunded.selector, FUNDED, CAP));
        c.greenRewards.claim(0, stranger, FUNDED, new bytes32[](0));
        // Anyone can stop the next one in time; so can the guardian.
        _propose(1, _leaf(1, stranger, FUNDED), FUNDED);
        _dispute(1);
        _resolve(1, false);
        _propose(1, _leaf(1, stranger, FUNDED), FUNDED);
        _disable(1);
        vm.warp(block.timestamp + 365 days);
        _expectNotActive(1, c.greenRewards.root(1).activatesAt);
        c.greenRewards.claim(1, stranger, FUNDED, new bytes32[](0));
    }

    function test_defence_nobodyStepsOverTheDelay() public {
        address timelock = address(c.gpuckTimelock);
        vm.startPrank(timelock);
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.NotAuthorised.selector, timelock));
        c.greenRewards.attestRoot(0, "root", "inputs", 1 ether);
        address[] memory own = new address[](2);
        (own[0], own[1]) = (timelock, stranger);
        c.greenRewards.setRecomputers(own, 2);
        bytes32 root = _leaf(0, stranger, 1 ether);
        c.greenRewards.attestRoot(0, root, "inputs", 1 ether);
        vm.stopPrank();
        vm.prank(stranger);
        c.greenRewards.attestRoot(0, root, "inputs", 1 ether);
        uint64 activatesAt = uint64(block.timestamp + 1 days);
        // Not even by having it disputed and confirmed.
        _dispute(0);
        _resolve(0, true);
        vm.warp(activatesAt - 1);
        _expectNotActive(0, activatesAt);
        c.greenRewards.claim(0, stranger, 1 ether, new bytes32[](0));
    }

    /// @dev A call of its own, so that a revert can be expected.
    function attest(uint256 epoch, bytes32 root, uint256 total) external {
        _attest(0, epoch, root, total);
    }

    function _expectNotActive(uint256 epoch, uint64 activatesAt) private {
        vm.expectRevert(abi.encodeWithSelector(IGreenRewards.RootNotActive.selector, epoch, activatesAt));
    }
}
