// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {CourtFixture} from "./CourtFixture.sol";

/// @title What a case costs, as whole transactions
contract FaultCourtGasTest is CourtFixture {
    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_case() public {
        uint256 id = _accuse();
        vm.snapshotGasLastCall("faultcourt", "accuse");
        _respond(id);
        vm.snapshotGasLastCall("faultcourt", "respond");
        _vote(0, id, true);
        vm.snapshotGasLastCall("faultcourt", "vote");
        _vote(1, id, true);
        vm.snapshotGasLastCall("faultcourt", "vote, ruling");
        _appeal(operator, id);
        vm.snapshotGasLastCall("faultcourt", "appeal");
        _decide(id, true);
        vm.snapshotGasLastCall("faultcourt", "decide");
        c.faultCourt.finish(id);
        vm.snapshotGasLastCall("faultcourt", "finish, upheld");
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_dismissal() public {
        uint256 id = _accuse();
        _toStageEnd(id);
        c.faultCourt.finish(id);
        vm.snapshotGasLastCall("faultcourt", "finish, dismissed");
    }
}
