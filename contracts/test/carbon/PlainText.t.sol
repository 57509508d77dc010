// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainText} from "../../src/carbon/PlainText.sol";
import {vm} from "../../script/Vm.sol";

contract PlainTextTest {
    /// @dev Tells forge that this is a test contract.
    // forge-lint: disable-next-line(mixed-case-variable)
    bool public IS_TEST = true;

    bytes private constant REPLACED = hex"efbfbd";

    function test_clean_keepsWellFormedText() public pure {
        _keeps("");
        _keeps("A reader, 100 % <of> \"it\" & 'that' \\ ~");
        _keeps(unicode"Ü é ß — 水力 🌞 ﷽");
        // The first and the last character of each width.
        _keeps(hex"20");
        _keeps(hex"7e");
        _keeps(hex"c2a0");
        _keeps(hex"dfbf");
        _keeps(hex"e0a080");
        _keeps(hex"ed9fbf");
        _keeps(hex"ee8080");
        _keeps(hex"efbfbd");
        _keeps(hex"f0908080");
        _keeps(hex"f48fbfbf");
    }

    function test_clean_replacesWhatIsNoUtf8() public pure {
        _becomes(hex"80", REPLACED);
        _becomes(hex"c180", bytes.concat(REPLACED, REPLACED));
        _becomes(hex"c2", REPLACED);
        _becomes(hex"c27f", bytes.concat(REPLACED, REPLACED));
        _becomes(hex"c241", bytes.concat(REPLACED, "A"));
        _becomes(hex"c2c2a0", bytes.concat(REPLACED, hex"c2a0"));
        _becomes(hex"e0a0", bytes.concat(REPLACED, REPLACED));
        _becomes(hex"e2822041", bytes.concat(REPLACED, REPLACED, " A"));
        _becomes(hex"f0908041", bytes.concat(REPLACED, REPLACED, REPLACED, "A"));
        _becomes(hex"f5808080", bytes.concat(REPLACED, REPLACED, REPLACED, REPLACED));
        _becomes(hex"ff", REPLACED);
    }

    function test_clean_replacesOverlongFormsSurrogatesAndWhatLiesBeyondUnicode() public pure {
        _becomes(hex"e09fbf", bytes.concat(REPLACED, REPLACED, REPLACED));
        _becomes(hex"eda080", bytes.concat(REPLACED, REPLACED, REPLACED));
        _becomes(hex"edbfbf", bytes.concat(REPLACED, REPLACED, REPLACED));
        _becomes(hex"f08fbfbf", bytes.concat(REPLACED, REPLACED, REPLACED, REPLACED));
        _becomes(hex"f4908080", bytes.concat(REPLACED, REPLACED, REPLACED, REPLACED));
    }

    function test_clean_replacesWhatXmlAndReadersCannotTake() public pure {
        _becomes(hex"00", REPLACED);
        _becomes(hex"08", REPLACED);
        _becomes(hex"0b", REPLACED);
        _becomes(hex"1f", REPLACED);
        _becomes(hex"7f", REPLACED);
        _becomes(hex"c280", REPLACED);
        _becomes(hex"c29f", REPLACED);
        _becomes(hex"efbfbe", REPLACED);
        _becomes(hex"efbfbf", REPLACED);
        _becomes(hex"41090a0d42", "A   B");
    }

    function test_clean_replacesLineEndsAndTurnsOfDirection() public pure {
        _keeps(hex"e280a7");
        _becomes(hex"e280a8", REPLACED);
        _becomes(hex"e280ae", REPLACED);
        _keeps(hex"e280af");
        _keeps(hex"e281a5");
        _becomes(hex"e281a6", REPLACED);
        _becomes(hex"e281a9", REPLACED);
        _keeps(hex"e281aa");
    }

    function testFuzz_clean_isWellFormedAndChangesNothingTwice(string memory text) public pure {
        bytes memory once = PlainText.clean(text);
        _equal(PlainText.clean(string(once)), once, "twice");
        for (uint256 i = 0; i < once.length; ++i) {
            vm.assertGe(uint8(once[i]), 0x20, "no control character");
        }
    }

    function testFuzz_clean_survivesAnyBytes(bytes memory text) public pure {
        bytes memory once = PlainText.clean(string(text));
        _equal(PlainText.clean(string(once)), once, "twice");
        vm.assertLe(once.length, 3 * text.length, "bounded");
    }

    function test_json_escapesQuoteAndBackslash() public pure {
        _equal(PlainText.json('a"b\\c/d'), 'a\\"b\\\\c/d', "json");
        _equal(PlainText.json('""\\'), '\\"\\"\\\\', "every byte escaped");
        _equal(PlainText.json(""), "", "empty");
    }

    function test_xml_escapesMarkup() public pure {
        _equal(PlainText.xml("a<b>c&d\"e'f"), "a&lt;b&gt;c&amp;d&quot;e&#39;f", "xml");
        _equal(PlainText.xml("&amp;"), "&amp;amp;", "once more");
        _equal(PlainText.xml('""'), "&quot;&quot;", "every byte escaped");
        _equal(PlainText.xml(""), "", "empty");
    }

    function test_lines_cutBetweenCharacters() public pure {
        bytes[] memory list = PlainText.lines("", 8);
        vm.assertEq(list.length, 0, "no text, no line");
        list = PlainText.lines("12345678", 8);
        vm.assertEq(list.length, 1, "just full");
        _equal(list[0], "12345678", "whole");
        list = PlainText.lines("123456789", 8);
        vm.assertEq(list.length, 2, "one over");
        _equal(list[0], "12345678", "full");
        _equal(list[1], "9", "rest");
        // The sun takes four bytes and would start at the sixth.
        list = PlainText.lines(unicode"12345🌞🌞", 8);
        vm.assertEq(list.length, 2, "sun");
        _equal(list[0], "12345", "before the sun");
        _equal(list[1], unicode"🌞🌞", "two suns");
    }

    function testFuzz_lines_keepEveryByte(string memory text, uint256 width) public pure {
        bytes memory cleaned = PlainText.clean(text);
        width = 4 + width % 60;
        bytes[] memory list = PlainText.lines(cleaned, width);
        bytes memory joined;
        for (uint256 i = 0; i < list.length; ++i) {
            vm.assertLe(list[i].length, width, "width");
            vm.assertGt(list[i].length, 0, "no empty line");
            _equal(PlainText.clean(string(list[i])), list[i], "cut between characters");
            joined = bytes.concat(joined, list[i]);
        }
        _equal(joined, cleaned, "nothing lost");
    }

    function _keeps(bytes memory text) private pure {
        _becomes(text, text);
    }

    function _becomes(bytes memory text, bytes memory expected) private pure {
        _equal(PlainText.clean(string(text)), expected, "alone");
        bytes memory within = bytes.concat("x", text, "y");
        _equal(PlainText.clean(string(within)), bytes.concat("x", expected, "y"), "within");
    }

    function _equal(bytes memory actual, bytes memory expected, string memory what) private pure {
        vm.assertEq(keccak256(actual), keccak256(expected), what);
    }
}
