// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CarbonCertificate} from "../src/carbon/CarbonCertificate.sol";
import {EmissionFactors} from "../src/carbon/EmissionFactors.sol";
import {ComputeMarket} from "../src/compute/ComputeMarket.sol";
import {FeeSplit} from "../src/compute/FeeSplit.sol";
import {GpuckGovernor} from "../src/governance/GpuckGovernor.sol";
import {GpuckTimelock} from "../src/governance/GpuckTimelock.sol";
import {GreenRewards} from "../src/rewards/GreenRewards.sol";
import {NodeRegistry} from "../src/staking/NodeRegistry.sol";
import {StakeVault} from "../src/staking/StakeVault.sol";
import {Emission} from "../src/token/Emission.sol";
import {Gpuck} from "../src/token/Gpuck.sol";
import {MicrocellCourt} from "../src/verify/MicrocellCourt.sol";
import {Parameters} from "./Parameters.sol";
import {vm} from "./Vm.sol";

/// @notice The deployed contracts, in order of deployment.
struct Contracts {
    Gpuck gpuck;
    Emission emission;
    NodeRegistry nodeRegistry;
    StakeVault stakeVault;
    ComputeMarket computeMarket;
    MicrocellCourt microcellCourt;
    EmissionFactors emissionFactors;
    CarbonCertificate carbonCertificate;
    GreenRewards greenRewards;
    GpuckTimelock gpuckTimelock;
    GpuckGovernor gpuckGovernor;
}

/// @title The one deployment definition: tests and chains get the same contracts
/// @notice Contracts know each other through immutables, some before they exist. Their addresses follow from the
/// deployer and its nonce, so the whole set is computed first and every step is checked against it.
library Deployment {
    error AddressMispredicted(string name);

    /// @notice Deploys everything. The caller has started to broadcast, or to prank, as `deployer`.
    function deploy(Parameters memory p, address deployer) internal returns (Contracts memory) {
        p.requireBounded();
        Contracts memory c = _predict(deployer, vm.getNonce(deployer));
        _deployToken(p, c);
        _deployStaking(p, c);
        _deployMarket(p, c);
        _deployCarbon(p, c);
        _deployGovernance(p, c);
        return c;
    }

    function _predict(address deployer, uint256 nonce) private pure returns (Contracts memory c) {
        c.gpuck = Gpuck(vm.computeCreateAddress(deployer, nonce));
        c.emission = Emission(vm.computeCreateAddress(deployer, nonce + 1));
        c.nodeRegistry = NodeRegistry(vm.computeCreateAddress(deployer, nonce + 2));
        c.stakeVault = StakeVault(vm.computeCreateAddress(deployer, nonce + 3));
        c.computeMarket = ComputeMarket(vm.computeCreateAddress(deployer, nonce + 4));
        c.microcellCourt = MicrocellCourt(vm.computeCreateAddress(deployer, nonce + 5));
        c.emissionFactors = EmissionFactors(vm.computeCreateAddress(deployer, nonce + 6));
        c.carbonCertificate = CarbonCertificate(vm.computeCreateAddress(deployer, nonce + 7));
        c.greenRewards = GreenRewards(vm.computeCreateAddress(deployer, nonce + 8));
        c.gpuckTimelock = GpuckTimelock(payable(vm.computeCreateAddress(deployer, nonce + 9)));
        c.gpuckGovernor = GpuckGovernor(payable(vm.computeCreateAddress(deployer, nonce + 10)));
    }

    function _deployToken(Parameters memory p, Contracts memory c) private {
        Gpuck gpuck = new Gpuck(address(c.emission), p.genesisHolder, p.genesisSupplyWei, p.capWei);
        _requireAt("Gpuck", address(gpuck), address(c.gpuck));
        Emission emission =
            new Emission(c.gpuck, address(c.greenRewards), p.epochSeconds, p.epochsPerStep, p.epochBudgetWei);
        _requireAt("Emission", address(emission), address(c.emission));
    }

    function _deployStaking(Parameters memory p, Contracts memory c) private {
        NodeRegistry registry =
            new NodeRegistry(c.stakeVault, address(c.microcellCourt), p.minimumStakeWei, p.jailSeconds);
        _requireAt("NodeRegistry", address(registry), address(c.nodeRegistry));
        StakeVault vault = new StakeVault(
            c.gpuck, c.nodeRegistry, address(c.computeMarket), address(c.microcellCourt), p.unbondingSeconds
        );
        _requireAt("StakeVault", address(vault), address(c.stakeVault));
    }

    function _deployMarket(Parameters memory p, Contracts memory c) private {
        ComputeMarket.Links memory links = ComputeMarket.Links({
            token: c.gpuck,
            registry: c.nodeRegistry,
            vault: c.stakeVault,
            certificate: c.carbonCertificate,
            factors: c.emissionFactors,
            court: address(c.microcellCourt),
            treasury: address(c.gpuckTimelock)
        });
        // The bounds keep every share below 10,000.
        // forge-lint: disable-start(unsafe-typecast)
        FeeSplit memory shares = FeeSplit(uint16(p.operatorBps), uint16(p.stakersBps), uint16(p.treasuryBps()));
        ComputeMarket market = new ComputeMarket(links, shares, p.challengeSeconds);
        _requireAt("ComputeMarket", address(market), address(c.computeMarket));
        MicrocellCourt court =
            new MicrocellCourt(c.computeMarket, c.nodeRegistry, c.stakeVault, uint16(p.slashBps), uint16(p.finderBps));
        // forge-lint: disable-end(unsafe-typecast)
        _requireAt("MicrocellCourt", address(court), address(c.microcellCourt));
    }

    function _deployCarbon(Parameters memory p, Contracts memory c) private {
        EmissionFactors factors = new EmissionFactors(address(c.gpuckTimelock));
        _requireAt("EmissionFactors", address(factors), address(c.emissionFactors));
        CarbonCertificate certificate = new CarbonCertificate(address(c.computeMarket), c.emissionFactors);
        _requireAt("CarbonCertificate", address(certificate), address(c.carbonCertificate));
        GreenRewards rewards = new GreenRewards(c.gpuck, c.emission, p.rewardProposer, p.rootDelaySeconds);
        _requireAt("GreenRewards", address(rewards), address(c.greenRewards));
    }

    function _deployGovernance(Parameters memory p, Contracts memory c) private {
        GpuckTimelock timelock = new GpuckTimelock(p.timelockSeconds, address(c.gpuckGovernor));
        _requireAt("GpuckTimelock", address(timelock), address(c.gpuckTimelock));
        GpuckGovernor governor = new GpuckGovernor(c.gpuck, c.gpuckTimelock, p.voting);
        _requireAt("GpuckGovernor", address(governor), address(c.gpuckGovernor));
    }

    function _requireAt(string memory name, address actual, address predicted) private pure {
        if (actual != predicted) revert AddressMispredicted(name);
    }
}
