// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CarbonCertificate} from "../src/carbon/CarbonCertificate.sol";
import {CarbonMarket} from "../src/carbon/CarbonMarket.sol";
import {CarbonPair} from "../src/carbon/CarbonPair.sol";
import {CarbonPool} from "../src/carbon/CarbonPool.sol";
import {EmissionFactors} from "../src/carbon/EmissionFactors.sol";
import {RetirementDocument} from "../src/carbon/RetirementDocument.sol";
import {RetirementReceipt} from "../src/carbon/RetirementReceipt.sol";
import {ComputeMarket} from "../src/compute/ComputeMarket.sol";
import {GpuckGovernor} from "../src/governance/GpuckGovernor.sol";
import {GpuckTimelock} from "../src/governance/GpuckTimelock.sol";
import {Guardian} from "../src/governance/Guardian.sol";
import {Terms} from "../src/governance/Terms.sol";
import {GreenBoost} from "../src/rewards/GreenBoost.sol";
import {GreenRewards} from "../src/rewards/GreenRewards.sol";
import {NodeRegistry} from "../src/staking/NodeRegistry.sol";
import {StakedVotes} from "../src/staking/StakedVotes.sol";
import {StakeVault} from "../src/staking/StakeVault.sol";
import {Emission} from "../src/token/Emission.sol";
import {Gpuck} from "../src/token/Gpuck.sol";
import {FaultCourt} from "../src/verify/FaultCourt.sol";
import {ForcedOpening} from "../src/verify/ForcedOpening.sol";
import {MicrocellCourt} from "../src/verify/MicrocellCourt.sol";
import {vm} from "./Vm.sol";

/// @notice The deployed contracts, in order of deployment. A new contract takes three lines: here, in `names`, and in
/// `Deployment`, at the same place in each.
struct Contracts {
    Gpuck gpuck;
    Emission emission;
    Terms terms;
    Guardian guardian;
    GpuckTimelock gpuckTimelock;
    GpuckGovernor gpuckGovernor;
    NodeRegistry nodeRegistry;
    StakeVault stakeVault;
    StakedVotes stakedVotes;
    ComputeMarket computeMarket;
    MicrocellCourt microcellCourt;
    ForcedOpening forcedOpening;
    FaultCourt faultCourt;
    EmissionFactors emissionFactors;
    CarbonCertificate carbonCertificate;
    RetirementReceipt retirementReceipt;
    RetirementDocument retirementDocument;
    GreenRewards greenRewards;
    GreenBoost greenBoost;
    CarbonMarket carbonMarket;
    CarbonPool carbonPool;
    CarbonPair carbonPair;
}

using ContractList for Contracts global;

/// @title The contracts as a list
/// @dev A struct of contracts is, in memory, one word for each: that is what turns the fields into a list and back.
library ContractList {
    /// @notice Names in the order of the fields.
    function names() internal pure returns (string[] memory) {
        string memory list = "Gpuck,Emission,Terms,Guardian,GpuckTimelock,GpuckGovernor";
        list = string.concat(list, ",NodeRegistry,StakeVault,StakedVotes");
        list = string.concat(list, ",ComputeMarket,MicrocellCourt,ForcedOpening,FaultCourt");
        list = string.concat(list, ",EmissionFactors,CarbonCertificate,RetirementReceipt,RetirementDocument");
        list = string.concat(list, ",GreenRewards,GreenBoost");
        list = string.concat(list, ",CarbonMarket,CarbonPool,CarbonPair");
        return vm.split(list, ",");
    }

    /// @notice The addresses that `deployer` deploys to from `nonce` on.
    function predict(address deployer, uint256 nonce) internal pure returns (Contracts memory c) {
        uint256 count = names().length;
        for (uint256 i = 0; i < count; ++i) {
            address predicted = vm.computeCreateAddress(deployer, nonce + i);
            assembly ("memory-safe") {
                mstore(add(c, mul(32, i)), predicted)
            }
        }
    }

    /// @notice Addresses in the order of `names`.
    function addresses(Contracts memory c) internal pure returns (address[] memory list) {
        list = new address[](names().length);
        for (uint256 i = 0; i < list.length; ++i) {
            address deployed;
            assembly ("memory-safe") {
                deployed := mload(add(c, mul(32, i)))
            }
            list[i] = deployed;
        }
    }
}
