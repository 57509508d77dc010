// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractList} from "../../script/Contracts.sol";
import {vm} from "../../script/Vm.sol";
import {IGuardian} from "../../src/governance/IGuardian.sol";
import {IGreenRewards} from "../../src/rewards/IGreenRewards.sol";
import {VotingFixture} from "./VotingFixture.sol";

/// @title The guardian stops things, and that is all
contract GuardianTest is VotingFixture {
    function test_disableRoot_keepsItFromActivating() public {
        vm.warp(START + 2 days);
        vm.prank(holder);
        _gpuck(address(c.greenRewards), 10 ether);
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(_recomputers()[i]);
            c.greenRewards.attestRoot(0, "root", "inputs", 10 ether);
        }
        vm.assertGt(c.greenRewards.root(0).activatesAt, block.timestamp, "proposed");
        vm.prank(council);
        c.guardian.disableRoot(0);
        vm.warp(block.timestamp + 30 days);
        vm.expectPartialRevert(IGreenRewards.RootNotActive.selector);
        c.greenRewards.claim(0, staker, 1 ether, new bytes32[](0));
    }

    function test_council_isAppointedByTheTimelock() public {
        Proposal memory p = _propose(holder, address(c.guardian), abi.encodeCall(IGuardian.setCouncil, (verifier)));
        _enactable(p);
        vm.expectEmit(address(c.guardian));
        emit IGuardian.CouncilChanged(council, verifier);
        _execute(p);
        vm.assertEq(c.guardian.council(), verifier, "in office");
        vm.expectRevert(abi.encodeWithSelector(IGuardian.NotAuthorised.selector, council));
        vm.prank(council);
        c.guardian.pauseEntry(address(c.stakeVault));
        vm.prank(verifier);
        c.guardian.pauseEntry(address(c.stakeVault));
    }

    function testFuzz_verbs_areTheCouncilsAlone(address caller) public {
        vm.assume(caller != council);
        vm.startPrank(caller);
        bytes memory denied = abi.encodeWithSelector(IGuardian.NotAuthorised.selector, caller);
        vm.expectRevert(denied);
        c.guardian.pauseEntry(address(c.stakeVault));
        vm.expectRevert(denied);
        c.guardian.openEntry(address(c.stakeVault));
        vm.expectRevert(denied);
        c.guardian.cancel(new address[](0), new uint256[](0), new bytes[](0), 0);
        vm.expectRevert(denied);
        c.guardian.disableRoot(0);
        vm.stopPrank();
    }

    function testFuzz_setCouncil_isTheTimelocksAlone(address caller) public {
        vm.assume(caller != address(c.gpuckTimelock));
        vm.expectRevert(abi.encodeWithSelector(IGuardian.NotAuthorised.selector, caller));
        vm.prank(caller);
        c.guardian.setCouncil(caller);
    }

    /// @dev I58. Every function of every contract, called by the guardian, then by a stranger: the guardian gets
    /// further with pausing, opening, cancelling and disabling, and with nothing else.
    function test_everyFunction_treatsTheGuardianAsAStranger() public {
        bytes4[4] memory allowed = [
            bytes4(keccak256("pauseEntry()")),
            bytes4(keccak256("openEntry()")),
            c.gpuckGovernor.cancel.selector,
            IGreenRewards.disable.selector
        ];
        uint256 differing = _compare(address(c.guardian), allowed);
        vm.assertGe(differing, 3, "pausing, opening and disabling, at the least");
    }

    /// @dev I58. Likewise the council, whose verbs are those of the guardian contract.
    function test_everyFunction_treatsTheCouncilAsAStranger() public {
        bytes4[4] memory allowed = [
            IGuardian.pauseEntry.selector,
            IGuardian.openEntry.selector,
            IGuardian.cancel.selector,
            IGuardian.disableRoot.selector
        ];
        vm.assertEq(_compare(council, allowed), 4, "its four verbs");
    }

    /// @dev Arguments are zeros: lists are empty, ids unknown. Authorisation is checked before them everywhere, so a
    /// role shows in the error.
    function _compare(address caller, bytes4[4] memory allowed) private returns (uint256 differing) {
        string[] memory names = ContractList.names();
        address[] memory addresses = c.addresses();
        for (uint256 i = 0; i < names.length; ++i) {
            string memory artifact = vm.readFile(string.concat("./out/", names[i], ".sol/", names[i], ".json"));
            string[] memory functions = vm.parseJsonKeys(artifact, ".methodIdentifiers");
            vm.assertGt(functions.length, 0, names[i]);
            for (uint256 j = 0; j < functions.length; ++j) {
                bytes4 selector = bytes4(keccak256(bytes(functions[j])));
                if (_outcome(caller, addresses[i], selector) == _outcome(stranger, addresses[i], selector)) continue;
                ++differing;
                bool expected = false;
                for (uint256 k = 0; k < allowed.length; ++k) {
                    expected = expected || allowed[k] == selector;
                }
                vm.assertTrue(expected, string.concat(names[i], ".", functions[j]));
            }
        }
    }

    /// @dev Success, or the error's name; not the rest of the data, which may hold the caller's address.
    function _outcome(address caller, address target, bytes4 selector) private returns (bytes32) {
        uint256 before = vm.snapshotState();
        vm.prank(caller);
        (bool success, bytes memory data) = target.call(abi.encodePacked(selector, new bytes(640)));
        vm.revertToState(before);
        return success ? bytes32(uint256(1)) : bytes32(data.length < 4 ? bytes4(0) : bytes4(data));
    }
}
