// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Contracts, Deployment} from "./Deployment.sol";
import {ParameterBounds, Parameters} from "./Parameters.sol";
import {vm} from "./Vm.sol";

/// @title Deploys Gplusck to a chain
/// @notice forge script script/Deploy.s.sol --rpc-url URL --private-key KEY --broadcast
/// Parameters come from the environment (see `fromEnvironment`); what is not set keeps its default. With
/// DEPLOYMENT_FILE the addresses are written there as JSON; forge writes it before it broadcasts, so trust it once
/// forge has exited with 0.
contract Deploy {
    function run() external returns (Contracts memory contracts) {
        address deployer = msg.sender;
        uint256 firstBlock = block.number;
        vm.startBroadcast(deployer);
        contracts = Deployment.deploy(fromEnvironment(deployer), deployer);
        vm.stopBroadcast();
        string memory path = vm.envOr("DEPLOYMENT_FILE", string(""));
        if (bytes(path).length > 0) vm.writeJson(toJson(contracts, firstBlock), path);
    }

    function fromEnvironment(address deployer) public view returns (Parameters memory p) {
        p = ParameterBounds.defaults(deployer);
        p.genesisHolder = vm.envOr("GENESIS_HOLDER", p.genesisHolder);
        p.rewardProposer = vm.envOr("REWARD_PROPOSER", p.rewardProposer);
        p.capWei = vm.envOr("CAP_WEI", p.capWei);
        p.genesisSupplyWei = vm.envOr("GENESIS_SUPPLY_WEI", p.genesisSupplyWei);
        p.epochSeconds = vm.envOr("EPOCH_SECONDS", p.epochSeconds);
        p.epochsPerStep = vm.envOr("EPOCHS_PER_STEP", p.epochsPerStep);
        p.epochBudgetWei = vm.envOr("EPOCH_BUDGET_WEI", p.epochBudgetWei);
        p.minimumStakeWei = vm.envOr("MINIMUM_STAKE_WEI", p.minimumStakeWei);
        p.unbondingSeconds = vm.envOr("UNBONDING_SECONDS", p.unbondingSeconds);
        p.jailSeconds = vm.envOr("JAIL_SECONDS", p.jailSeconds);
        p.challengeSeconds = vm.envOr("CHALLENGE_SECONDS", p.challengeSeconds);
        p.rootDelaySeconds = vm.envOr("ROOT_DELAY_SECONDS", p.rootDelaySeconds);
        p.slashBps = vm.envOr("SLASH_BPS", p.slashBps);
        p.finderBps = vm.envOr("FINDER_BPS", p.finderBps);
        p.burnBps = vm.envOr("BURN_BPS", p.burnBps);
        p.operatorBps = vm.envOr("OPERATOR_BPS", p.operatorBps);
        p.stakersBps = vm.envOr("STAKERS_BPS", p.stakersBps);
        p.timelockSeconds = vm.envOr("TIMELOCK_SECONDS", p.timelockSeconds);
        p.voting.delaySeconds = SafeCast.toUint48(vm.envOr("VOTING_DELAY_SECONDS", p.voting.delaySeconds));
        p.voting.periodSeconds = SafeCast.toUint32(vm.envOr("VOTING_PERIOD_SECONDS", p.voting.periodSeconds));
    }

    /// @param firstBlock a block that no deployed contract is older than.
    function toJson(Contracts memory c, uint256 firstBlock) public returns (string memory) {
        string memory list = "contracts";
        vm.serializeAddress(list, "Gpuck", address(c.gpuck));
        vm.serializeAddress(list, "Emission", address(c.emission));
        vm.serializeAddress(list, "NodeRegistry", address(c.nodeRegistry));
        vm.serializeAddress(list, "StakeVault", address(c.stakeVault));
        vm.serializeAddress(list, "ComputeMarket", address(c.computeMarket));
        vm.serializeAddress(list, "MicrocellCourt", address(c.microcellCourt));
        vm.serializeAddress(list, "EmissionFactors", address(c.emissionFactors));
        vm.serializeAddress(list, "CarbonCertificate", address(c.carbonCertificate));
        vm.serializeAddress(list, "GreenRewards", address(c.greenRewards));
        vm.serializeAddress(list, "GpuckTimelock", address(c.gpuckTimelock));
        string memory addresses = vm.serializeAddress(list, "GpuckGovernor", address(c.gpuckGovernor));
        vm.serializeUint("deployment", "chainId", block.chainid);
        vm.serializeUint("deployment", "block", firstBlock);
        return vm.serializeString("deployment", "contracts", addresses);
    }
}
