// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {Accusation, AttestedFault, Verdict} from "../../src/verify/IFaultCourt.sol";
import {Base} from "../Base.t.sol";

/// @title A node with stake of its own, of others and on the way out, and people to accuse and judge it
abstract contract CourtFixture is Base {
    uint256 internal constant PURSE = 10_000_000 ether;
    uint256 internal constant BOND = 1_000 ether;
    /// @dev 40,000 active and 10,000 unbonding.
    uint256 internal constant BEHIND = 50_000 ether;
    /// @dev 5 % of it, of which a fifth goes to the finder.
    uint256 internal constant SLASH = 2_500 ether;
    uint256 internal constant REWARD = 500 ether;
    uint256 internal constant AGE = 5 days;
    uint256 internal constant RESPONSE = 2 days;
    uint256 internal constant RULING = 2 days;
    uint256 internal constant APPEAL = 2 days;
    uint256 internal constant DECISION = 10 days;

    address internal immutable accuser = verifier;

    uint48 internal nodeId;
    uint256 internal requestId;

    function setUp() public virtual override {
        super.setUp();
        nodeId = _activeNode(20_000 ether, 0);
        uint256 shares = _stake(staker, nodeId, 30_000 ether);
        vm.prank(staker);
        requestId = c.stakeVault.requestUnbond(nodeId, shares / 3);
        address[4] memory parties = [accuser, operator, requester, otherStaker];
        for (uint256 i = 0; i < parties.length; ++i) {
            vm.prank(parties[i]);
            c.gpuck.approve(address(c.faultCourt), type(uint256).max);
        }
        vm.warp(START + 10 days);
    }

    function _accuse() internal returns (uint256 id) {
        return _accuse(accuser, AttestedFault.EnergyMisreported, block.timestamp);
    }

    function _accuse(address account, AttestedFault kind, uint256 faultAt) internal returns (uint256 id) {
        vm.prank(account);
        return c.faultCourt.accuse(nodeId, kind, uint40(faultAt), keccak256("evidence"), "ipfs://evidence");
    }

    function _respond(uint256 id) internal {
        vm.prank(operator);
        c.faultCourt.respond(id, keccak256("response"), "it was not so");
    }

    function _vote(uint256 member, uint256 id, bool upheld) internal {
        address account = _panel()[member];
        vm.prank(account);
        c.faultCourt.vote(id, upheld);
    }

    /// @dev The operator stays silent, and two of three members agree as soon as they may.
    function _rule(uint256 id, bool upheld) internal {
        vm.warp(c.faultCourt.accusation(id).responseEndsAt);
        _vote(0, id, upheld);
        _vote(1, id, upheld);
    }

    function _appeal(address account, uint256 id) internal {
        vm.prank(account);
        c.faultCourt.appeal(id);
    }

    function _decide(uint256 id, bool upheld) internal {
        vm.prank(address(c.gpuckTimelock));
        c.faultCourt.decide(id, upheld);
    }

    function _toStageEnd(uint256 id) internal {
        vm.warp(c.faultCourt.accusation(id).stageEndsAt);
    }

    /// @dev Waits until nothing can change the verdict any more, and carries it out.
    function _finish(uint256 id) internal returns (Verdict) {
        if (c.faultCourt.accusation(id).decision == Verdict.None) _toStageEnd(id);
        c.faultCourt.finish(id);
        return c.faultCourt.accusation(id).outcome;
    }

    function _assertVerdict(uint256 id, Verdict expected, string memory what) internal view {
        vm.assertEq(uint256(c.faultCourt.accusation(id).outcome), uint256(expected), what);
    }
}
