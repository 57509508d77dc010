// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Parties of whom `threshold` must agree.
/// @param term counts appointments, from 1. Members keep their seats for what began in their term.
/// @param bits one bit per member and term; 0 for everybody else.
struct Quorum {
    uint32 term;
    uint8 threshold;
    uint8 size;
    mapping(uint32 term => mapping(address member => uint16)) bits;
}

/// @notice Who has agreed so far.
struct Agreement {
    uint16 members;
    uint8 count;
}

/// @title Appointing parties and counting their agreement
/// @notice Two at least must agree, so no single key decides.
library Quorums {
    uint256 internal constant THRESHOLD_MIN = 2;
    uint256 internal constant SIZE_MAX = 15;

    error QuorumOutOfBounds(uint256 threshold, uint256 size);
    error InvalidMember(address member);

    /// @notice Seats `members` in place of whoever sat before.
    function appoint(Quorum storage quorum, address[] memory members, uint8 threshold) internal returns (uint32 term) {
        uint256 size = members.length;
        if (threshold < THRESHOLD_MIN || threshold > size || size > SIZE_MAX) {
            revert QuorumOutOfBounds(threshold, size);
        }
        term = ++quorum.term;
        quorum.threshold = threshold;
        // At most 15.
        // forge-lint: disable-next-line(unsafe-typecast)
        quorum.size = uint8(size);
        for (uint256 i = 0; i < size; ++i) {
            address member = members[i];
            if (member == address(0) || quorum.bits[term][member] != 0) revert InvalidMember(member);
            // i is below 15.
            // forge-lint: disable-next-line(unsafe-typecast)
            quorum.bits[term][member] = uint16(1 << i);
        }
    }

    /// @return bit the member's bit in the term under way, 0 when they have no seat.
    function bitOf(Quorum storage quorum, address member) internal view returns (uint16 bit) {
        return quorum.bits[quorum.term][member];
    }

    /// @notice Counts the member of `bit` in.
    /// @return added false when they had agreed already.
    function add(Agreement memory agreement, uint16 bit) internal pure returns (bool added) {
        if (agreement.members & bit != 0) return false;
        agreement.members |= bit;
        ++agreement.count;
        return true;
    }
}
