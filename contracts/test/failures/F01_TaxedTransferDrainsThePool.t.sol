// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";

/// @title F1: a tax in `transfer` drains what counts on exact amounts (LAXO and STO-WBNB 2026, Balancer STA 2020)
contract F01TaxedTransferDrainsThePool is Base {
    /// @dev The pool books 100 in and pays 100 out, but only 90 came: the others' tokens make up for it.
    function test_attack_poolThatBooksWhatWasSent_isDrained() public {
        TaxedToken token = new TaxedToken();
        TrustingPool pool = new TrustingPool(token);
        token.mint(address(pool), 1_000);
        token.mint(address(this), 100);
        uint256 before = token.balanceOf(address(pool));
        pool.deposit(100);
        pool.withdraw(100);
        vm.assertEq(before - token.balanceOf(address(pool)), 10, "of others' tokens, with every round");
    }

    /// @dev GPUCK moves what was asked, to the wei, whoever sends and receives; burning is a call of its own, by the
    /// holder, of its own tokens.
    function testFuzz_defence_transferIsExact(uint256 amount, uint256 rounds) public {
        uint48 nodeId = _activeNode(10_000 ether, 0);
        amount = bound(amount, 1 ether, 1_000_000 ether);
        uint256 supply = c.gpuck.totalSupply();
        uint256 before = c.gpuck.balanceOf(staker);
        uint256 vault = c.gpuck.balanceOf(address(c.stakeVault));
        _stake(staker, nodeId, amount);
        vm.assertEq(c.gpuck.balanceOf(address(c.stakeVault)) - vault, amount, "the vault got what it booked");
        vm.assertEq(c.stakeVault.activeStake(nodeId), 10_000 ether + amount, "booked");
        for (uint256 i = 0; i < bound(rounds, 1, 5); ++i) {
            vm.prank(staker);
            _gpuck(stranger, amount);
            vm.prank(stranger);
            _gpuck(staker, amount);
            vm.prank(staker);
            _gpuck(staker, amount);
        }
        vm.assertEq(c.gpuck.balanceOf(staker), before - amount, "back to the wei");
        vm.assertEq(c.gpuck.totalSupply(), supply, "nothing burned on the way");
    }
}

/// @dev Burns a tenth of every transfer.
contract TaxedToken {
    mapping(address account => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function move(address from, address to, uint256 amount) external {
        balanceOf[from] -= amount;
        balanceOf[to] += amount - amount / 10;
    }
}

/// @dev Books what was sent, not what came.
contract TrustingPool {
    TaxedToken private immutable token;
    mapping(address account => uint256) private _booked;

    constructor(TaxedToken token_) {
        token = token_;
    }

    function deposit(uint256 amount) external {
        _booked[msg.sender] += amount;
        token.move(msg.sender, address(this), amount);
    }

    function withdraw(uint256 amount) external {
        _booked[msg.sender] -= amount;
        token.move(address(this), msg.sender, amount);
    }
}
