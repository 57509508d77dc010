// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {ForcedOpeningBase} from "./ForcedOpeningBase.sol";

/// @title What the moves of a forced opening cost, as whole transactions
contract ForcedOpeningGasTest is ForcedOpeningBase {
    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_forcedOpening() public {
        _demandC();
        vm.snapshotGasLastCall("verify", "demandMatrix");
        _answer(0);
        vm.snapshotGasLastCall("verify", "answer, 32 children");
        _descend(0);
        vm.snapshotGasLastCall("verify", "descend");
        vm.warp(START + ROUND);
        c.forcedOpening.close(demandId);
        vm.snapshotGasLastCall("verify", "close, operator silent");
        batchId = _commit(keccak256("another batch"), 1);
        vm.prank(verifier);
        demandId = c.forcedOpening.demandCell(batchId);
        vm.snapshotGasLastCall("verify", "demandCell");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_reveal() public {
        _playToTheLeaf();
        c.forcedOpening.reveal(demandId, path.leaf);
        vm.snapshotGasLastCall("verify", "reveal, 64 elements");
    }
}
