// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CarbonBase} from "./CarbonBase.sol";
import {vm} from "../../script/Vm.sol";

contract CarbonCertificateTest is CarbonBase {
    function test_uri() public {
        uint256 id = _mint(staker, 1);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
        c.retirementReceipt.tokenURI(1);
    }
}
