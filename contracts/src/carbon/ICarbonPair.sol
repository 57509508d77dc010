// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A constant-product market between GPUCK and the units of one pool
/// @notice The pair is the ERC-20 of its liquidity. Reserves are its own books: tokens sent to it by plain transfer
/// belong to no one and move no price. A swap leaves `terms.shares().swapBps`/10,000 of what it brings to those who
/// provide liquidity; every rounding is in their favour too.
interface ICarbonPair is IERC20 {
    event LiquidityAdded(address indexed account, uint256 gpuck, uint256 units, uint256 liquidity);
    event LiquidityRemoved(address indexed account, uint256 gpuck, uint256 units, uint256 liquidity);
    event Bought(address indexed account, address indexed to, uint256 gpuckIn, uint256 unitsOut);
    event Sold(address indexed account, address indexed to, uint256 unitsIn, uint256 gpuckOut);

    error ZeroAmount();
    error DeadlinePassed(uint256 deadline);
    error TooLittle(uint256 amount, uint256 minimum);

    /// @notice Adds as much as both maxima allow at the present price; the first to add sets the price with them.
    /// @param minimumLiquidity the least liquidity the caller accepts: any price but that of the two maxima gives less.
    /// @param deadline last second in which the call may be included; here and below.
    function addLiquidity(uint256 maximumGpuck, uint256 maximumUnits, uint256 minimumLiquidity, uint256 deadline)
        external
        returns (uint256 gpuck, uint256 units, uint256 liquidity);

    /// @notice Gives up `liquidity` for its share of both reserves. Never paused.
    function removeLiquidity(uint256 liquidity, uint256 minimumGpuck, uint256 minimumUnits, uint256 deadline)
        external
        returns (uint256 gpuck, uint256 units);

    /// @notice Pays exactly `gpuckIn` wei for pool units, sent to `to`.
    function buy(uint256 gpuckIn, uint256 minimumUnits, address to, uint256 deadline)
        external
        returns (uint256 unitsOut);

    /// @notice Pays exactly `unitsIn` pool units for wei of GPUCK, sent to `to`.
    function sell(uint256 unitsIn, uint256 minimumGpuck, address to, uint256 deadline)
        external
        returns (uint256 gpuckOut);

    /// @notice Units that `buy` would give now.
    function quoteBuy(uint256 gpuckIn) external view returns (uint256 unitsOut);

    /// @notice Wei of GPUCK that `sell` would give now.
    function quoteSell(uint256 unitsIn) external view returns (uint256 gpuckOut);

    function reserves() external view returns (uint256 gpuck, uint256 units);
}
