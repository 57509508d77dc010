// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Dot product of two s8 vectors in calldata
library DotProduct {
    /// @notice Σ a[i] · b[i] over bytes read as two's complement. `a` and `b` are equally long.
    /// @dev Flipping the top bit turns s8 x into u8 x' = x + 128, which one BYTE instruction reads without sign extension:
    /// Σ x·y = Σ x'·y' − 128·(Σ x' + Σ y') + 128²·n.
    function s8(bytes calldata a, bytes calldata b) internal pure returns (int256) {
        uint256 products;
        uint256 sums;
        assembly ("memory-safe") {
            function sumOfBytes(word) -> sum {
                let even := 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
                // 16 lanes of 16 bits, each at most 510. Multiplying by a one in every lane adds all lanes in the top one.
                word := add(and(word, even), and(shr(8, word), even))
                sum := shr(240, mul(word, 0x0001000100010001000100010001000100010001000100010001000100010001))
            }
            let flip := 0x8080808080808080808080808080808080808080808080808080808080808080
            let length := a.length
            for { let i := 0 } lt(i, length) { i := add(i, 32) } {
                let x := xor(calldataload(add(a.offset, i)), flip)
                let y := xor(calldataload(add(b.offset, i)), flip)
                let left := sub(length, i)
                if lt(left, 32) {
                    // Bytes behind the end belong to something else in the calldata.
                    let mask := shl(shl(3, sub(32, left)), not(0))
                    x := and(x, mask)
                    y := and(y, mask)
                }
                sums := add(sums, add(sumOfBytes(x), sumOfBytes(y)))
                let p := mul(byte(0, x), byte(0, y))
                p := add(p, mul(byte(1, x), byte(1, y)))
                p := add(p, mul(byte(2, x), byte(2, y)))
                p := add(p, mul(byte(3, x), byte(3, y)))
                p := add(p, mul(byte(4, x), byte(4, y)))
                p := add(p, mul(byte(5, x), byte(5, y)))
                p := add(p, mul(byte(6, x), byte(6, y)))
                p := add(p, mul(byte(7, x), byte(7, y)))
                p := add(p, mul(byte(8, x), byte(8, y)))
                p := add(p, mul(byte(9, x), byte(9, y)))
                p := add(p, mul(byte(10, x), byte(10, y)))
                p := add(p, mul(byte(11, x), byte(11, y)))
                p := add(p, mul(byte(12, x), byte(12, y)))
                p := add(p, mul(byte(13, x), byte(13, y)))
                p := add(p, mul(byte(14, x), byte(14, y)))
                p := add(p, mul(byte(15, x), byte(15, y)))
                p := add(p, mul(byte(16, x), byte(16, y)))
                p := add(p, mul(byte(17, x), byte(17, y)))
                p := add(p, mul(byte(18, x), byte(18, y)))
                p := add(p, mul(byte(19, x), byte(19, y)))
                p := add(p, mul(byte(20, x), byte(20, y)))
                p := add(p, mul(byte(21, x), byte(21, y)))
                p := add(p, mul(byte(22, x), byte(22, y)))
                p := add(p, mul(byte(23, x), byte(23, y)))
                p := add(p, mul(byte(24, x), byte(24, y)))
                p := add(p, mul(byte(25, x), byte(25, y)))
                p := add(p, mul(byte(26, x), byte(26, y)))
                p := add(p, mul(byte(27, x), byte(27, y)))
                p := add(p, mul(byte(28, x), byte(28, y)))
                p := add(p, mul(byte(29, x), byte(29, y)))
                p := add(p, mul(byte(30, x), byte(30, y)))
                p := add(p, mul(byte(31, x), byte(31, y)))
                products := add(products, p)
            }
        }
        // Every term is below 2⁶⁴ for any length calldata can have.
        // forge-lint: disable-next-line(unsafe-typecast)
        return int256(products) - 128 * int256(sums) + 16_384 * int256(a.length);
    }
}
