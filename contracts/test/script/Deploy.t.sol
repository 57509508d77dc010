// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Deploy} from "../../script/Deploy.s.sol";
import {ParameterBounds, Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
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
        vm.assertEq(c.computeMarket.court(), address(c.microcellCourt), "market.court");
        vm.assertEq(c.computeMarket.treasury(), address(c.gpuckTimelock), "market.treasury");
        vm.assertEq(address(c.computeMarket.certificate()), address(c.carbonCertificate), "market.certificate");
        vm.assertEq(c.carbonCertificate.market(), address(c.computeMarket), "certificate.market");
        vm.assertEq(c.emissionFactors.curator(), address(c.gpuckTimelock), "factors.curator");
        vm.assertEq(c.greenRewards.timelock(), address(c.gpuckTimelock), "rewards.timelock");
        vm.assertEq(c.greenRewards.guardian(), address(c.guardian), "rewards.guardian");
        vm.assertTrue(c.greenRewards.isRecomputer(_recomputers()[2]), "rewards.recomputers");
        vm.assertEq(address(c.gpuckGovernor.token()), address(c.gpuck), "governor.token");
        vm.assertEq(c.gpuck.balanceOf(deployer), 0, "the deployer keeps nothing");
    }

    function test_toJson_namesEveryContract() public {
        Deploy script = new Deploy();
        string memory json = script.toJson(c, 41);
        vm.assertEq(vm.parseJsonUint(json, ".chainId"), 31_337, "chain");
        vm.assertEq(vm.parseJsonUint(json, ".block"), 41, "block");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.Gpuck"), address(c.gpuck), "Gpuck");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.Emission"), address(c.emission), "Emission");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.NodeRegistry"), address(c.nodeRegistry), "NodeRegistry");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.StakeVault"), address(c.stakeVault), "StakeVault");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.ComputeMarket"), address(c.computeMarket), "ComputeMarket");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.MicrocellCourt"), address(c.microcellCourt), "Court");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.EmissionFactors"), address(c.emissionFactors), "Factors");
        vm.assertEq(
            vm.parseJsonAddress(json, ".contracts.CarbonCertificate"), address(c.carbonCertificate), "Certificate"
        );
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.GreenRewards"), address(c.greenRewards), "GreenRewards");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.GpuckTimelock"), address(c.gpuckTimelock), "Timelock");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.GpuckGovernor"), address(c.gpuckGovernor), "Governor");
    }

    function test_run_readsTheEnvironmentAndWritesTheFile() public {
        string memory path = "./cache/deployment-of-a-test.json";
        vm.setEnv("DEPLOYMENT_FILE", path);
        vm.setEnv("CHALLENGE_SECONDS", "33");
        string memory first = "0x00000000000000000000000000000000000000a1";
        vm.setEnv("REWARD_RECOMPUTERS", string.concat(first, ",0x00000000000000000000000000000000000000a2"));
        Deploy script = new Deploy();
        c = script.run();
        string memory json = vm.readFile(path);
        vm.removeFile(path);
        vm.assertEq(c.computeMarket.challengeSeconds(), 33, "from the environment");
        vm.assertTrue(c.greenRewards.isRecomputer(address(0xa1)), "the first recomputer");
        vm.assertTrue(c.greenRewards.isRecomputer(address(0xa2)), "the second recomputer");
        vm.assertEq(c.terms.unbondingSeconds(), 14 days, "the default");
        vm.assertEq(c.gpuck.balanceOf(address(this)), 600_000_000 ether, "genesis held by the sender");
        vm.assertEq(vm.parseJsonAddress(json, ".contracts.ComputeMarket"), address(c.computeMarket), "written");
    }

    function test_parameters_areStricterOffTheDevelopmentChain() public {
        Parameters memory p = _parameters();
        p.durations.challenge = 20;
        p.epochSeconds = 30;
        this.requireBounded(p);
        vm.chainId(1);
        _expectOutOfBounds(p, "EPOCH_SECONDS", 30, 1 hours, 31 days);
        this.requireBounded(_parameters());
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
