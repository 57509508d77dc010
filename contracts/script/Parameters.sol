// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MeasurementTier} from "../src/compute/IComputeMarket.sol";
import {VotingRules} from "../src/governance/GpuckGovernor.sol";
import {Amounts, Durations, Shares} from "../src/governance/ITerms.sol";
import {TermBounds} from "../src/governance/TermBounds.sol";
import {Quorums} from "../src/verify/Quorum.sol";

/// @notice Everything a deployment can choose. Wei, seconds and 1/10,000; docs/contracts.md says where each figure
/// comes from. `durations`, `shares` and `amounts` are the terms that governance may move later; the rest is fixed.
struct Parameters {
    address genesisHolder;
    address council;
    address[] recomputers;
    uint8 recomputerThreshold;
    address[] panel;
    uint8 panelThreshold;
    uint256 capWei;
    uint256 genesisSupplyWei;
    uint256 epochSeconds;
    uint256 epochsPerStep;
    uint256 epochBudgetWei;
    uint256 timelockSeconds;
    uint256 poolMinimumTier;
    uint256 poolMinimumHour;
    VotingRules voting;
    Durations durations;
    Shares shares;
    Amounts amounts;
}

using ParameterBounds for Parameters global;

/// @title Defaults and hard bounds of the deployment parameters
/// @notice Only of what no contract bounds itself: the terms, the timelock's delay and the rules of voting are refused
/// by the constructors of `Terms`, `GpuckTimelock` and `GpuckGovernor`. On a development chain (id 31337) the lower
/// bounds of durations fall to a second.
library ParameterBounds {
    error ParameterOutOfBounds(string name, uint256 value, uint256 minimum, uint256 maximum);

    /// @param deployer holds the genesis supply and is the guardian's council unless the deployment says otherwise.
    /// Recomputers and panel have no default: they are worth something only as long as they are independent.
    function defaults(address deployer) internal pure returns (Parameters memory p) {
        p.genesisHolder = deployer;
        p.council = deployer;
        p.recomputerThreshold = 2;
        p.panelThreshold = 2;
        p.capWei = 1_000_000_000 ether;
        p.genesisSupplyWei = 600_000_000 ether;
        p.epochSeconds = 1 days;
        p.epochsPerStep = 365;
        p.epochBudgetWei = 100_000 ether;
        p.timelockSeconds = 2 days;
        p.poolMinimumTier = uint256(MeasurementTier.Measured);
        p.voting = VotingRules({
            delaySeconds: 1 days,
            periodSeconds: 5 days,
            lateQuorumSeconds: 2 days,
            quorumPercent: 4,
            proposalThreshold: 100_000 ether
        });
        p.durations = Durations({
            challenge: 2 days,
            round: 6 hours,
            unbonding: 14 days,
            jail: 1 days,
            evidenceAge: 5 days,
            response: 2 days,
            ruling: 2 days,
            appeal: 2 days,
            appealVote: 10 days,
            rootDelay: 1 days
        });
        p.shares = Shares({
            operatorBps: 4_000,
            stakersBps: 1_000,
            treasuryBps: 1_000,
            slashBps: 1_000,
            finderBps: 2_000,
            attestedSlashBps: 500,
            redeemBps: 100,
            swapBps: 30
        });
        p.amounts = Amounts({minimumStake: 10_000 ether, challengerBond: 1_000 ether, rootCap: 200_000 ether});
    }

    function requireBounded(Parameters memory p) internal view {
        _bound("GENESIS_HOLDER", uint160(p.genesisHolder), 1, type(uint160).max);
        _bound("the number of REWARD_RECOMPUTERS", p.recomputers.length, 2, Quorums.SIZE_MAX);
        _bound("REWARD_THRESHOLD", p.recomputerThreshold, Quorums.THRESHOLD_MIN, p.recomputers.length);
        _bound("the number of PANEL members", p.panel.length, 2, Quorums.SIZE_MAX);
        _bound("PANEL_THRESHOLD", p.panelThreshold, p.panel.length / 2 + 1, p.panel.length);
        // Stake is booked in 96 bits: no amount of GPUCK may need more.
        _bound("CAP_WEI", p.capWei, 1 ether, 4e27);
        _bound("GENESIS_SUPPLY_WEI", p.genesisSupplyWei, 1 ether, p.capWei);
        _bound("EPOCH_BUDGET_WEI", p.epochBudgetWei, 0, p.capWei);
        _bound("EPOCHS_PER_STEP", p.epochsPerStep, 1, 36_500);
        _bound("EPOCH_SECONDS", p.epochSeconds, TermBounds.floor(1 hours), 31 days);
        _bound("POOL_MINIMUM_TIER", p.poolMinimumTier, 0, uint256(type(MeasurementTier).max));
        _bound("POOL_MINIMUM_HOUR", p.poolMinimumHour, 0, type(uint32).max);
    }

    function _bound(string memory name, uint256 value, uint256 minimum, uint256 maximum) private pure {
        if (value < minimum || value > maximum) revert ParameterOutOfBounds(name, value, minimum, maximum);
    }
}
