// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {AccusationStage, IFaultCourt} from "../../src/verify/IFaultCourt.sol";
import {CourtFixture} from "./CourtFixture.sol";

/// @title Every moment of an accusation × every action × every caller
/// @dev Deadlines appear twice: a second before, and to the second. `_expected` says in one place who may do what when;
/// every call is made from the same moment and then undone.
contract CourtMatrixTest is CourtFixture {
    enum Moment {
        None,
        Accused,
        BeforeResponseEnds,
        ResponseEnds,
        Responded,
        BeforeRulingEnds,
        RulingEnds,
        BeforeAppealEnds,
        AppealEnds,
        RejectedBeforeAppealEnds,
        BeforeDecisionEnds,
        DecisionEnds,
        Decided,
        Closed
    }

    enum Act {
        Respond,
        Vote,
        Appeal,
        Decide,
        Finish
    }

    uint256 internal constant ID = 1;
    uint40 internal constant T = uint40(START + 10 days);

    function test_matrix_ofMomentsActsAndCallers() public {
        for (uint8 moment = 0; moment <= uint8(type(Moment).max); ++moment) {
            uint256 snapshot = vm.snapshotState();
            _moveTo(Moment(moment));
            for (uint8 act = 0; act <= uint8(type(Act).max); ++act) {
                _tryAll(Moment(moment), Act(act));
            }
            vm.revertToState(snapshot);
        }
    }

    function _tryAll(Moment moment, Act act) private {
        address[7] memory callers =
            [accuser, operator, _panel()[2], address(c.gpuckTimelock), address(c.guardian), council, stranger];
        for (uint256 i = 0; i < callers.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(callers[i]);
            (bool done, bytes memory answer) = address(c.faultCourt).call(_call(act));
            bytes memory expected = _expected(moment, act, callers[i]);
            string memory what = string.concat(vm.toString(uint256(moment)), "/", vm.toString(uint256(act)));
            vm.assertEq(answer, expected, what);
            vm.assertTrue(done == (expected.length == 0), what);
            vm.revertToState(snapshot);
        }
    }

    function _moveTo(Moment moment) private {
        if (moment == Moment.None) return;
        _accuse();
        if (moment == Moment.BeforeResponseEnds) vm.warp(T + RESPONSE - 1);
        if (moment == Moment.ResponseEnds) vm.warp(T + RESPONSE);
        if (moment == Moment.Responded) _respond(ID);
        if (moment == Moment.BeforeRulingEnds) vm.warp(T + RESPONSE + RULING - 1);
        if (moment == Moment.RulingEnds) vm.warp(T + RESPONSE + RULING);
        if (moment < Moment.BeforeAppealEnds) return;
        _rule(ID, moment != Moment.RejectedBeforeAppealEnds);
        if (moment == Moment.BeforeAppealEnds) vm.warp(T + RESPONSE + APPEAL - 1);
        if (moment == Moment.AppealEnds || moment == Moment.Closed) vm.warp(T + RESPONSE + APPEAL);
        if (moment == Moment.RejectedBeforeAppealEnds) vm.warp(T + RESPONSE + APPEAL - 1);
        if (moment == Moment.Closed) c.faultCourt.finish(ID);
        if (moment < Moment.BeforeDecisionEnds || moment == Moment.Closed) return;
        _appeal(operator, ID);
        if (moment == Moment.BeforeDecisionEnds) vm.warp(T + RESPONSE + DECISION - 1);
        if (moment == Moment.DecisionEnds) vm.warp(T + RESPONSE + DECISION);
        if (moment == Moment.Decided) _decide(ID, true);
    }

    function _call(Act act) private view returns (bytes memory) {
        if (act == Act.Respond) return abi.encodeCall(c.faultCourt.respond, (ID, 0, ""));
        if (act == Act.Vote) return abi.encodeCall(c.faultCourt.vote, (ID, true));
        if (act == Act.Appeal) return abi.encodeCall(c.faultCourt.appeal, (ID));
        if (act == Act.Decide) return abi.encodeCall(c.faultCourt.decide, (ID, true));
        return abi.encodeCall(c.faultCourt.finish, (ID));
    }

    /// @return answer empty when the call must pass, else the error it must fail with.
    function _expected(Moment m, Act act, address caller) private view returns (bytes memory answer) {
        if (act == Act.Respond) {
            if (m == Moment.None || caller != operator) return _error(IFaultCourt.NotOperator.selector, caller);
            if (m > Moment.RulingEnds) return _wrongStage(m);
            if (m == Moment.Responded) return abi.encodeWithSelector(IFaultCourt.AlreadyResponded.selector, ID);
            if (m >= Moment.ResponseEnds) return _tooLate(RESPONSE);
        }
        if (act == Act.Vote) {
            if (m == Moment.None || caller != _panel()[2]) return _error(IFaultCourt.NotAuthorised.selector, caller);
            if (m > Moment.RulingEnds) return _wrongStage(m);
            if (m == Moment.RulingEnds) return _tooLate(RESPONSE + RULING);
            if (m == Moment.Accused || m == Moment.BeforeResponseEnds) return _tooEarly(RESPONSE);
        }
        if (act == Act.Appeal) {
            address loser =
                m < Moment.BeforeAppealEnds ? address(0) : m == Moment.RejectedBeforeAppealEnds ? accuser : operator;
            if (caller != loser) return _error(IFaultCourt.NotAuthorised.selector, caller);
            if (m == Moment.AppealEnds) return _tooLate(RESPONSE + APPEAL);
            if (m > Moment.RejectedBeforeAppealEnds) return _wrongStage(m);
        }
        if (act == Act.Decide) {
            if (caller != address(c.gpuckTimelock)) return _error(IFaultCourt.NotAuthorised.selector, caller);
            if (m == Moment.DecisionEnds) return _tooLate(RESPONSE + DECISION);
            if (m != Moment.BeforeDecisionEnds) return _wrongStage(m);
        }
        if (act == Act.Finish) {
            if (m == Moment.None || m == Moment.Closed) return _wrongStage(m);
            if (m < Moment.RulingEnds) return _tooEarly(RESPONSE + RULING);
            if (m == Moment.BeforeAppealEnds || m == Moment.RejectedBeforeAppealEnds) {
                return _tooEarly(RESPONSE + APPEAL);
            }
            if (m == Moment.BeforeDecisionEnds) return _tooEarly(RESPONSE + DECISION);
        }
    }

    function _stageAt(Moment m) private pure returns (AccusationStage) {
        if (m == Moment.None) return AccusationStage.None;
        if (m <= Moment.RulingEnds) return AccusationStage.Open;
        if (m <= Moment.RejectedBeforeAppealEnds) return AccusationStage.Ruled;
        if (m <= Moment.DecisionEnds) return AccusationStage.Appealed;
        return m == Moment.Decided ? AccusationStage.Decided : AccusationStage.Closed;
    }

    function _error(bytes4 selector, address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, caller);
    }

    function _wrongStage(Moment m) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFaultCourt.WrongStage.selector, ID, _stageAt(m));
    }

    function _tooEarly(uint256 after_) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFaultCourt.TooEarly.selector, ID, T + after_);
    }

    function _tooLate(uint256 after_) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFaultCourt.TooLate.selector, ID, T + after_);
    }
}
