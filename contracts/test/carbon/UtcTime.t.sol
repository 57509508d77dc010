// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {UtcTime} from "../../src/carbon/UtcTime.sol";
import {vm} from "../../script/Vm.sol";

contract UtcTimeTest {
    /// @dev Tells forge that this is a test contract.
    // forge-lint: disable-next-line(mixed-case-variable)
    bool public IS_TEST = true;

    /// @dev The expected dates are those of JavaScript's `Date`.
    function test_date_isThatOfTheGregorianCalendar() public pure {
        vm.assertEq(UtcTime.date(0), "1970-01-01", "start");
        vm.assertEq(UtcTime.date(86_399), "1970-01-01", "last second of the day");
        vm.assertEq(UtcTime.date(86_400), "1970-01-02", "first second of the next");
        vm.assertEq(UtcTime.date(5_097_599), "1970-02-28", "no leap day");
        vm.assertEq(UtcTime.date(5_097_600), "1970-03-01", "after it");
        vm.assertEq(UtcTime.date(68_169_600), "1972-02-29", "leap year");
        vm.assertEq(UtcTime.date(951_782_400), "2000-02-29", "leap century");
        vm.assertEq(UtcTime.date(951_868_800), "2000-03-01", "after it");
        vm.assertEq(UtcTime.date(1_709_164_800), "2024-02-29", "leap year");
        vm.assertEq(UtcTime.date(1_735_603_200), "2024-12-31", "day 366");
        vm.assertEq(UtcTime.date(1_735_689_600), "2025-01-01", "new year");
        vm.assertEq(UtcTime.date(4_107_456_000), "2100-02-28", "century");
        vm.assertEq(UtcTime.date(4_107_542_400), "2100-03-01", "without a leap day");
        vm.assertEq(UtcTime.date(13_574_563_200), "2400-02-29", "next leap century");
        vm.assertEq(UtcTime.date(type(uint40).max), "36812-02-20", "last of 40 bits");
    }

    /// @dev 1 January 2023 was a Sunday of a common year: the months of a year in a row.
    function test_date_countsEveryDayOfAYear() public pure {
        uint8[12] memory lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        uint256 time = 1_672_531_200;
        for (uint256 month = 1; month <= 12; ++month) {
            for (uint256 day = 1; day <= lengths[month - 1]; ++day) {
                bytes memory expected = abi.encodePacked("2023-", _digits(month), "-", _digits(day));
                vm.assertEq(UtcTime.date(time), string(expected), "day");
                time += 1 days;
            }
        }
    }

    function test_hour_isTheHoursStart() public pure {
        vm.assertEq(UtcTime.hour(0), "1970-01-01 00:00", "first");
        vm.assertEq(UtcTime.hour(9), "1970-01-01 09:00", "one digit");
        vm.assertEq(UtcTime.hour(10), "1970-01-01 10:00", "two digits");
        vm.assertEq(UtcTime.hour(498_719), "2026-11-22 23:00", "last of the day");
        vm.assertEq(UtcTime.hour(498_720), "2026-11-23 00:00", "first of the next");
        vm.assertEq(UtcTime.hour(uint256(type(uint32).max) + 1), "491937-07-18 16:00", "beyond 32 bits");
    }

    function _digits(uint256 value) private pure returns (bytes2) {
        return bytes2(uint16(((48 + value / 10) << 8) | (48 + value % 10)));
    }
}
