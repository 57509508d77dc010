// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Slashes what is staked now, and lets stake go at once.
contract InstantExit {
    mapping(address account => uint256) public staked;

    function stake(uint256 assets) external {
        staked[msg.sender] += assets;
    }

    function leave() external returns (uint256 assets) {
        assets = staked[msg.sender];
        delete staked[msg.sender];
    }

    function slash(address account, uint256 bps) external returns (uint256 removed) {
        removed = staked[account] * bps / 10_000;
        staked[account] -= removed;
    }
}

/// @title F6: see the slash coming, and be gone
contract F06SlashEscapeTest is StakingFixture {
    function test_attack_exitBeforeTheSlashCostsNothing() public {
        InstantExit weak = new InstantExit();
        vm.startPrank(operator);
        weak.stake(100 ether);
        vm.assertEq(weak.leave(), 100 ether, "out, in front of the slash");
        vm.assertEq(weak.slash(operator, 1_000), 0, "nothing to slash");
    }

    /// @dev Four ways at once: stay, ask to leave, move away, cancel. Each loses a tenth.
    function test_defence_everyWayOutIsSlashedAlike() public {
        uint256 shares = _stake(operator, nodeId, 400 ether);
        uint256 leaving = _unbond(operator, shares / 4);
        uint256 moving = _redelegate(operator, shares / 4);
        vm.warp(block.timestamp + 1 days);
        uint256 cancelled = _unbond(operator, shares / 4);
        vm.prank(operator);
        c.stakeVault.cancelUnbond(cancelled);

        vm.assertEq(_slash(nodeId, 40 ether), 30 ether, "a tenth of what is here");
        vm.assertEq(c.stakeVault.settleRedelegation(moving), 10 ether, "and of what moved");
        _near(c.stakeVault.toAssets(nodeId, c.stakeVault.sharesOf(nodeId, operator)), 180 ether, "stayed");
        _near(c.stakeVault.requestAssets(leaving), 90 ether, "leaving");
        _near(c.stakeVault.activeStake(otherNode), 90 ether, "moved");
    }

    /// @dev The last second before maturity is early enough for an accusation, and then nothing leaves.
    function test_defence_accusationHoldsStakeThatIsAboutToLeave() public {
        uint256 shares = _stake(operator, nodeId, 200 ether);
        uint256 leaving = _unbond(operator, shares / 2);
        uint256 moving = _redelegate(operator, shares / 2);
        vm.warp(block.timestamp + UNBONDING - 1);
        _freeze(nodeId);
        vm.warp(block.timestamp + 30 days);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.FrozenStake.selector, nodeId));
        _withdraw(operator, leaving);
        _slash(nodeId, 20 ether);
        _unfreeze(nodeId);
        vm.assertEq(_withdraw(operator, leaving), 90 ether, "slashed first");
        vm.assertEq(c.stakeVault.settleRedelegation(moving), 10 ether, "likewise");
    }

    /// @dev The unbonding period is governance's, 90 days at most, so that no date overflows.
    function test_defence_operatorCannotShortenTheWait() public {
        uint256 shares = _stake(operator, nodeId, 10_000 ether);
        c.nodeRegistry.activate(nodeId);
        uint256 requestId = _unbond(operator, shares);
        vm.prank(operator);
        c.nodeRegistry.exit(nodeId);
        vm.warp(block.timestamp + UNBONDING - 1);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.NotMatured.selector, requestId, START + UNBONDING));
        _withdraw(operator, requestId);
    }
}
