// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CarbonCertificate} from "../src/carbon/CarbonCertificate.sol";
import {CarbonMarket} from "../src/carbon/CarbonMarket.sol";
import {CarbonPair} from "../src/carbon/CarbonPair.sol";
import {CarbonPool} from "../src/carbon/CarbonPool.sol";
import {EmissionFactors} from "../src/carbon/EmissionFactors.sol";
import {PoolFilter} from "../src/carbon/ICarbonPool.sol";
import {RetirementDocument} from "../src/carbon/RetirementDocument.sol";
import {RetirementReceipt} from "../src/carbon/RetirementReceipt.sol";
import {ComputeMarket} from "../src/compute/ComputeMarket.sol";
import {MeasurementTier} from "../src/compute/IComputeMarket.sol";
import {GpuckGovernor} from "../src/governance/GpuckGovernor.sol";
import {GpuckTimelock} from "../src/governance/GpuckTimelock.sol";
import {Guardian} from "../src/governance/Guardian.sol";
import {Terms} from "../src/governance/Terms.sol";
import {GreenBoost, IClaimedEnergy} from "../src/rewards/GreenBoost.sol";
import {GreenRewards} from "../src/rewards/GreenRewards.sol";
import {RewardRoots} from "../src/rewards/RewardRoots.sol";
import {NodeRegistry} from "../src/staking/NodeRegistry.sol";
import {StakedVotes} from "../src/staking/StakedVotes.sol";
import {StakeVault} from "../src/staking/StakeVault.sol";
import {Emission} from "../src/token/Emission.sol";
import {Gpuck} from "../src/token/Gpuck.sol";
import {FaultCourt} from "../src/verify/FaultCourt.sol";
import {FaultSentence} from "../src/verify/FaultSentence.sol";
import {ForcedOpening} from "../src/verify/ForcedOpening.sol";
import {MicrocellCourt} from "../src/verify/MicrocellCourt.sol";
import {ContractList, Contracts} from "./Contracts.sol";
import {Parameters} from "./Parameters.sol";
import {vm} from "./Vm.sol";

