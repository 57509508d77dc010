// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DotProduct} from "../../src/verify/DotProduct.sol";
import {vm} from "../../script/Vm.sol";
import {Base} from "../Base.t.sol";
import {Cells} from "../Cells.sol";

contract DotProductTest is Base {
    /// @dev Nothing to deploy.
    function setUp() public override {}

    function testFuzz_s8_equalsTheSumTermByTerm(uint256 length, uint256 seed) public view {
        length = bound(length, 0, 300);
        bytes memory a = Cells.randomBytes(length, seed);
        bytes memory b = Cells.randomBytes(length, ~seed);
        vm.assertEq(this.s8(a, b), int256(Cells.dot(a, b)), "random bytes");
    }

    /// @dev Both vectors of one value each: the largest lanes, for every length around a word.
    function testFuzz_s8_extremes(uint256 length, bool aLow, bool bLow) public view {
        length = bound(length, 0, 130);
        bytes memory a = _filled(length, aLow ? int8(-128) : int8(127));
        bytes memory b = _filled(length, bLow ? int8(-128) : int8(127));
        vm.assertEq(this.s8(a, b), int256(Cells.dot(a, b)), "extremes");
    }

    function s8(bytes calldata a, bytes calldata b) external pure returns (int256) {
        return DotProduct.s8(a, b);
    }

    function _filled(uint256 length, int8 value) private pure returns (bytes memory data) {
        data = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            data[i] = bytes1(uint8(value));
        }
    }
}
