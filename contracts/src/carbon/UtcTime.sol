// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title Dates for people
library UtcTime {
    using Strings for uint256;

    /// @return YYYY-MM-DD in the Gregorian calendar.
    function date(uint256 unixSeconds) internal pure returns (string memory) {
        // Years that start on 1 March put the leap day last; 719,468 days lie between 1 March of year 0 and 1970.
        uint256 day = unixSeconds / 1 days + 719_468;
        uint256 era = day / 146_097;
        day %= 146_097;
        uint256 year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        day -= 365 * year + year / 4 - year / 100;
        uint256 month = (5 * day + 2) / 153;
        day -= (153 * month + 2) / 5;
        year += era * 400;
        if (month < 10) month += 3;
        else (month, year) = (month - 9, year + 1);
        return string.concat(year.toString(), "-", _two(month), "-", _two(day + 1));
    }

    /// @param hourIndex Unix time / 3600.
    /// @return YYYY-MM-DD HH:00
    function hour(uint256 hourIndex) internal pure returns (string memory) {
        return string.concat(date(hourIndex * 1 hours), " ", _two(hourIndex % 24), ":00");
    }

    function _two(uint256 value) private pure returns (string memory) {
        return string.concat(value < 10 ? "0" : "", value.toString());
    }
}
