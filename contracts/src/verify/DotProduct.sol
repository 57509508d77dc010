// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Dot product of two s8 vectors in calldata
/// @notice About 20 gas a term: one multiplication of 256-bit words makes ten products of bytes and adds them up.
library DotProduct {
    /// @notice Σ a[i] · b[i] over bytes read as two's complement. `a` and `b` are equally long.
    /// @dev 1. Flipping the top bit turns s8 x into u8 x' = x + 128, and Σ x·y = Σ x'·y' − 128·(Σ x' + Σ y') + 128²·n.
    /// 2. Read as a number, 30 bytes x'₀ … x'₂₉ are Σ x'ᵢ·256²⁹⁻ⁱ; read backwards, the other 30 are Σ y'ⱼ·256ʲ. In
    ///    their product every x'ᵢ·y'ᵢ has the weight 256²⁹.
    /// 3. Of both factors, only every third byte is kept at a time. Then the weights of all other terms differ from
    ///    256²⁹ by 256³ or more, and no sum of ten products (at most 10·255² < 256³) carries into its neighbour: the
    ///    top three bytes of the 32-byte product are the sum wanted, and what is heavier falls off.
    function s8(bytes calldata a, bytes calldata b) internal pure returns (int256) {
        uint256 products;
        uint256 sums;
        assembly ("memory-safe") {
            function reversed(word) -> w {
                let m := 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
                w := or(and(shr(8, word), m), shl(8, and(word, m)))
                m := 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff
                w := or(and(shr(16, w), m), shl(16, and(w, m)))
                m := 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff
                w := or(and(shr(32, w), m), shl(32, and(w, m)))
                m := 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff
                w := or(and(shr(64, w), m), shl(64, and(w, m)))
                w := or(shr(128, w), shl(128, w))
            }
            // 16 lanes of 16 bits, each at most 4 · 255; the multiplication adds all lanes up in the top one.
            function sumOfBytes(x, y) -> sum {
                let m := 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
                let lanes := add(add(and(x, m), and(shr(8, x), m)), add(and(y, m), and(shr(8, y), m)))
                sum := shr(240, mul(lanes, 0x0001000100010001000100010001000100010001000100010001000100010001))
            }

            let flip := 0x8080808080808080808080808080808080808080808080808080808080808080
            let mask := not(0xffff)
            let length := a.length
            for { let i := 0 } lt(i, length) { i := add(i, 30) } {
                // Bytes behind the end belong to something else in the calldata.
                if lt(sub(length, i), 30) { mask := shl(shl(3, sub(32, sub(length, i))), not(0)) }
                let x := and(xor(calldataload(add(a.offset, i)), flip), mask)
                let y := and(xor(calldataload(add(b.offset, i)), flip), mask)
                sums := add(sums, sumOfBytes(x, y))
                x := shr(16, x)
                y := reversed(y)
                // Exponents of 256 that are 0, 1 and 2 modulo 3; the exponents of a kept pair add up to 29.
                let m0 := 0x00ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff
                let m1 := 0xff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff00
                let m2 := 0x0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff0000
                products := add(products, shr(232, mul(and(x, m2), and(y, m0))))
                products := add(products, shr(232, mul(and(x, m1), and(y, m1))))
                products := add(products, shr(232, mul(and(x, m0), and(y, m2))))
            }
        }
        // Both sums are below 2⁶⁴ for any length that calldata can have.
        // forge-lint: disable-next-line(unsafe-typecast)
        return int256(products) - 128 * int256(sums) + 16_384 * int256(a.length);
    }
}
