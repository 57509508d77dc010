// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// One event of every kind that the indexer must find a column for.
contract EventZoo {
    struct Inner {
        address who;
        bytes4 tag;
        int128 shift;
    }

    struct Outer {
        string name;
        Inner[] inner;
        uint256[2] pair;
        bool on;
    }

    event Numbers(uint8 a, uint56 b, uint64 c, uint256 d, int64 e, int72 f, int256 g);
    event Words(address indexed who, bytes32 word, bytes3 three, bool yes, bytes data, string text);
    event Nested(Outer outer, uint256[] list, bytes[] blobs, bool[2][] grid);
    event Hashed(string indexed name, bytes indexed data, uint256[] indexed list);
    event Names(
        uint256 indexed blockNumber, uint256 from, uint256 select, uint256, uint256 xmin, uint256 _value, uint256 value_
    );
    event Overload(uint256 a);
    event Overload(string a);
    event Nothing();
    event Ghost(uint256 a) anonymous;
    event AnEventWhoseNameIsMuchLongerThanPostgresAllowsForTheNameOfATable(uint256 a);

    function numbers(bool highest) external {
        if (highest) {
            emit Numbers(type(uint8).max, type(uint56).max, type(uint64).max, type(uint256).max, type(int64).max,
                type(int72).max, type(int256).max);
        } else {
            emit Numbers(0, 0, 0, 0, type(int64).min, type(int72).min, type(int256).min);
        }
    }

    function words(bytes calldata data, string calldata text) external {
        emit Words(msg.sender, keccak256(data), 0x010203, true, data, text);
    }

    function nested(string calldata name) external {
        Outer memory outer;
        outer.name = name;
        outer.inner = new Inner[](2);
        outer.inner[1] = Inner(address(0x1234), 0xdeadbeef, -5);
        outer.pair = [type(uint256).max, 7];
        outer.on = true;
        uint256[] memory list = new uint256[](1);
        list[0] = 1 << 200;
        bytes[] memory blobs = new bytes[](2);
        blobs[1] = hex"00ff";
        bool[2][] memory grid = new bool[2][](1);
        grid[0] = [true, false];
        emit Nested(outer, list, blobs, grid);
    }

    function others() external {
        uint256[] memory list = new uint256[](2);
        list[1] = 3;
        emit Hashed("name", "data", list);
        emit Names(1, 2, 3, 4, 5, 6, 7);
        emit Overload(1);
        emit Overload("one");
        emit Nothing();
        emit Ghost(1);
        emit AnEventWhoseNameIsMuchLongerThanPostgresAllowsForTheNameOfATable(9);
    }

    /// A log under the topic of Numbers whose data is no encoding of it.
    function forge() external {
        bytes32 topic = Numbers.selector;
        assembly {
            log1(0, 33, topic)
        }
    }
}
