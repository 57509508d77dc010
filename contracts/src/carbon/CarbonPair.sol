// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EntryPause} from "../governance/EntryPause.sol";
import {ITerms} from "../governance/ITerms.sol";
import {ICarbonPair} from "./ICarbonPair.sol";

/// @title CarbonPair
contract CarbonPair is ICarbonPair, ERC20, EntryPause, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev 112 bits each, so that no product of two reserves and a fee overflows.
    struct Reserves {
        uint112 gpuck;
        uint112 units;
    }

    /// @dev Never withdrawn: with it inside, one unit of liquidity cannot be made worth more than a depositor's dust.
    uint256 private constant LOCKED_LIQUIDITY = 1_000;
    address private constant NOBODY = address(0xdead);
    uint256 private constant BPS = 10_000;

    IERC20 public immutable gpuckToken;
    IERC20 public immutable unitToken;
    ITerms public immutable terms;

    Reserves private _reserves;

    constructor(IERC20 gpuckToken_, IERC20 unitToken_, ITerms terms_, address guardian_, address timelock_)
        ERC20("Gplusck Carbon Liquidity", "GPUCK-LP")
        EntryPause(guardian_, timelock_)
    {
        gpuckToken = gpuckToken_;
        unitToken = unitToken_;
        terms = terms_;
    }

    modifier before(uint256 deadline) {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        _;
    }

    /// @inheritdoc ICarbonPair
    function addLiquidity(uint256 maximumGpuck, uint256 maximumUnits, uint256 minimumLiquidity, uint256 deadline)
        external
        whileOpen
        nonReentrant
        before(deadline)
        returns (uint256 gpuck, uint256 units, uint256 liquidity)
    {
        uint256 supply = totalSupply();
        (gpuck, units) = supply == 0 ? (maximumGpuck, maximumUnits) : _matching(maximumGpuck, maximumUnits);
        if (supply == 0) {
            uint256 root = Math.sqrt(gpuck * units);
            if (root <= LOCKED_LIQUIDITY) revert TooLittle(root, LOCKED_LIQUIDITY + 1);
            liquidity = root - LOCKED_LIQUIDITY;
            _mint(NOBODY, LOCKED_LIQUIDITY);
        } else {
            Reserves memory r = _reserves;
            liquidity = Math.min(gpuck * supply / r.gpuck, units * supply / r.units);
        }
        if (liquidity == 0) revert ZeroAmount();
        if (liquidity < minimumLiquidity) revert TooLittle(liquidity, minimumLiquidity);
        _book(_reserves.gpuck + gpuck, _reserves.units + units);
        _mint(msg.sender, liquidity);
        emit LiquidityAdded(msg.sender, gpuck, units, liquidity);
        gpuckToken.safeTransferFrom(msg.sender, address(this), gpuck);
        unitToken.safeTransferFrom(msg.sender, address(this), units);
    }

    /// @inheritdoc ICarbonPair
    function removeLiquidity(uint256 liquidity, uint256 minimumGpuck, uint256 minimumUnits, uint256 deadline)
        external
        nonReentrant
        before(deadline)
        returns (uint256 gpuck, uint256 units)
    {
        if (liquidity == 0) revert ZeroAmount();
        Reserves memory r = _reserves;
        uint256 supply = totalSupply();
        _burn(msg.sender, liquidity);
        (gpuck, units) = (liquidity * r.gpuck / supply, liquidity * r.units / supply);
        if (gpuck < minimumGpuck) revert TooLittle(gpuck, minimumGpuck);
        if (units < minimumUnits) revert TooLittle(units, minimumUnits);
        _book(r.gpuck - gpuck, r.units - units);
        emit LiquidityRemoved(msg.sender, gpuck, units, liquidity);
        gpuckToken.safeTransfer(msg.sender, gpuck);
        unitToken.safeTransfer(msg.sender, units);
    }

    /// @inheritdoc ICarbonPair
    function buy(uint256 gpuckIn, uint256 minimumUnits, address to, uint256 deadline)
        external
        whileOpen
        nonReentrant
        before(deadline)
        returns (uint256 unitsOut)
    {
        Reserves memory r = _reserves;
        unitsOut = _given(gpuckIn, r.gpuck, r.units);
        if (unitsOut == 0) revert ZeroAmount();
        if (unitsOut < minimumUnits) revert TooLittle(unitsOut, minimumUnits);
        _book(r.gpuck + gpuckIn, r.units - unitsOut);
        emit Bought(msg.sender, to, gpuckIn, unitsOut);
        gpuckToken.safeTransferFrom(msg.sender, address(this), gpuckIn);
        unitToken.safeTransfer(to, unitsOut);
    }

    /// @inheritdoc ICarbonPair
    function sell(uint256 unitsIn, uint256 minimumGpuck, address to, uint256 deadline)
        external
        whileOpen
        nonReentrant
        before(deadline)
        returns (uint256 gpuckOut)
    {
        Reserves memory r = _reserves;
        gpuckOut = _given(unitsIn, r.units, r.gpuck);
        if (gpuckOut == 0) revert ZeroAmount();
        if (gpuckOut < minimumGpuck) revert TooLittle(gpuckOut, minimumGpuck);
        _book(r.gpuck - gpuckOut, r.units + unitsIn);
        emit Sold(msg.sender, to, unitsIn, gpuckOut);
        unitToken.safeTransferFrom(msg.sender, address(this), unitsIn);
        gpuckToken.safeTransfer(to, gpuckOut);
    }

    /// @inheritdoc ICarbonPair
    function quoteBuy(uint256 gpuckIn) external view returns (uint256 unitsOut) {
        return _given(gpuckIn, _reserves.gpuck, _reserves.units);
    }

    /// @inheritdoc ICarbonPair
    function quoteSell(uint256 unitsIn) external view returns (uint256 gpuckOut) {
        return _given(unitsIn, _reserves.units, _reserves.gpuck);
    }

    /// @inheritdoc ICarbonPair
    function reserves() external view returns (uint256 gpuck, uint256 units) {
        return (_reserves.gpuck, _reserves.units);
    }

    function _book(uint256 gpuck, uint256 units) private {
        _reserves = Reserves(SafeCast.toUint112(gpuck), SafeCast.toUint112(units));
    }

    /// @dev The most of both within the maxima at the present price; the dependent side rounded up.
    function _matching(uint256 maximumGpuck, uint256 maximumUnits) private view returns (uint256 gpuck, uint256 units) {
        Reserves memory r = _reserves;
        units = Math.ceilDiv(maximumGpuck * r.units, r.gpuck);
        if (units <= maximumUnits) return (maximumGpuck, units);
        return (Math.ceilDiv(maximumUnits * r.gpuck, r.units), maximumUnits);
    }

    /// @dev Solves (reserveIn + amountIn less fee) × (reserveOut − out) = reserveIn × reserveOut, rounded down.
    function _given(uint256 amountIn, uint256 reserveIn, uint256 reserveOut) private view returns (uint256) {
        if (amountIn == 0 || reserveIn == 0) return 0;
        uint256 weighted = SafeCast.toUint112(amountIn) * (BPS - terms.shares().swapBps);
        return weighted * reserveOut / (reserveIn * BPS + weighted);
    }
}
