// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ParameterBounds, Parameters} from "./Parameters.sol";
import {vm} from "./Vm.sol";

/// @title Deployment parameters from environment variables
/// @notice What is not set keeps its default. docs/contracts.md has the table.
library Environment {
    /// @param deployer holds the genesis supply and is the guardian's council unless the environment says otherwise.
    function read(address deployer) internal view returns (Parameters memory p) {
        p = ParameterBounds.defaults(deployer);
        p.genesisHolder = vm.envOr("GENESIS_HOLDER", p.genesisHolder);
        p.council = vm.envOr("COUNCIL", p.council);
        p.recomputers = vm.envOr("REWARD_RECOMPUTERS", ",", p.recomputers);
        p.recomputerThreshold = SafeCast.toUint8(vm.envOr("REWARD_THRESHOLD", p.recomputerThreshold));
        // Unless a panel is named, whoever recomputes rewards judges faults, too.
        p.panel = vm.envOr("PANEL", ",", p.recomputers);
        p.panelThreshold = SafeCast.toUint8(vm.envOr("PANEL_THRESHOLD", p.panel.length / 2 + 1));
        p.poolMinimumTier = vm.envOr("POOL_MINIMUM_TIER", p.poolMinimumTier);
        p.poolMinimumHour = vm.envOr("POOL_MINIMUM_HOUR", p.poolMinimumHour);
        _readToken(p);
        _readVoting(p);
        _readDurations(p);
        _readShares(p);
        _readAmounts(p);
    }

    function _readToken(Parameters memory p) private view {
        p.capWei = vm.envOr("CAP_WEI", p.capWei);
        p.genesisSupplyWei = vm.envOr("GENESIS_SUPPLY_WEI", p.genesisSupplyWei);
        p.epochSeconds = vm.envOr("EPOCH_SECONDS", p.epochSeconds);
        p.epochsPerStep = vm.envOr("EPOCHS_PER_STEP", p.epochsPerStep);
        p.epochBudgetWei = vm.envOr("EPOCH_BUDGET_WEI", p.epochBudgetWei);
    }

    function _readVoting(Parameters memory p) private view {
        p.timelockSeconds = vm.envOr("TIMELOCK_SECONDS", p.timelockSeconds);
        p.voting.delaySeconds = _uint32("VOTING_DELAY_SECONDS", p.voting.delaySeconds);
        p.voting.periodSeconds = _uint32("VOTING_PERIOD_SECONDS", p.voting.periodSeconds);
        p.voting.lateQuorumSeconds = _uint32("LATE_QUORUM_SECONDS", p.voting.lateQuorumSeconds);
        p.voting.quorumPercent = vm.envOr("QUORUM_PERCENT", p.voting.quorumPercent);
        p.voting.proposalThreshold = vm.envOr("PROPOSAL_THRESHOLD_WEI", p.voting.proposalThreshold);
    }

    function _readDurations(Parameters memory p) private view {
        p.durations.challenge = _uint32("CHALLENGE_SECONDS", p.durations.challenge);
        p.durations.round = _uint32("ROUND_SECONDS", p.durations.round);
        p.durations.unbonding = _uint32("UNBONDING_SECONDS", p.durations.unbonding);
        p.durations.jail = _uint32("JAIL_SECONDS", p.durations.jail);
        p.durations.evidenceAge = _uint32("EVIDENCE_AGE_SECONDS", p.durations.evidenceAge);
        p.durations.response = _uint32("RESPONSE_SECONDS", p.durations.response);
        p.durations.ruling = _uint32("RULING_SECONDS", p.durations.ruling);
        p.durations.appeal = _uint32("APPEAL_SECONDS", p.durations.appeal);
        p.durations.appealVote = _uint32("APPEAL_VOTE_SECONDS", p.durations.appealVote);
        p.durations.rootDelay = _uint32("ROOT_DELAY_SECONDS", p.durations.rootDelay);
    }

    function _readShares(Parameters memory p) private view {
        p.shares.operatorBps = _uint16("OPERATOR_BPS", p.shares.operatorBps);
        p.shares.stakersBps = _uint16("STAKERS_BPS", p.shares.stakersBps);
        p.shares.treasuryBps = _uint16("TREASURY_BPS", p.shares.treasuryBps);
        p.shares.slashBps = _uint16("SLASH_BPS", p.shares.slashBps);
        p.shares.finderBps = _uint16("FINDER_BPS", p.shares.finderBps);
        p.shares.attestedSlashBps = _uint16("ATTESTED_SLASH_BPS", p.shares.attestedSlashBps);
        p.shares.redeemBps = _uint16("REDEEM_BPS", p.shares.redeemBps);
        p.shares.swapBps = _uint16("SWAP_BPS", p.shares.swapBps);
    }

    function _readAmounts(Parameters memory p) private view {
        p.amounts.minimumStake = _uint96("MINIMUM_STAKE_WEI", p.amounts.minimumStake);
        p.amounts.challengerBond = _uint96("CHALLENGER_BOND_WEI", p.amounts.challengerBond);
        p.amounts.rootCap = _uint96("ROOT_CAP_WEI", p.amounts.rootCap);
    }

    function _uint16(string memory name, uint256 standard) private view returns (uint16) {
        return SafeCast.toUint16(vm.envOr(name, standard));
    }

    function _uint32(string memory name, uint256 standard) private view returns (uint32) {
        return SafeCast.toUint32(vm.envOr(name, standard));
    }

    function _uint96(string memory name, uint256 standard) private view returns (uint96) {
        return SafeCast.toUint96(vm.envOr(name, standard));
    }
}
