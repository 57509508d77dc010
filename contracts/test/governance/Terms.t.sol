// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {Amounts, Durations, ITerms, Shares} from "../../src/governance/ITerms.sol";
import {Terms} from "../../src/governance/Terms.sol";
import {Base} from "../Base.t.sol";

/// @title Every term on both sides of both its bounds
contract TermsTest is Base {
    uint256 internal constant LONGEST_UNBONDING = 90 days;

    function test_defaults() public view {
        vm.assertEq(c.terms.challengeSeconds(), 2 days, "challenge");
        vm.assertEq(c.terms.roundSeconds(), 6 hours, "round");
        vm.assertEq(c.terms.unbondingSeconds(), 14 days, "unbonding");
        vm.assertEq(c.terms.jailSeconds(), 1 days, "jail");
        vm.assertEq(c.terms.evidenceAgeSeconds(), 5 days, "evidenceAge");
        vm.assertEq(c.terms.responseSeconds(), 2 days, "response");
        vm.assertEq(c.terms.rulingSeconds(), 2 days, "ruling");
        vm.assertEq(c.terms.appealSeconds(), 2 days, "appeal");
        vm.assertEq(c.terms.appealVoteSeconds(), 10 days, "appealVote");
        vm.assertEq(c.terms.rootDelaySeconds(), 1 days, "rootDelay");
        vm.assertEq(c.terms.minimumStakeWei(), 10_000 ether, "minimumStake");
        vm.assertEq(c.terms.challengerBondWei(), 1_000 ether, "challengerBond");
        vm.assertEq(c.terms.rootCapWei(), 200_000 ether, "rootCap");
        Shares memory s = c.terms.shares();
        vm.assertEq(
            keccak256(abi.encode(s)), keccak256(abi.encode(4_000, 1_000, 1_000, 1_000, 2_000, 500, 100, 30)), ""
        );
    }

    function test_setters_replaceTheGroupAndSaySo() public {
        Parameters memory p = _parameters();
        p.durations.jail = 3 days;
        p.shares.swapBps = 31;
        p.amounts.rootCap = 7 ether;
        vm.startPrank(address(c.gpuckTimelock));
        vm.expectEmit(address(c.terms));
        emit ITerms.DurationsChanged(p.durations);
        c.terms.setDurations(p.durations);
        vm.expectEmit(address(c.terms));
        emit ITerms.SharesChanged(p.shares);
        c.terms.setShares(p.shares);
        vm.expectEmit(address(c.terms));
        emit ITerms.AmountsChanged(p.amounts);
        c.terms.setAmounts(p.amounts);
        vm.stopPrank();
        vm.assertEq(keccak256(abi.encode(c.terms.durations())), keccak256(abi.encode(p.durations)), "durations");
        vm.assertEq(keccak256(abi.encode(c.terms.shares())), keccak256(abi.encode(p.shares)), "shares");
        vm.assertEq(keccak256(abi.encode(c.terms.amounts())), keccak256(abi.encode(p.amounts)), "amounts");
        vm.assertEq(c.terms.jailSeconds(), 3 days, "jail");
        vm.assertEq(c.terms.rootCapWei(), 7 ether, "rootCap");
    }

    function testFuzz_setters_revertForAnyoneButTheTimelock(address caller) public {
        vm.assume(caller != address(c.gpuckTimelock));
        Parameters memory p = _parameters();
        bytes memory denied = abi.encodeWithSelector(ITerms.NotAuthorised.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(denied);
        c.terms.setDurations(p.durations);
        vm.expectRevert(denied);
        c.terms.setShares(p.shares);
        vm.expectRevert(denied);
        c.terms.setAmounts(p.amounts);
        vm.stopPrank();
    }

    /// @dev The order is that of the fields; unbonding, the third, has a test of its own.
    function test_durations_boundsOnBothSides() public {
        string[10] memory names = [
            "challenge", "round", "", "jail", "evidenceAge", "response", "ruling", "appeal", "appealVote", "rootDelay"
        ];
        uint32[10] memory minimum =
            [uint32(6 hours), 1 hours, 0, 1 hours, 1 days, 12 hours, 12 hours, 12 hours, 7 days, 6 hours];
        uint32[10] memory maximum =
            [uint32(14 days), 2 days, 0, 365 days, 30 days, 7 days, 7 days, 7 days, 30 days, 14 days];
        vm.chainId(1);
        for (uint256 i = 0; i < 10; ++i) {
            if (i == 2) continue;
            _checkDuration(i, names[i], minimum[i], maximum[i]);
        }
        vm.chainId(31_337);
        for (uint256 i = 0; i < 10; ++i) {
            if (i == 2) continue;
            _checkDuration(i, names[i], 1, maximum[i]);
        }
    }

    /// @dev The cross rule, first with the attested faults as the longer, then with the proven ones.
    function test_unbonding_outlastsEveryWayToSlash() public {
        Durations memory d = _longUnbonding();
        (d.evidenceAge, d.response, d.ruling, d.appeal) = (10 days, 3 days, 2 days, 1 days);
        (d.challenge, d.round) = (2 days, 6 hours);
        _checkUnbonding(d, 16 days + 1);
        (d.evidenceAge, d.response, d.ruling, d.appeal) = (1 days, 1 days, 1 days, 1 days);
        (d.challenge, d.round) = (3 days, 2 days);
        _checkUnbonding(d, 25 days + 1);
    }

    function test_shares_boundsOnBothSides() public {
        Shares memory s = _parameters().shares;
        s.slashBps = 100;
        _set(s);
        s.slashBps = 5_000;
        _set(s);
        s.slashBps = 99;
        _expectOutOfBounds(s, "slashBps", 99, 100, 5_000);
        s.slashBps = 5_001;
        _expectOutOfBounds(s, "slashBps", 5_001, 100, 5_000);
        s = _parameters().shares;
        (s.finderBps, s.attestedSlashBps) = (0, 10);
        _set(s);
        (s.finderBps, s.attestedSlashBps) = (5_000, 2_000);
        _set(s);
        s.finderBps = 5_001;
        _expectOutOfBounds(s, "finderBps", 5_001, 0, 5_000);
        (s.finderBps, s.attestedSlashBps) = (0, 9);
        _expectOutOfBounds(s, "attestedSlashBps", 9, 10, 2_000);
        s.attestedSlashBps = 2_001;
        _expectOutOfBounds(s, "attestedSlashBps", 2_001, 10, 2_000);
        s = _parameters().shares;
        (s.redeemBps, s.swapBps) = (0, 0);
        _set(s);
        (s.redeemBps, s.swapBps) = (1_000, 300);
        _set(s);
        s.redeemBps = 1_001;
        _expectOutOfBounds(s, "redeemBps", 1_001, 0, 1_000);
        (s.redeemBps, s.swapBps) = (0, 301);
        _expectOutOfBounds(s, "swapBps", 301, 0, 300);
    }

    function test_shares_aTenthOfEveryFeeBurns() public {
        Shares memory s = _parameters().shares;
        (s.operatorBps, s.stakersBps, s.treasuryBps) = (7_000, 0, 2_000);
        _set(s);
        (s.operatorBps, s.stakersBps, s.treasuryBps) = (0, 0, 0);
        _set(s);
        s.treasuryBps = 2_001;
        _expectOutOfBounds(s, "treasuryBps", 2_001, 0, 2_000);
        (s.operatorBps, s.stakersBps, s.treasuryBps) = (7_000, 1, 2_000);
        _expectOutOfBounds(s, "burnBps", 999, 1_000, 10_000);
        (s.operatorBps, s.stakersBps, s.treasuryBps) = (0, 9_000, 1);
        _expectOutOfBounds(s, "burnBps", 999, 1_000, 10_000);
        (s.operatorBps, s.stakersBps, s.treasuryBps) = (type(uint16).max, type(uint16).max, 2_000);
        _expectOutOfBounds(s, "burnBps", 0, 1_000, 10_000);
    }

    function test_amounts_boundsOnBothSides() public {
        _set(Amounts(1 ether, 1 ether, 1 ether));
        _set(Amounts(1_000_000 ether, 100_000 ether, 10_000_000 ether));
        _expectOutOfBounds(Amounts(1 ether - 1, 1 ether, 1 ether), "minimumStake", 1 ether - 1, 1_000_000 ether);
        _expectOutOfBounds(
            Amounts(1_000_000 ether + 1, 1 ether, 1 ether), "minimumStake", 1_000_000 ether + 1, 1_000_000 ether
        );
        _expectOutOfBounds(Amounts(1 ether, 1 ether - 1, 1 ether), "challengerBond", 1 ether - 1, 100_000 ether);
        _expectOutOfBounds(
            Amounts(1 ether, 100_000 ether + 1, 1 ether), "challengerBond", 100_000 ether + 1, 100_000 ether
        );
        _expectOutOfBounds(Amounts(1 ether, 1 ether, 1 ether - 1), "rootCap", 1 ether - 1, 10_000_000 ether);
        _expectOutOfBounds(
            Amounts(1 ether, 1 ether, 10_000_000 ether + 1), "rootCap", 10_000_000 ether + 1, 10_000_000 ether
        );
    }

    function test_constructor_keepsTheBounds() public {
        Parameters memory p = _parameters();
        p.durations.jail = 0;
        _expectRefused(p, "jail", 0, 1, 365 days);
        p = _parameters();
        p.shares.swapBps = 301;
        _expectRefused(p, "swapBps", 301, 0, 300);
        p = _parameters();
        p.amounts.rootCap = 0;
        _expectRefused(p, "rootCap", 0, 1 ether, 10_000_000 ether);
    }

    function _expectRefused(Parameters memory p, string memory name, uint256 value, uint256 low, uint256 high) private {
        vm.expectRevert(abi.encodeWithSelector(ITerms.TermOutOfBounds.selector, name, value, low, high));
        new Terms(address(this), p.durations, p.shares, p.amounts);
    }

    /// @dev A struct of ten `uint32` is, in memory, ten words: `index` picks the field.
    function _checkDuration(uint256 index, string memory name, uint32 minimum, uint32 maximum) private {
        uint32[4] memory values = [minimum, maximum, minimum - 1, maximum + 1];
        for (uint256 i = 0; i < values.length; ++i) {
            Durations memory d = _longUnbonding();
            uint32 value = values[i];
            assembly ("memory-safe") {
                mstore(add(d, mul(32, index)), value)
            }
            if (i > 1) {
                vm.expectRevert(abi.encodeWithSelector(ITerms.TermOutOfBounds.selector, name, value, minimum, maximum));
            }
            vm.prank(address(c.gpuckTimelock));
            c.terms.setDurations(d);
        }
    }

    function _checkUnbonding(Durations memory d, uint256 minimum) private {
        d.unbonding = uint32(minimum);
        vm.prank(address(c.gpuckTimelock));
        c.terms.setDurations(d);
        d.unbonding = uint32(LONGEST_UNBONDING);
        vm.prank(address(c.gpuckTimelock));
        c.terms.setDurations(d);
        uint32[2] memory outside = [uint32(minimum - 1), uint32(LONGEST_UNBONDING + 1)];
        for (uint256 i = 0; i < outside.length; ++i) {
            d.unbonding = outside[i];
            vm.expectRevert(
                abi.encodeWithSelector(
                    ITerms.TermOutOfBounds.selector, "unbonding", outside[i], minimum, LONGEST_UNBONDING
                )
            );
            vm.prank(address(c.gpuckTimelock));
            c.terms.setDurations(d);
        }
    }

    function _longUnbonding() private view returns (Durations memory d) {
        d = _parameters().durations;
        d.unbonding = uint32(LONGEST_UNBONDING);
    }

    function _set(Shares memory s) private {
        vm.prank(address(c.gpuckTimelock));
        c.terms.setShares(s);
    }

    function _set(Amounts memory a) private {
        vm.prank(address(c.gpuckTimelock));
        c.terms.setAmounts(a);
    }

    function _expectOutOfBounds(Shares memory s, string memory name, uint256 value, uint256 low, uint256 high) private {
        vm.expectRevert(abi.encodeWithSelector(ITerms.TermOutOfBounds.selector, name, value, low, high));
        _set(s);
    }

    function _expectOutOfBounds(Amounts memory a, string memory name, uint256 value, uint256 high) private {
        vm.expectRevert(abi.encodeWithSelector(ITerms.TermOutOfBounds.selector, name, value, 1 ether, high));
        _set(a);
    }
}
