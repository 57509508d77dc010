// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "./Contracts.sol";
import {Deployment} from "./Deployment.sol";
import {DeploymentRecord} from "./DeploymentRecord.sol";
import {Environment} from "./Environment.sol";
import {vm} from "./Vm.sol";

/// @title Deploys Gplusck to a chain
/// @notice forge script script/Deploy.s.sol --rpc-url URL --private-key KEY --broadcast
/// Parameters come from the environment. With DEPLOYMENT_FILE the addresses are written there as JSON; with
/// MANIFEST_FILE a manifest for the indexer, which names the ABIs under ABI_FOLDER (forge's output when not set). forge
/// writes both before it broadcasts, so trust them once forge has exited with 0.
contract Deploy {
    function run() external returns (Contracts memory contracts) {
        address deployer = msg.sender;
        uint256 firstBlock = block.number;
        vm.startBroadcast(deployer);
        contracts = Deployment.deploy(Environment.read(deployer), deployer);
        vm.stopBroadcast();
        string memory file = vm.envOr("DEPLOYMENT_FILE", string(""));
        if (bytes(file).length > 0) vm.writeJson(DeploymentRecord.toJson(contracts, firstBlock), file);
        string memory manifest = vm.envOr("MANIFEST_FILE", string(""));
        if (bytes(manifest).length == 0) return contracts;
        string memory abiFolder = vm.envOr("ABI_FOLDER", string.concat(vm.projectRoot(), "/out"));
        vm.writeJson(DeploymentRecord.toManifest(contracts, firstBlock, abiFolder), manifest);
    }
}
