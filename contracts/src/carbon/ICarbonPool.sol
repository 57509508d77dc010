// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {MeasurementTier} from "../compute/IComputeMarket.sol";

/// @notice Which certificates a pool takes, of those from green sources (see CertificateId); never changes.
/// @param minimumTier the weakest evidence taken.
/// @param minimumHour the earliest hour taken, Unix time / 3,600; 0: any.
struct PoolFilter {
    MeasurementTier minimumTier;
    uint32 minimumHour;
}

/// @title A fungible share of certificates that meet one filter
/// @notice ERC-20 with 18 decimals: 1e18 units stand for 1 Wh, so that prices and fees need no rounding although
/// certificates are whole Wh. A deposit mints units for all it brings or reverts. Units redeem for the Wh that have
/// waited longest, or, for a fee, for chosen certificates. The fee's units are burned and its Wh retired: units in
/// circulation plus fees not yet retired always equal the Wh inside. Only hours that can no longer be disputed are
/// taken, so nothing inside can be voided.
interface ICarbonPool is IERC20 {
    event Deposited(address indexed account, uint256 indexed id, uint256 wattHours);
    /// @param fee units burned beyond those of the Wh.
    event Redeemed(address indexed account, uint256 indexed id, uint256 wattHours, uint256 fee);
    event FeesRetired(uint256 indexed receiptId, uint256 wattHours);

    error ZeroAmount();
    error LengthMismatch(uint256 ids, uint256 wattHours);
    error SourceNotGreen(uint256 id, EnergySource source);
    error TierTooLow(uint256 id, MeasurementTier tier);
    error HourTooEarly(uint256 id, uint32 hour);
    error HourNotFinal(uint256 id, uint48 nodeId, uint32 hour);
    error NotInThePool(uint256 id, uint256 wattHours, uint256 asked);
    error TooManyUnits(uint256 units, uint256 maximum);
    error TooFewWattHours(uint256 wattHours, uint256 minimum);
    /// @notice Certificates come in through `deposit` only.
    error DepositsOnly();

    /// @notice Takes exactly `wattHours[i]` of each `ids[i]` from the caller and mints 1e18 units for each Wh.
    function deposit(uint256[] calldata ids, uint256[] calldata wattHours) external returns (uint256 units);

    /// @notice Gives the caller exactly `wattHours[i]` of each `ids[i]` for 1e18 units a Wh and a fee of
    /// `terms.shares().redeemBps`/10,000 of them on top.
    /// @param maximumUnits the most units, fee included, that the caller gives.
    function redeem(uint256[] calldata ids, uint256[] calldata wattHours, uint256 maximumUnits)
        external
        returns (uint256 units);

    /// @notice Gives the caller up to `wattHours` of what has been in the pool longest, without a fee.
    /// @param entries how many ids of the line to look at, at most; an id that was redeemed by choice may still stand
    /// in it and counts.
    /// @param minimumWh the fewest Wh the caller accepts; with 0 a call also serves to pass such ids.
    /// @return ids what was given, oldest deposit first.
    function redeemOldest(uint256 wattHours, uint256 entries, uint256 minimumWh)
        external
        returns (uint256[] memory ids, uint256[] memory amounts);

    /// @notice Retires the whole Wh of the fees burned so far, oldest first, in the pool's name; anyone may call.
    function retireFees(uint256 entries) external returns (uint256 receiptId);

    /// @notice Wh of `id` inside.
    function wattHoursOf(uint256 id) external view returns (uint256);

    /// @notice Wh inside, fees not yet retired included.
    function totalWattHours() external view returns (uint256);

    /// @notice Units burned as fees whose Wh are still inside.
    function feeUnits() external view returns (uint256);

    function filter() external view returns (PoolFilter memory);

    /// @notice Reverts with the reason if a deposit of `id` would be refused now.
    function requireEligible(uint256 id) external view;
}
