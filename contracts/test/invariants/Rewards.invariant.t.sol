// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {RewardFixture} from "../rewards/RewardFixture.sol";
import {RewardsHandler} from "./RewardsHandler.sol";

/// @title What stays true of rewards whoever proposes, disputes, disables and claims
abstract contract RewardsInvariants is RewardFixture {
    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    RewardsHandler internal handler;

    function setUp() public override {
        super.setUp();
        handler = new RewardsHandler(c, _recomputers(), holder, council, _lying());
    }

    function _lying() internal pure virtual returns (bool);

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev I30. What is left of the largest total that pays is there, with every bond on top.
    function invariant_whatIsAnnouncedIsFunded() public view {
        uint256 funded = c.gpuck.balanceOf(address(c.greenRewards)) - c.greenRewards.bondedWei();
        vm.assertGe(funded + c.greenRewards.totalClaimed(), handler.announced(), "funded");
    }

    /// @dev I39.
    function invariant_claimsStayWithinWhatWasAnnounced() public view {
        vm.assertLe(c.greenRewards.totalClaimed(), handler.announced(), "announced");
        vm.assertEq(c.greenRewards.totalClaimed(), handler.paid(), "paid out");
    }

    /// @dev I40. `broken` also tells of a claim that lowered `claimed`, or paid twice.
    function invariant_claimedIsWhatEachAccountGot() public view {
        for (uint256 i = 0; i < 4; ++i) {
            vm.assertEq(c.greenRewards.claimed(handler.accountAt(i)), handler.received(i), "claimed");
        }
    }

    /// @dev I41, I42, I43: no other leaf, no root that is pending, disputed or disabled, no other recipient is paid.
    function invariant_nothingElsePays() public view {
        vm.assertEq(handler.broken(), "", "a call that must fail passed");
    }
}

contract RewardsInvariantTest is RewardsInvariants {
    function _lying() internal pure override returns (bool) {
        return false;
    }

    /// @dev I30, I33. After every sequence all claim, in whatever order the roots stand, and all get what they earned.
    function afterInvariant() public {
        handler.everybodyClaims();
        for (uint256 i = 0; i < 4; ++i) {
            vm.assertEq(handler.received(i), handler.granted(i), "everything earned");
        }
        vm.assertEq(handler.broken(), "", "every due claim passed");
    }
}

/// @dev The same with trees whose leaves promise more than their total.
contract LyingRewardsInvariantTest is RewardsInvariants {
    function _lying() internal pure override returns (bool) {
        return true;
    }

    function afterInvariant() public {
        handler.everybodyClaims();
        vm.assertLe(c.greenRewards.totalClaimed(), handler.announced(), "announced");
        vm.assertEq(handler.broken(), "", "only what is due");
    }
}
