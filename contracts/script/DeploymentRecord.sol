// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractList, Contracts} from "./Contracts.sol";
import {vm} from "./Vm.sol";

/// @title What is written down about a deployment
library DeploymentRecord {
    /// @notice {"chainId", "block", "contracts": {name: address}}.
    /// @param firstBlock a block that no deployed contract is older than.
    function toJson(Contracts memory c, uint256 firstBlock) internal returns (string memory) {
        string[] memory names = ContractList.names();
        address[] memory addresses = c.addresses();
        string memory list;
        for (uint256 i = 0; i < names.length; ++i) {
            list = vm.serializeAddress("contracts", names[i], addresses[i]);
        }
        vm.serializeUint("deployment", "chainId", block.chainid);
        vm.serializeUint("deployment", "block", firstBlock);
        return vm.serializeString("deployment", "contracts", list);
    }

    /// @notice A manifest for `./gplusck index` (docs/indexer.md): every contract from `firstBlock` on, and the
    /// balances of GPUCK.
    /// @param abiFolder where `Name.sol/Name.json` lies for each contract; absolute, or relative to the manifest.
    function toManifest(Contracts memory c, uint256 firstBlock, string memory abiFolder)
        internal
        pure
        returns (string memory json)
    {
        string[] memory names = ContractList.names();
        address[] memory addresses = c.addresses();
        for (uint256 i = 0; i < names.length; ++i) {
            string memory abiPath = string.concat(abiFolder, "/", names[i], ".sol/", names[i], ".json");
            json = string.concat(json, i == 0 ? "" : ",", _entry(names[i], addresses[i], abiPath, firstBlock));
        }
        return string.concat('{"schema":"gplusck","contracts":[', json, "]}");
    }

    function _entry(string memory name, address deployed, string memory abiPath, uint256 firstBlock)
        private
        pure
        returns (string memory)
    {
        bool isToken = keccak256(bytes(name)) == keccak256("Gpuck");
        return string.concat(
            '{"name":"',
            name,
            '","address":"',
            vm.toString(deployed),
            '","abi":"',
            abiPath,
            '","startBlock":',
            vm.toString(firstBlock),
            isToken ? ',"projections":["erc20_balance"]}' : "}"
        );
    }
}
