// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VotingRules} from "../src/governance/GpuckGovernor.sol";

/// @notice Everything a deployment can choose. Wei, seconds and 1/10,000; docs/contracts.md says where each figure
/// comes from.
struct Parameters {
    address genesisHolder;
    address rewardProposer;
    uint256 capWei;
    uint256 genesisSupplyWei;
    uint256 epochSeconds;
    uint256 epochsPerStep;
    uint256 epochBudgetWei;
    uint256 minimumStakeWei;
    uint256 unbondingSeconds;
    uint256 jailSeconds;
    uint256 challengeSeconds;
    uint256 rootDelaySeconds;
    uint256 slashBps;
    uint256 finderBps;
    uint256 burnBps;
    uint256 operatorBps;
    uint256 stakersBps;
    uint256 timelockSeconds;
    VotingRules voting;
}

using ParameterBounds for Parameters global;

/// @title Defaults and hard bounds of the deployment parameters
/// @notice On a development chain (id 31337) the lower bounds of durations fall to a second.
library ParameterBounds {
    error ParameterOutOfBounds(string name, uint256 value, uint256 minimum, uint256 maximum);

    uint256 private constant DEVELOPMENT_CHAIN = 31_337;

    /// @param deployer holds the genesis supply and proposes reward roots unless the deployment says otherwise.
    function defaults(address deployer) internal pure returns (Parameters memory p) {
        p.genesisHolder = deployer;
        p.rewardProposer = deployer;
        p.capWei = 1_000_000_000 ether;
        p.genesisSupplyWei = 600_000_000 ether;
        p.epochSeconds = 1 days;
        p.epochsPerStep = 365;
        p.epochBudgetWei = 100_000 ether;
        p.minimumStakeWei = 10_000 ether;
        p.unbondingSeconds = 14 days;
        p.jailSeconds = 1 days;
        p.challengeSeconds = 2 days;
        p.rootDelaySeconds = 24 hours;
        p.slashBps = 1_000;
        p.finderBps = 2_000;
        p.burnBps = 4_000;
        p.operatorBps = 4_000;
        p.stakersBps = 1_000;
        p.timelockSeconds = 2 days;
        p.voting = VotingRules({
            delaySeconds: 1 days,
            periodSeconds: 5 days,
            lateQuorumSeconds: 2 days,
            quorumPercent: 4,
            proposalThreshold: 100_000 ether
        });
    }

    function requireBounded(Parameters memory p) internal view {
        _bound("GENESIS_HOLDER", uint160(p.genesisHolder), 1, type(uint160).max);
        _bound("REWARD_PROPOSER", uint160(p.rewardProposer), 1, type(uint160).max);
        _bound("CAP_WEI", p.capWei, 1 ether, 1e30);
        _bound("GENESIS_SUPPLY_WEI", p.genesisSupplyWei, 1 ether, p.capWei);
        _bound("EPOCH_BUDGET_WEI", p.epochBudgetWei, 0, p.capWei);
        _bound("EPOCHS_PER_STEP", p.epochsPerStep, 1, 36_500);
        _bound("MINIMUM_STAKE_WEI", p.minimumStakeWei, 1 ether, p.genesisSupplyWei);
        _bound("EPOCH_SECONDS", p.epochSeconds, _floor(1 hours), 31 days);
        _bound("CHALLENGE_SECONDS", p.challengeSeconds, _floor(6 hours), 14 days);
        // Stake behind a batch must outlive the batch's challenge window, whatever its owner does meanwhile.
        _bound("UNBONDING_SECONDS", p.unbondingSeconds, p.challengeSeconds + 1, 90 days);
        _bound("JAIL_SECONDS", p.jailSeconds, _floor(1 hours), 365 days);
        _bound("ROOT_DELAY_SECONDS", p.rootDelaySeconds, _floor(6 hours), 14 days);
        _bound("TIMELOCK_SECONDS", p.timelockSeconds, _floor(1 days), 30 days);
        _bound("VOTING_DELAY_SECONDS", p.voting.delaySeconds, _floor(1 hours), 14 days);
        _bound("VOTING_PERIOD_SECONDS", p.voting.periodSeconds, _floor(1 days), 30 days);
        _bound("SLASH_BPS", p.slashBps, 1, 5_000);
        _bound("FINDER_BPS", p.finderBps, 0, 5_000);
        _bound("BURN_BPS", p.burnBps, 1_000, 10_000);
        _bound("OPERATOR_BPS", p.operatorBps, 0, 10_000 - p.burnBps);
        _bound("STAKERS_BPS", p.stakersBps, 0, 10_000 - p.burnBps - p.operatorBps);
        _bound("the treasury's share (the rest)", treasuryBps(p), 0, 2_000);
    }

    /// @notice What burn, operator and stakers leave.
    function treasuryBps(Parameters memory p) internal pure returns (uint256) {
        return 10_000 - p.burnBps - p.operatorBps - p.stakersBps;
    }

    function _floor(uint256 production) private view returns (uint256) {
        return block.chainid == DEVELOPMENT_CHAIN ? 1 : production;
    }

    function _bound(string memory name, uint256 value, uint256 minimum, uint256 maximum) private pure {
        if (value < minimum || value > maximum) revert ParameterOutOfBounds(name, value, minimum, maximum);
    }
}
