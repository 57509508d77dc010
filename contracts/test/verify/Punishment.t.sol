// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IComputeMarket} from "../../src/compute/IComputeMarket.sol";
import {Shares} from "../../src/governance/ITerms.sol";
import {NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {FaultProof, FaultStage, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {VerifyBase} from "./VerifyBase.sol";

/// @title What a proven fault costs, and that nothing stops it
contract PunishmentTest is VerifyBase {
    function test_punish_voidsJailsAndSlashesOnce() public {
        uint256 purse = c.gpuck.balanceOf(requester);
        uint256 supply = c.gpuck.totalSupply();
        uint256 reward = c.gpuck.balanceOf(verifier);
        (, FaultProof memory p) = _wrongCell(1);
        uint256 faultId = _prove(p);

        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.FaultPunished(faultId, p.batchId, nodeId, STAKE / 10);
        vm.prank(stranger);
        c.microcellCourt.punish(faultId);

        vm.assertEq(
            uint256(c.computeMarket.batch(p.batchId).status), uint256(IComputeMarket.BatchStatus.Voided), "voided"
        );
        vm.assertEq(c.gpuck.balanceOf(requester), purse + 3 ether, "three cells refunded");
        vm.assertEq(uint256(c.nodeRegistry.statusOf(nodeId)), uint256(NodeStatus.Jailed), "jailed");
        vm.assertEq(c.stakeVault.activeStake(nodeId), STAKE * 9 / 10, "a tenth slashed");
        vm.assertEq(c.gpuck.balanceOf(verifier), reward + STAKE / 50, "a fifth of it to the finder");
        vm.assertEq(c.gpuck.balanceOf(stranger), 0, "nothing to who executed it");
        vm.assertEq(c.gpuck.totalSupply(), supply - STAKE * 8 / 100, "the rest burned");
        vm.assertEq(uint256(c.microcellCourt.fault(faultId).stage), uint256(FaultStage.Punished), "punished");
        vm.assertEq(uint256(c.microcellCourt.fault(faultId).since), block.timestamp, "now");

        _expectNotProved(faultId);
    }

    function test_punish_needsAProvenFault() public {
        (, FaultProof memory p) = _wrongCell(1);
        _reserve(verifier, _proveCall(p));
        _expectNotProved(uint256(_commitment(verifier, _proveCall(p))));
        _expectNotProved(0);
        _expectNotProved(99);
    }

    /// @dev Stake at the commit is what counts: neither what came after it nor what an earlier slash took changes it.
    function test_punish_measuresOnTheStakeAtTheCommit() public {
        (, FaultProof memory first) = _wrongCell(1);
        (, FaultProof memory second) = _wrongCell(2);
        _stake(staker, nodeId, STAKE);
        (, FaultProof memory third) = _wrongCell(3);
        _slashesExactly(_prove(first), STAKE / 10);
        _slashesExactly(_prove(second), STAKE / 10);
        _slashesExactly(_prove(third), 2 * STAKE / 10);
    }

    function test_punish_followsTheTermsOfTheDay() public {
        (, FaultProof memory p) = _wrongCell(1);
        uint256 faultId = _prove(p);
        Shares memory shares = c.terms.shares();
        shares.slashBps = 333;
        shares.finderBps = 0;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setShares(shares);
        uint256 reward = c.gpuck.balanceOf(verifier);
        _slashesExactly(faultId, STAKE * 333 / 10_000);
        vm.assertEq(c.gpuck.balanceOf(verifier), reward, "no finder's share");
    }

    function test_punish_reachesStakeThatLeaves() public {
        (, FaultProof memory p) = _wrongCell(1);
        uint256 shares = c.stakeVault.sharesOf(nodeId, operator);
        vm.startPrank(operator);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, shares);
        c.nodeRegistry.exit(nodeId);
        vm.stopPrank();
        _slashesExactly(_prove(p), STAKE / 10);
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), STAKE * 9 / 10, "unbonding stake slashed");
        vm.assertEq(uint256(c.nodeRegistry.statusOf(nodeId)), uint256(NodeStatus.Exiting), "still exiting");
        vm.warp(START + 14 days);
        vm.prank(operator);
        vm.assertEq(c.stakeVault.withdraw(requestId, operator), STAKE * 9 / 10, "and the rest leaves");
    }

    /// @dev All stake gone: the fault is still carried out, refund and all.
    function test_punish_worksOnZeroStake() public {
        (, FaultProof memory p) = _wrongCell(1);
        uint256 shares = c.stakeVault.sharesOf(nodeId, operator);
        vm.prank(operator);
        uint256 requestId = c.stakeVault.requestUnbond(nodeId, shares);
        uint256 faultId = _prove(p);
        vm.warp(START + 14 days);
        vm.prank(operator);
        c.stakeVault.withdraw(requestId, operator);
        uint256 purse = c.gpuck.balanceOf(requester);
        _slashesExactly(faultId, 0);
        vm.assertEq(c.gpuck.balanceOf(requester), purse + 3 ether, "refunded all the same");
    }

    function test_punish_takesWhatThereIs() public {
        (, FaultProof memory p) = _wrongCell(1);
        vm.prank(address(c.microcellCourt));
        c.stakeVault.slash(nodeId, 77, STAKE * 19 / 20, 0, stranger);
        _slashesExactly(_prove(p), STAKE / 20);
    }

    function test_punish_worksPausedAndFrozen() public {
        (, FaultProof memory p) = _wrongCell(1);
        vm.startPrank(council);
        c.guardian.pauseEntry(address(c.computeMarket));
        c.guardian.pauseEntry(address(c.stakeVault));
        vm.stopPrank();
        vm.prank(address(c.faultCourt));
        c.stakeVault.freeze(nodeId);
        _slashesExactly(_prove(p), STAKE / 10);
    }

    /// @dev Neither side's account can refuse what it gets: GPUCK calls nobody.
    function test_punish_aFinderThatRefusesEverythingIsPaid() public {
        address wall = address(new Wall());
        (, FaultProof memory p) = _wrongCell(1);
        _reserve(wall, _proveCall(p));
        vm.prank(wall);
        uint256 faultId = c.microcellCourt.prove(p, SALT);
        c.microcellCourt.punish(faultId);
        vm.assertEq(c.gpuck.balanceOf(wall), STAKE / 50, "finder's share");
    }

    /// @dev Proved in time is enough: the punishment has no deadline.
    function test_punish_longAfterTheWindow() public {
        (, FaultProof memory p) = _wrongCell(1);
        uint256 faultId = _prove(p);
        vm.warp(START + 300 days);
        _slashesExactly(faultId, STAKE / 10);
    }

    function test_recordWithheld_isTheForcedOpeningsAlone() public {
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotAuthorised.selector, stranger));
        vm.prank(stranger);
        c.microcellCourt.recordWithheld(1, 1, stranger);
    }

    function _slashesExactly(uint256 faultId, uint256 amount) private {
        uint256 before = c.stakeVault.stakeBehind(nodeId);
        c.microcellCourt.punish(faultId);
        vm.assertEq(before - c.stakeVault.stakeBehind(nodeId), amount, "slashed");
    }

    function _expectNotProved(uint256 faultId) private {
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotProved.selector, faultId));
        c.microcellCourt.punish(faultId);
    }
}

/// @dev Reverts on every call, with or without ether.
contract Wall {
    fallback() external payable {
        revert("no");
    }
}