/// @title The one deployment definition: tests and chains get the same contracts
/// @notice Contracts know each other through immutables, some before they exist. Their addresses follow from the
/// deployer and its nonce, so the whole set is computed first and every step is checked against it.
library Deployment {
    error AddressMispredicted(string name);
    error ContractsMiscounted(uint256 deployed, uint256 listed);

    /// @notice Deploys everything. The caller has started to broadcast, or to prank, as `deployer`.
    function deploy(Parameters memory p, address deployer) internal returns (Contracts memory c) {
        p.requireBounded();
        uint256 nonce = vm.getNonce(deployer);
        c = ContractList.predict(deployer, nonce);
        _deployToken(p, c);
        _deployGovernance(p, c);
        _deployStaking(c);
        _deployCompute(p, c);
        _deployCarbon(c);
        _deployRewards(p, c);
        _deployTrade(p, c);
        uint256 deployed = vm.getNonce(deployer) - nonce;
        uint256 listed = c.addresses().length;
        if (deployed != listed) revert ContractsMiscounted(deployed, listed);
    }

    function _deployToken(Parameters memory p, Contracts memory c) private {
        Gpuck gpuck = new Gpuck(address(c.emission), p.genesisHolder, p.genesisSupplyWei, p.capWei);
        _at("Gpuck", address(gpuck), address(c.gpuck));
        Emission emission = new Emission(
            c.gpuck, c.computeMarket, address(c.greenRewards), p.epochSeconds, p.epochsPerStep, p.epochBudgetWei
        );
        _at("Emission", address(emission), address(c.emission));
    }

    function _deployGovernance(Parameters memory p, Contracts memory c) private {
        Terms terms = new Terms(address(c.gpuckTimelock), p.durations, p.shares, p.amounts);
        _at("Terms", address(terms), address(c.terms));
        Guardian guardian = new Guardian(c.gpuckGovernor, c.greenRewards, address(c.gpuckTimelock), p.council);
        _at("Guardian", address(guardian), address(c.guardian));
        GpuckTimelock timelock = new GpuckTimelock(p.timelockSeconds, address(c.gpuckGovernor));
        _at("GpuckTimelock", address(timelock), address(c.gpuckTimelock));
        GpuckGovernor governor = new GpuckGovernor(
            GpuckGovernor.Links({
                token: c.gpuck,
                timelock: c.gpuckTimelock,
                stakedVotes: c.stakedVotes,
                registry: c.nodeRegistry,
                guardian: address(c.guardian)
            }),
            p.voting
        );
        _at("GpuckGovernor", address(governor), address(c.gpuckGovernor));
    }

    function _deployStaking(Contracts memory c) private {
        NodeRegistry registry =
            new NodeRegistry(c.stakeVault, c.terms, address(c.microcellCourt), address(c.faultCourt));
        _at("NodeRegistry", address(registry), address(c.nodeRegistry));
        StakeVault vault = new StakeVault(
            StakeVault.Links({
                token: c.gpuck,
                registry: c.nodeRegistry,
                terms: c.terms,
                market: address(c.computeMarket),
                microcellCourt: address(c.microcellCourt),
                faultCourt: address(c.faultCourt),
                guardian: address(c.guardian),
                timelock: address(c.gpuckTimelock)
            })
        );
        _at("StakeVault", address(vault), address(c.stakeVault));
        StakedVotes votes = new StakedVotes(c.stakeVault);
        _at("StakedVotes", address(votes), address(c.stakedVotes));
    }

    function _deployCompute(Parameters memory p, Contracts memory c) private {
        ComputeMarket market = new ComputeMarket(
            ComputeMarket.Links({
                token: c.gpuck,
                registry: c.nodeRegistry,
                vault: c.stakeVault,
                certificate: c.carbonCertificate,
                factors: c.emissionFactors,
                terms: c.terms,
                court: address(c.microcellCourt),
                forcedOpening: address(c.forcedOpening),
                guardian: address(c.guardian),
                timelock: address(c.gpuckTimelock)
            })
        );
        _at("ComputeMarket", address(market), address(c.computeMarket));
        MicrocellCourt court =
            new MicrocellCourt(c.terms, c.computeMarket, c.nodeRegistry, c.stakeVault, address(c.forcedOpening));
        _at("MicrocellCourt", address(court), address(c.microcellCourt));
        ForcedOpening opening = new ForcedOpening(c.gpuck, c.terms, c.computeMarket, c.nodeRegistry, c.microcellCourt);
        _at("ForcedOpening", address(opening), address(c.forcedOpening));
        _deployFaultCourt(p, c);
    }

    function _deployFaultCourt(Parameters memory p, Contracts memory c) private {
        FaultCourt court = new FaultCourt(
            FaultSentence.Links(c.gpuck, c.nodeRegistry, c.stakeVault, c.carbonCertificate, c.terms),
            address(c.guardian),
            address(c.gpuckTimelock),
            p.panel,
            p.panelThreshold
        );
        _at("FaultCourt", address(court), address(c.faultCourt));
    }

    function _deployCarbon(Contracts memory c) private {
        EmissionFactors factors = new EmissionFactors(address(c.gpuckTimelock));
        _at("EmissionFactors", address(factors), address(c.emissionFactors));
        CarbonCertificate certificate = new CarbonCertificate(
            address(c.computeMarket), address(c.faultCourt), c.emissionFactors, c.retirementReceipt
        );
        _at("CarbonCertificate", address(certificate), address(c.carbonCertificate));
        RetirementReceipt receipt = new RetirementReceipt(c.carbonCertificate, c.retirementDocument);
        _at("RetirementReceipt", address(receipt), address(c.retirementReceipt));
        RetirementDocument document = new RetirementDocument(c.carbonCertificate, c.emissionFactors);
        _at("RetirementDocument", address(document), address(c.retirementDocument));
    }

    function _deployRewards(Parameters memory p, Contracts memory c) private {
        RewardRoots.Links memory links =
            RewardRoots.Links(c.gpuck, c.emission, c.terms, address(c.guardian), address(c.gpuckTimelock));
        GreenRewards rewards = new GreenRewards(links, p.recomputers, p.recomputerThreshold);
        _at("GreenRewards", address(rewards), address(c.greenRewards));
        IClaimedEnergy energy = IClaimedEnergy(address(c.computeMarket));
        GreenBoost boost = new GreenBoost(c.nodeRegistry, energy, c.retirementReceipt);
        _at("GreenBoost", address(boost), address(c.greenBoost));
    }

    function _deployTrade(Parameters memory p, Contracts memory c) private {
        CarbonMarket market =
            new CarbonMarket(c.gpuck, c.carbonCertificate, address(c.guardian), address(c.gpuckTimelock));
        _at("CarbonMarket", address(market), address(c.carbonMarket));
        CarbonPool.Links memory links = CarbonPool.Links({
            certificate: c.carbonCertificate,
            court: c.faultCourt,
            terms: c.terms,
            guardian: address(c.guardian),
            timelock: address(c.gpuckTimelock)
        });
        // The bounds keep both in range.
        // forge-lint: disable-next-line(unsafe-typecast)
        PoolFilter memory filter = PoolFilter(MeasurementTier(p.poolMinimumTier), uint32(p.poolMinimumHour));
        CarbonPool pool = new CarbonPool("Gplusck Green Wh", "GGWH", links, filter);
        _at("CarbonPool", address(pool), address(c.carbonPool));
        CarbonPair pair = new CarbonPair(c.gpuck, c.carbonPool, c.terms, address(c.guardian), address(c.gpuckTimelock));
        _at("CarbonPair", address(pair), address(c.carbonPair));
    }

    function _at(string memory name, address actual, address predicted) private pure {
        if (actual != predicted) revert AddressMispredicted(name);
    }
}
