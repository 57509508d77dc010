// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Text of strangers, made safe to show
/// @notice `clean` first, then the escape of the format it goes into. The texts are short: the loops are plain.
library PlainText {
    /// @dev Stands for bytes that are no character: a code point that never is one.
    uint256 private constant NO_CHARACTER = 0xfffe;

    /// @notice Well-formed UTF-8 without characters that have no place in XML, end a line or turn the direction of
    /// writing: tab and line ends become spaces, everything else U+FFFD.
    function clean(string memory text) internal pure returns (bytes memory out) {
        bytes memory input = bytes(text);
        out = new bytes(input.length * 3);
        uint256 length = 0;
        for (uint256 i = 0; i < input.length;) {
            (uint256 width, uint256 point) = _read(input, i);
            if (point == 0x09 || point == 0x0a || point == 0x0d) length = _copy(out, length, " ", 0, 1);
            else if (_isShown(point)) length = _copy(out, length, input, i, width);
            else length = _copy(out, length, unicode"\ufffd", 0, 3);
            i += width;
        }
        _shorten(out, length);
    }

    /// @param text cleaned text.
    function json(bytes memory text) internal pure returns (bytes memory out) {
        out = new bytes(text.length * 2);
        uint256 length = 0;
        for (uint256 i = 0; i < text.length; ++i) {
            if (text[i] == '"' || text[i] == "\\") length = _copy(out, length, "\\", 0, 1);
            length = _copy(out, length, text, i, 1);
        }
        _shorten(out, length);
    }

    /// @notice For the content of an element and for an attribute in quotes of either kind.
    /// @param text cleaned text.
    function xml(bytes memory text) internal pure returns (bytes memory out) {
        out = new bytes(text.length * 6);
        uint256 length = 0;
        for (uint256 i = 0; i < text.length; ++i) {
            bytes memory entity = _entity(text[i]);
            if (entity.length == 0) length = _copy(out, length, text, i, 1);
            else length = _copy(out, length, entity, 0, entity.length);
        }
        _shorten(out, length);
    }

    /// @notice Cuts cleaned text into lines of at most `width` bytes, between characters.
    function lines(bytes memory text, uint256 width) internal pure returns (bytes[] memory list) {
        // Characters have up to four bytes, so that a line may be three bytes short.
        list = new bytes[](text.length / (width - 3) + 1);
        uint256 count = 0;
        for (uint256 start = 0; start < text.length; ++count) {
            uint256 end = start + width;
            if (end >= text.length) end = text.length;
            else while (text[end] & 0xc0 == 0x80) --end;
            list[count] = new bytes(end - start);
            _copy(list[count], 0, text, start, end - start);
            start = end;
        }
        assembly ("memory-safe") {
            mstore(list, count)
        }
    }

    /// @dev The character at `at` and its width in bytes; the width is 1 where the bytes are not UTF-8.
    function _read(bytes memory text, uint256 at) private pure returns (uint256 width, uint256 point) {
        uint256 lead = uint8(text[at]);
        if (lead < 0x80) return (1, lead);
        uint256 least;
        if (lead >= 0xc2 && lead < 0xe0) (width, point, least) = (2, lead & 0x1f, 0x80);
        else if (lead >= 0xe0 && lead < 0xf0) (width, point, least) = (3, lead & 0x0f, 0x800);
        else if (lead >= 0xf0 && lead < 0xf5) (width, point, least) = (4, lead & 0x07, 0x10000);
        else return (1, NO_CHARACTER);
        if (at + width > text.length) return (1, NO_CHARACTER);
        for (uint256 i = 1; i < width; ++i) {
            uint256 next = uint8(text[at + i]);
            if (next & 0xc0 != 0x80) return (1, NO_CHARACTER);
            point = point << 6 | next & 0x3f;
        }
        bool surrogate = point >= 0xd800 && point < 0xe000;
        if (point < least || point > 0x10ffff || surrogate) return (1, NO_CHARACTER);
    }

    function _isShown(uint256 point) private pure returns (bool) {
        if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return false;
        // Line and paragraph ends; embeddings, overrides and isolates of the direction of writing.
        if ((point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)) return false;
        return point != 0xfffe && point != 0xffff;
    }

    /// @return empty for a character that stands for itself.
    function _entity(bytes1 character) private pure returns (bytes memory) {
        if (character == "&") return "&amp;";
        if (character == "<") return "&lt;";
        if (character == ">") return "&gt;";
        if (character == '"') return "&quot;";
        if (character == "'") return "&#39;";
        return "";
    }

    /// @return end where the copy ends in `out`.
    function _copy(bytes memory out, uint256 at, bytes memory source, uint256 from, uint256 length)
        private
        pure
        returns (uint256 end)
    {
        for (uint256 i = 0; i < length; ++i) {
            out[at + i] = source[from + i];
        }
        return at + length;
    }

    function _shorten(bytes memory text, uint256 length) private pure {
        assembly ("memory-safe") {
            mstore(text, length)
        }
    }
}
