// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractList, Contracts} from "../../script/Contracts.sol";
import {Deploy} from "../../script/Deploy.s.sol";
import {DeploymentRecord} from "../../script/DeploymentRecord.sol";
import {ParameterBounds, Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {EntryPause} from "../../src/governance/EntryPause.sol";
import {Base} from "../Base.t.sol";

contract DeployTest is Base {
    function test_deploy_linksEveryContract() public view {
        vm.assertEq(c.gpuck.emission(), address(c.emission), "gpuck.emission");
        vm.assertEq(address(c.emission.token()), address(c.gpuck), "emission.token");
        vm.assertEq(c.emission.recipient(), address(c.greenRewards), "emission.recipient");
        vm.assertEq(address(c.nodeRegistry.vault()), address(c.stakeVault), "registry.vault");
        vm.assertEq(c.nodeRegistry.microcellCourt(), address(c.microcellCourt), "registry.microcellCourt");
        vm.assertEq(c.stakeVault.market(), address(c.computeMarket), "vault.market");
        vm.assertEq(c.stakeVault.microcellCourt(), address(c.microcellCourt), "vault.microcellCourt");
        vm.assertEq(c.nodeRegistry.faultCourt(), address(c.faultCourt), "registry.faultCourt");
        vm.assertEq(c.stakeVault.faultCourt(), address(c.faultCourt), "vault.faultCourt");
        vm.assertEq(c.carbonCertificate.faultCourt(), address(c.faultCourt), "certificate.faultCourt");
        vm.assertEq(address(c.faultCourt.vault()), address(c.stakeVault), "faultCourt.vault");
        vm.assertEq(address(c.faultCourt.registry()), address(c.nodeRegistry), "faultCourt.registry");
        vm.assertEq(address(c.faultCourt.certificate()), address(c.carbonCertificate), "faultCourt.certificate");
        vm.assertEq(c.faultCourt.timelock(), address(c.gpuckTimelock), "faultCourt.timelock");
        vm.assertEq(c.faultCourt.guardian(), address(c.guardian), "faultCourt.guardian");
        vm.assertTrue(c.faultCourt.isOnPanel(_panel()[2]), "faultCourt.panel");
        vm.assertEq(address(c.greenBoost.receipt()), address(c.retirementReceipt), "boost.receipt");
        vm.assertEq(c.computeMarket.court(), address(c.microcellCourt), "market.court");
        vm.assertEq(c.computeMarket.forcedOpening(), address(c.forcedOpening), "market.forcedOpening");
        vm.assertEq(c.computeMarket.timelock(), address(c.gpuckTimelock), "market.timelock");
        vm.assertEq(c.computeMarket.guardian(), address(c.guardian), "market.guardian");
        vm.assertEq(c.microcellCourt.forcedOpening(), address(c.forcedOpening), "court.forcedOpening");
        vm.assertEq(address(c.forcedOpening.court()), address(c.microcellCourt), "forcedOpening.court");
        vm.assertEq(address(c.computeMarket.certificate()), address(c.carbonCertificate), "market.certificate");
        vm.assertEq(c.carbonCertificate.market(), address(c.computeMarket), "certificate.market");
        vm.assertEq(c.emissionFactors.curator(), address(c.gpuckTimelock), "factors.curator");
        vm.assertEq(c.greenRewards.timelock(), address(c.gpuckTimelock), "rewards.timelock");
        vm.assertEq(c.greenRewards.guardian(), address(c.guardian), "rewards.guardian");
        vm.assertTrue(c.greenRewards.isRecomputer(_recomputers()[2]), "rewards.recomputers");
        vm.assertEq(c.terms.timelock(), address(c.gpuckTimelock), "terms.timelock");
        vm.assertEq(address(c.guardian.governor()), address(c.gpuckGovernor), "guardian.governor");
        vm.assertEq(address(c.guardian.rewards()), address(c.greenRewards), "guardian.rewards");
        vm.assertEq(c.guardian.timelock(), address(c.gpuckTimelock), "guardian.timelock");
        vm.assertEq(c.guardian.council(), council, "guardian.council");
        vm.assertEq(address(c.gpuckGovernor.token()), address(c.gpuck), "governor.token");
        vm.assertEq(c.gpuckGovernor.timelock(), address(c.gpuckTimelock), "governor.timelock");
        vm.assertEq(c.gpuckGovernor.proposalGuardian(), address(c.guardian), "governor.proposalGuardian");
        vm.assertEq(address(c.gpuckGovernor.stakedVotes()), address(c.stakedVotes), "governor.stakedVotes");
        vm.assertEq(address(c.gpuckGovernor.registry()), address(c.nodeRegistry), "governor.registry");
        vm.assertEq(address(c.emission.market()), address(c.computeMarket), "emission.market");
        vm.assertEq(c.gpuck.balanceOf(deployer), 0, "the deployer keeps nothing");
    }

    function test_deploy_linksTheContractsOfTrade() public view {
        vm.assertEq(address(c.carbonMarket.token()), address(c.gpuck), "carbonMarket.token");
        vm.assertEq(address(c.carbonMarket.certificate()), address(c.carbonCertificate), "carbonMarket.certificate");
        vm.assertEq(address(c.carbonPool.certificate()), address(c.carbonCertificate), "pool.certificate");
        vm.assertEq(address(c.carbonPool.court()), address(c.faultCourt), "pool.court");
        vm.assertEq(address(c.carbonPool.terms()), address(c.terms), "pool.terms");
        vm.assertEq(uint256(c.carbonPool.filter().minimumTier), _parameters().poolMinimumTier, "pool's tier");
        vm.assertEq(c.carbonPool.filter().minimumHour, _parameters().poolMinimumHour, "pool's hour");
        vm.assertEq(address(c.carbonPair.gpuckToken()), address(c.gpuck), "pair.gpuckToken");
        vm.assertEq(address(c.carbonPair.unitToken()), address(c.carbonPool), "pair.unitToken");
        vm.assertEq(address(c.carbonPair.terms()), address(c.terms), "pair.terms");
        EntryPause[3] memory doors = [EntryPause(c.carbonMarket), EntryPause(c.carbonPool), EntryPause(c.carbonPair)];
        for (uint256 i = 0; i < doors.length; ++i) {
            vm.assertEq(doors[i].guardian(), address(c.guardian), "guardian");
            vm.assertEq(doors[i].timelock(), address(c.gpuckTimelock), "timelock");
        }
    }

    function test_parameters_boundThePool() public {
        Parameters memory p = _parameters();
        p.poolMinimumTier = 4;
        _expectOutOfBounds(p, "POOL_MINIMUM_TIER", 4, 0, 3);
        p = _parameters();
        p.poolMinimumHour = 1 << 32;
        _expectOutOfBounds(p, "POOL_MINIMUM_HOUR", 1 << 32, 0, type(uint32).max);
        p = _parameters();
        (p.poolMinimumTier, p.poolMinimumHour) = (3, type(uint32).max);
        this.requireBounded(p);
    }

    /// @dev The names against the fields: what nothing but the order in the list holds together.
    function test_names_areThoseOfTheContracts() public view {
        address[] memory addresses = c.addresses();
        string[] memory names = ContractList.names();
        for (uint256 i = 0; i < names.length; ++i) {
            bytes memory compiled = vm.getDeployedCode(string.concat(names[i], ".sol:", names[i]));
            vm.assertEq(addresses[i].code.length, compiled.length, names[i]);
        }
    }

    /// @dev EIP-170 and EIP-3860. A constructor's arguments, which come on top, are words and a few short lists.
    function test_size_ofEveryContractIsUnderTheLimit() public view {
        string[] memory names = ContractList.names();
        for (uint256 i = 0; i < names.length; ++i) {
            string memory artifact = string.concat(names[i], ".sol:", names[i]);
            vm.assertLe(vm.getDeployedCode(artifact).length, 24_576, names[i]);
            vm.assertLe(vm.getCode(artifact).length, 49_152 - 2_048, string.concat("creation of ", names[i]));
        }
    }

    function test_record_namesEveryContract() public {
        string memory json = DeploymentRecord.toJson(c, 41);
        vm.assertEq(vm.parseJsonUint(json, ".chainId"), 31_337, "chain");
        vm.assertEq(vm.parseJsonUint(json, ".block"), 41, "block");
        string[] memory names = ContractList.names();
        address[] memory addresses = c.addresses();
        vm.assertEq(vm.parseJsonKeys(json, ".contracts").length, names.length, "as many");
        for (uint256 i = 0; i < names.length; ++i) {
            vm.assertEq(vm.parseJsonAddress(json, string.concat(".contracts.", names[i])), addresses[i], names[i]);
        }
    }

    function test_manifest_tellsTheIndexerEveryContract() public view {
        string memory json = DeploymentRecord.toManifest(c, 41, "abi");
        vm.assertEq(vm.parseJsonString(json, ".schema"), "gplusck", "schema");
        vm.assertEq(vm.parseJsonString(json, ".contracts[0].projections[0]"), "erc20_balance", "balances of GPUCK");
        string[] memory names = ContractList.names();
        address[] memory addresses = c.addresses();
        for (uint256 i = 0; i < names.length; ++i) {
            string memory entry = string.concat(".contracts[", vm.toString(i), "]");
            string memory path = string.concat("abi/", names[i], ".sol/", names[i], ".json");
            vm.assertEq(vm.parseJsonString(json, string.concat(entry, ".name")), names[i], "name");
            vm.assertEq(vm.parseJsonAddress(json, string.concat(entry, ".address")), addresses[i], "address");
            vm.assertEq(vm.parseJsonString(json, string.concat(entry, ".abi")), path, "abi");
            vm.assertEq(vm.parseJsonUint(json, string.concat(entry, ".startBlock")), 41, "startBlock");
        }
    }

    function test_run_readsTheEnvironmentAndWritesTheFiles() public {
        string memory path = "./cache/deployment-of-a-test.json";
        string memory manifestPath = "./cache/manifest-of-a-test.json";
        vm.setEnv("DEPLOYMENT_FILE", path);
        vm.setEnv("MANIFEST_FILE", manifestPath);
        vm.setEnv("CHALLENGE_SECONDS", "33");
        vm.setEnv("SLASH_BPS", "777");
        vm.setEnv("ROOT_CAP_WEI", "2000000000000000000");
        vm.setEnv("QUORUM_PERCENT", "7");
        string memory first = "0x00000000000000000000000000000000000000a1";
        vm.setEnv("REWARD_RECOMPUTERS", string.concat(first, ",0x00000000000000000000000000000000000000a2"));
        c = new Deploy().run();
        string memory json = vm.readFile(path);
        string memory manifest = vm.readFile(manifestPath);
        vm.removeFile(path);
        vm.removeFile(manifestPath);
        vm.assertEq(c.terms.challengeSeconds(), 33, "from the environment");
        vm.assertEq(c.terms.shares().slashBps, 777, "a share");
        vm.assertEq(c.terms.rootCapWei(), 2 ether, "an amount");
        vm.assertEq(c.gpuckGovernor.quorumNumerator(), 7, "a rule of voting");
        vm.assertTrue(c.greenRewards.isRecomputer(address(0xa1)), "the first recomputer");
        vm.assertTrue(c.greenRewards.isRecomputer(address(0xa2)), "the second recomputer");
        vm.assertEq(c.terms.unbondingSeconds(), 14 days, "the default");
        vm.assertEq(c.gpuck.balanceOf(address(this)), 600_000_000 ether, "genesis held by the sender");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.ComputeMarket"), address(c.computeMarket), "written");
        vm.assertEq(
            vm.parseJsonString(manifest, ".contracts[0].abi"),
            string.concat(vm.projectRoot(), "/out/Gpuck.sol/Gpuck.json"),
            "the ABI where forge put it"
        );
    }

    function test_parameters_boundEpochsAndSupply() public {
        Parameters memory p = _parameters();
        p.genesisHolder = address(0);
        _expectOutOfBounds(p, "GENESIS_HOLDER", 0, 1, type(uint160).max);
        p = _parameters();
        p.capWei = 4e27 + 1;
        _expectOutOfBounds(p, "CAP_WEI", 4e27 + 1, 1 ether, 4e27);
        p = _parameters();
        p.genesisSupplyWei = p.capWei + 1;
        _expectOutOfBounds(p, "GENESIS_SUPPLY_WEI", p.capWei + 1, 1 ether, p.capWei);
        p = _parameters();
        p.epochBudgetWei = p.capWei + 1;
        _expectOutOfBounds(p, "EPOCH_BUDGET_WEI", p.capWei + 1, 0, p.capWei);
        p = _parameters();
        p.epochsPerStep = 0;
        _expectOutOfBounds(p, "EPOCHS_PER_STEP", 0, 1, 36_500);
        p = _parameters();
        p.epochSeconds = 31 days + 1;
        _expectOutOfBounds(p, "EPOCH_SECONDS", 31 days + 1, 1, 31 days);
    }

    function test_parameters_areStricterOffTheDevelopmentChain() public {
        Parameters memory p = _parameters();
        p.epochSeconds = 30;
        this.requireBounded(p);
        vm.chainId(1);
        _expectOutOfBounds(p, "EPOCH_SECONDS", 30, 1 hours, 31 days);
        this.requireBounded(_parameters());
    }

    /// @dev Everything at its default, on a chain that is no development chain.
    function test_deploy_worksOnAnyChain() public {
        vm.chainId(1);
        Contracts memory there = _deploy(_parameters());
        vm.assertEq(there.terms.unbondingSeconds(), 14 days, "unbonding");
        vm.assertEq(there.gpuckTimelock.getMinDelay(), 2 days, "timelock");
        vm.assertEq(there.gpuckGovernor.votingPeriod(), 5 days, "voting");
    }

    /// @dev A call of its own, so that a revert can be expected.
    function requireBounded(Parameters memory p) external view {
        p.requireBounded();
    }

    function _expectOutOfBounds(Parameters memory p, string memory name, uint256 value, uint256 low, uint256 high)
        private
    {
        vm.expectRevert(abi.encodeWithSelector(ParameterBounds.ParameterOutOfBounds.selector, name, value, low, high));
        this.requireBounded(p);
    }
}
