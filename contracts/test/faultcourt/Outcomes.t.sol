// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Amounts} from "../../src/governance/ITerms.sol";
import {NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {IStakeVault} from "../../src/staking/IStakeVault.sol";
import {AttestedFault, IFaultCourt, Verdict} from "../../src/verify/IFaultCourt.sol";
import {CourtFixture} from "./CourtFixture.sol";

/// @title How accusations end: who gets and who loses what, to the wei
contract OutcomesTest is CourtFixture {
    /// @dev Gains and losses against the moment before the accusation.
    struct Balance {
        int256 accuser;
        int256 operator;
        int256 burned;
        int256 stake;
    }

    Balance internal start;

    function setUp() public override {
        super.setUp();
        start = _balance();
    }

    function test_upheld_slashesJailsAndVoids() public {
        uint256 id = _accuse();
        uint32 hour = _hour();
        _rule(id, true);
        _toStageEnd(id);
        vm.expectEmit(address(c.stakeVault));
        emit IStakeVault.NodeUnfrozen(nodeId, 0);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.AccusationClosed(id, nodeId, Verdict.Upheld, SLASH, REWARD);
        c.faultCourt.finish(id);
        _assertVerdict(id, Verdict.Upheld, "outcome");
        _assertMoved(int256(REWARD), 0, int256(SLASH - REWARD), -int256(SLASH));
        vm.assertTrue(c.nodeRegistry.statusOf(nodeId) == NodeStatus.Jailed, "jailed");
        vm.assertEq(c.faultCourt.upheldBy(nodeId, AttestedFault.EnergyMisreported, hour), id, "remembered");
        vm.assertFalse(c.stakeVault.isFrozen(nodeId), "free again");
    }

    function test_upheld_takesTheSameShareOfActiveAndUnbondingStake() public {
        uint256 id = _accuse();
        _rule(id, true);
        _finish(id);
        vm.assertEq(c.stakeVault.activeStake(nodeId), 38_000 ether, "5 % of 40,000");
        vm.assertEq(c.stakeVault.unbondingStake(nodeId), 9_500 ether, "5 % of 10,000");
    }

    function test_rejected_halvesTheBondBetweenOperatorAndBurn() public {
        uint256 id = _accuse();
        _rule(id, false);
        vm.assertTrue(_finish(id) == Verdict.Rejected, "outcome");
        _assertMoved(-int256(BOND), int256(BOND / 2), int256(BOND / 2), 0);
    }

    function test_rejected_burnsTheOddWei() public {
        vm.prank(address(c.gpuckTimelock));
        c.terms.setAmounts(Amounts({minimumStake: 10_000 ether, challengerBond: 3 ether + 1, rootCap: 1 ether}));
        uint256 id = _accuse();
        _rule(id, false);
        _finish(id);
        _assertMoved(-int256(3 ether + 1), 1.5 ether, 1.5 ether + 1, 0);
    }

    function test_panelSilent_dismisses() public {
        uint256 id = _accuse();
        vm.assertTrue(_finish(id) == Verdict.Dismissed, "outcome");
        _assertMoved(0, 0, 0, 0);
    }

    function test_panelSplit_dismisses() public {
        uint256 id = _accuse();
        _respond(id);
        _vote(0, id, true);
        _vote(1, id, false);
        vm.assertTrue(_finish(id) == Verdict.Dismissed, "outcome");
        _assertMoved(0, 0, 0, 0);
        vm.assertTrue(c.nodeRegistry.statusOf(nodeId) == NodeStatus.Active, "still active");
    }

    function test_appealByTheOperator_wonPaysBackAndPenalisesTheAccuser() public {
        uint256 id = _accuse();
        _rule(id, true);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.Appealed(id, operator, BOND, uint40(block.timestamp + DECISION));
        _appeal(operator, id);
        _assertMoved(-int256(BOND), -int256(BOND), 0, 0);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.Decided(id, false);
        _decide(id, false);
        vm.assertTrue(_finish(id) == Verdict.Rejected, "reversed");
        _assertMoved(-int256(BOND), int256(BOND / 2), int256(BOND / 2), 0);
    }

    function test_appealByTheOperator_lostPaysTheAccuser() public {
        uint256 id = _accuse();
        _rule(id, true);
        _appeal(operator, id);
        _decide(id, true);
        vm.assertTrue(_finish(id) == Verdict.Upheld, "confirmed");
        _assertMoved(int256(BOND + REWARD), -int256(BOND), int256(SLASH - REWARD), -int256(SLASH));
    }

    function test_appealByTheOperator_undecidedLeavesTheRuling() public {
        uint256 id = _accuse();
        _rule(id, true);
        _appeal(operator, id);
        vm.assertTrue(_finish(id) == Verdict.Upheld, "stands");
        _assertMoved(int256(BOND + REWARD), -int256(BOND), int256(SLASH - REWARD), -int256(SLASH));
    }

    function test_appealByTheAccuser_wonSlashesAfterAll() public {
        uint256 id = _accuse();
        _rule(id, false);
        _appeal(accuser, id);
        _assertMoved(-2 * int256(BOND), 0, 0, 0);
        _decide(id, true);
        vm.assertTrue(_finish(id) == Verdict.Upheld, "reversed");
        _assertMoved(int256(REWARD), 0, int256(SLASH - REWARD), -int256(SLASH));
    }

    function test_appealByTheAccuser_lostCostsBothBonds() public {
        uint256 id = _accuse();
        _rule(id, false);
        _appeal(accuser, id);
        _decide(id, false);
        vm.assertTrue(_finish(id) == Verdict.Rejected, "confirmed");
        _assertMoved(-2 * int256(BOND), int256(BOND + BOND / 2), int256(BOND / 2), 0);
    }

    function test_appealByTheAccuser_undecidedLeavesTheRuling() public {
        uint256 id = _accuse();
        _rule(id, false);
        _appeal(accuser, id);
        vm.assertTrue(_finish(id) == Verdict.Rejected, "stands");
        _assertMoved(-2 * int256(BOND), int256(BOND + BOND / 2), int256(BOND / 2), 0);
    }

    /// @dev What is at risk was fixed at the accusation: stake that came later answers for nothing more, and stake that
    /// is gone cannot be taken twice.
    function test_slash_isMeasuredOnTheStakeAtTheAccusation() public {
        uint256 id = _accuse();
        vm.prank(address(c.microcellCourt));
        c.stakeVault.slash(nodeId, 7, BEHIND - 1_000 ether, 0, address(0));
        _rule(id, true);
        _toStageEnd(id);
        vm.expectEmit(address(c.faultCourt));
        emit IFaultCourt.AccusationClosed(id, nodeId, Verdict.Upheld, 1_000 ether, 200 ether);
        c.faultCourt.finish(id);
    }

    function test_otherFaults_voidNoHour() public {
        uint32 hour = _hour();
        uint256 id = _accuse(accuser, AttestedFault.Unavailability, block.timestamp);
        vm.assertEq(c.faultCourt.openAccusations(nodeId, hour), 0, "no hour in question");
        _rule(id, true);
        vm.assertTrue(_finish(id) == Verdict.Upheld, "outcome");
        vm.assertEq(c.faultCourt.upheldBy(nodeId, AttestedFault.Unavailability, hour), id, "this kind");
        vm.assertEq(c.faultCourt.upheldBy(nodeId, AttestedFault.EnergyMisreported, hour), 0, "no other kind");
        vm.assertFalse(_isVoid(hour), "not void");
        vm.warp(START + 10 days);
        id = _accuse();
        _rule(id, true);
        _finish(id);
        vm.assertTrue(_isVoid(hour), "void");
    }

    function _isVoid(uint32 hour) private view returns (bool) {
        return c.carbonCertificate.isVoid(uint256(hour) << 68 | nodeId);
    }

    function _balance() private view returns (Balance memory) {
        return Balance({
            accuser: int256(c.gpuck.balanceOf(accuser)),
            operator: int256(c.gpuck.balanceOf(operator)),
            burned: int256(c.gpuck.burned()),
            stake: int256(c.stakeVault.stakeBehind(nodeId))
        });
    }

    function _assertMoved(int256 toAccuser, int256 toOperator, int256 burned, int256 stake) private view {
        Balance memory present = _balance();
        vm.assertEq(present.accuser - start.accuser, toAccuser, "accuser");
        vm.assertEq(present.operator - start.operator, toOperator, "operator");
        vm.assertEq(present.burned - start.burned, burned, "burned");
        vm.assertEq(present.stake - start.stake, stake, "stake");
        // Whatever nobody has lies with the court.
        int256 held = -toAccuser - toOperator - burned - stake;
        vm.assertEq(int256(c.gpuck.balanceOf(address(c.faultCourt))), held, "held");
    }
}
