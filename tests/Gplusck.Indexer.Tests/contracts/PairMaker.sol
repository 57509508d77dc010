// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Makes makers, which make pairs, each announced by an event.
contract MakerOfMakers {
    event MakerMade(uint256 number, address maker);

    function make(uint256 number) external returns (PairMaker maker) {
        maker = new PairMaker(number);
        emit MakerMade(number, address(maker));
    }
}

contract PairMaker {
    event PairMade(address indexed pair, uint256 number);

    /// Announces a pair before its maker is announced, in the same transaction.
    constructor(uint256 number) {
        make(number);
    }

    function make(uint256 number) public returns (Pair pair) {
        pair = new Pair(number);
        emit PairMade(address(pair), number);
    }
}

contract Pair {
    event Swapped(uint256 number);

    constructor(uint256 number) {
        emit Swapped(number);
    }

    function swap(uint256 number) external {
        emit Swapped(number);
    }
}

/// Logs as our pairs do, and is none of them.
contract Impostor {
    event Swapped(uint256 number);
    event PairMade(address indexed pair, uint256 number);

    function swap(uint256 number) external {
        emit Swapped(number);
        emit PairMade(address(this), number);
    }
}
