// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Deployment.sol";
import {vm} from "../../script/Vm.sol";
import {Accusation, AccusationStage, AttestedFault, Verdict} from "../../src/verify/IFaultCourt.sol";

/// @title Random but legal moves of accusers, operators, a panel, governance and stakers
/// @dev Keeps a model of who owes what to whom. What must fail is tried, too, and `broken` tells when it did not.
contract FaultCourtHandler {
    string public broken;
    /// @notice Bonds that the model holds, of accusers and of appellants.
    uint256 public held;
    /// @notice Wei the model slashed, and wei it burned of bonds.
    uint256 public slashed;
    uint256 public burnedBonds;
    mapping(uint48 nodeId => uint256) public openOn;
    mapping(uint48 nodeId => mapping(AttestedFault kind => mapping(uint32 hour => uint256))) public punished;

    Contracts private c;
    address[] private operators;
    address[] private accusers;
    address[] private panel;
    address private staker;
    uint256[] private open;
    uint256[] private requests;
    mapping(uint256 accusationId => bool) private appealed;

    constructor(
        Contracts memory contracts,
        address[] memory operators_,
        address[] memory accusers_,
        address[] memory panel_,
        address staker_
    ) {
        c = contracts;
        (operators, accusers, panel, staker) = (operators_, accusers_, panel_, staker_);
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](12);
        list[0] = this.accuse.selector;
        list[1] = this.accuse.selector;
        list[2] = this.respond.selector;
        list[3] = this.vote.selector;
        list[4] = this.vote.selector;
        list[5] = this.vote.selector;
        list[6] = this.appeal.selector;
        list[7] = this.decide.selector;
        list[8] = this.finish.selector;
        list[9] = this.finish.selector;
        list[10] = this.moveStake.selector;
        list[11] = this.pass.selector;
    }

    function accusationsOpen() external view returns (uint256) {
        return open.length;
    }

    /// @dev Faults lie in few hours, so that the same one is accused again and again.
    function accuse(uint256 seed) external {
        uint48 nodeId = uint48(1 + seed % operators.length);
        AttestedFault kind = AttestedFault((seed >> 8) % 3);
        uint256 earliest = c.faultCourt.earliestFault();
        uint256 faultAt = block.timestamp - (seed >> 16) % 3 hours;
        if (faultAt < earliest) return;
        if (c.faultCourt.upheldBy(nodeId, kind, uint32(faultAt / 1 hours)) != 0) return;
        address account = accusers[(seed >> 32) % accusers.length];
        uint256 behind = c.stakeVault.stakeBehind(nodeId);
        vm.prank(account);
        uint256 id = c.faultCourt.accuse(nodeId, kind, uint40(faultAt), 0, "");
        open.push(id);
        ++openOn[nodeId];
        held += c.faultCourt.accusation(id).bondWei;
        if (c.stakeVault.stakeBehind(nodeId) != behind) broken = "an accusation moved stake";
    }

    function respond(uint256 which) external {
        if (open.length == 0) return;
        uint256 id = open[which % open.length];
        Accusation memory entry = c.faultCourt.accusation(id);
        bool late = entry.stage != AccusationStage.Open || block.timestamp >= entry.responseEndsAt;
        if (late || entry.responded) return;
        vm.prank(operators[entry.nodeId - 1]);
        c.faultCourt.respond(id, 0, "");
    }

    function vote(uint256 which, uint256 member, uint256 how) external {
        if (open.length == 0) return;
        uint256 id = open[which % open.length];
        Accusation memory entry = c.faultCourt.accusation(id);
        member %= panel.length;
        if (entry.stage != AccusationStage.Open || block.timestamp >= entry.stageEndsAt) return;
        if (!entry.responded && block.timestamp < entry.responseEndsAt) vm.warp(entry.responseEndsAt);
        if (entry.voters & (1 << member) != 0) return;
        vm.prank(panel[member]);
        // Two in three uphold, so that punishments happen.
        c.faultCourt.vote(id, how % 3 != 0);
    }

    function appeal(uint256 which) external {
        if (open.length == 0) return;
        uint256 id = open[which % open.length];
        Accusation memory entry = c.faultCourt.accusation(id);
        if (entry.ruling == Verdict.None) return;
        address loser = entry.ruling == Verdict.Upheld ? operators[entry.nodeId - 1] : entry.accuser;
        if (entry.stage != AccusationStage.Ruled || block.timestamp >= entry.stageEndsAt) {
            vm.prank(loser);
            try c.faultCourt.appeal(id) {
                broken = "a second or late appeal passed";
            } catch {}
            return;
        }
        if (appealed[id]) broken = "appealed twice";
        appealed[id] = true;
        held += entry.bondWei;
        vm.prank(loser);
        c.faultCourt.appeal(id);
    }

    function decide(uint256 which, bool upheld) external {
        if (open.length == 0) return;
        uint256 id = open[which % open.length];
        Accusation memory entry = c.faultCourt.accusation(id);
        if (entry.stage != AccusationStage.Appealed || block.timestamp >= entry.stageEndsAt) return;
        vm.prank(address(c.gpuckTimelock));
        c.faultCourt.decide(id, upheld);
    }

    function finish(uint256 which) external {
        if (open.length == 0) return;
        _finish(which % open.length);
    }

    /// @dev Stakes, unbonds or withdraws; a withdrawal from a frozen node must fail.
    function moveStake(uint256 seed, uint256 amount) external {
        uint48 nodeId = uint48(1 + seed % operators.length);
        if (seed % 3 == 0 && c.nodeRegistry.acceptsStake(nodeId) && !c.stakeVault.isFrozen(nodeId)) {
            vm.prank(staker);
            c.stakeVault.stake(nodeId, 1 ether + amount % 1_000 ether, 0);
        } else if (seed % 3 == 1) {
            uint256 shares = c.stakeVault.sharesOf(nodeId, staker);
            if (shares == 0) return;
            vm.prank(staker);
            requests.push(c.stakeVault.requestUnbond(nodeId, 1 + amount % shares));
        } else if (requests.length > 0) {
            _withdraw(requests[amount % requests.length]);
        }
    }

    function pass(uint256 seconds_) external {
        vm.warp(block.timestamp + seconds_ % 3 days);
    }

    /// @notice Every case runs out and is carried out.
    function everyCaseEnds() external {
        vm.warp(block.timestamp + 30 days);
        while (open.length > 0) {
            _finish(0);
        }
    }

    function _finish(uint256 index) private {
        uint256 id = open[index];
        Accusation memory entry = c.faultCourt.accusation(id);
        if (entry.stage != AccusationStage.Decided && block.timestamp < entry.stageEndsAt) vm.warp(entry.stageEndsAt);
        uint256[4] memory before = _accounts(entry);
        Verdict expected = _verdict(entry);
        c.faultCourt.finish(id);
        if (c.faultCourt.accusation(id).outcome != expected) broken = "another outcome";
        uint256[4] memory present = _accounts(entry);
        _checkMoney(entry, expected, before, present);
        if (expected == Verdict.Upheld) punished[entry.nodeId][entry.kind][uint32(entry.faultAt / 1 hours)] = id;
        --openOn[entry.nodeId];
        open[index] = open[open.length - 1];
        open.pop();
        try c.faultCourt.finish(id) {
            broken = "finished twice";
        } catch {}
    }

    /// @dev The whole sum of a case, worked out once more: bonds by outcome, then the slash.
    function _checkMoney(Accusation memory entry, Verdict verdict, uint256[4] memory before, uint256[4] memory present)
        private
    {
        bool rejected = verdict == Verdict.Rejected;
        uint256 toAccuser = rejected ? 0 : entry.bondWei;
        uint256 toOperator = rejected ? entry.bondWei / 2 : 0;
        uint256 burned = entry.bondWei - toAccuser - toOperator;
        held -= entry.bondWei;
        if (entry.stage == AccusationStage.Appealed || entry.stage == AccusationStage.Decided) {
            held -= entry.bondWei;
            bool reversed = entry.decision != Verdict.None && entry.decision != entry.ruling;
            bool operatorAppealed = entry.ruling == Verdict.Upheld;
            if (operatorAppealed == reversed) toOperator += entry.bondWei;
            else toAccuser += entry.bondWei;
        }
        burnedBonds += burned;
        uint256 lost = before[2] - present[2];
        if (verdict != Verdict.Upheld && lost != 0) broken = "stake lost without a fault";
        // A pool that is spent gives up its dust as well.
        if (verdict == Verdict.Upheld && lost > entry.slashWei + 1 ether) broken = "more than was at risk";
        uint256 reward = lost * c.terms.shares().finderBps / 10_000;
        slashed += lost;
        if (present[0] - before[0] != toAccuser + reward) broken = "accuser";
        if (present[1] - before[1] != toOperator) broken = "operator";
        if (present[3] - before[3] != burned + lost - reward) broken = "burned";
    }

    function _verdict(Accusation memory entry) private view returns (Verdict verdict) {
        if (entry.ruling == Verdict.None) return Verdict.Dismissed;
        verdict = entry.decision == Verdict.None ? entry.ruling : entry.decision;
        bool before = punished[entry.nodeId][entry.kind][uint32(entry.faultAt / 1 hours)] != 0;
        if (verdict == Verdict.Upheld && before) verdict = Verdict.Repeated;
    }

    function _accounts(Accusation memory entry) private view returns (uint256[4] memory list) {
        list[0] = c.gpuck.balanceOf(entry.accuser);
        list[1] = c.gpuck.balanceOf(operators[entry.nodeId - 1]);
        list[2] = c.stakeVault.stakeBehind(entry.nodeId);
        list[3] = c.gpuck.burned();
    }

    function _withdraw(uint256 requestId) private {
        if (c.stakeVault.request(requestId).owner == address(0) || block.timestamp < uint48(requestId)) return;
        bool frozen = openOn[uint48(requestId >> 48)] > 0;
        vm.prank(staker);
        try c.stakeVault.withdraw(requestId, staker) {
            if (frozen) broken = "frozen stake left";
        } catch {
            if (!frozen) broken = "free stake was held";
        }
    }
}
