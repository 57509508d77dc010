// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Parameters} from "../../script/Parameters.sol";
import {vm} from "../../script/Vm.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Base} from "../Base.t.sol";

/// @title Paying oneself for work nobody asked for always loses
/// @dev The requester, the operator and every staker are one party, and the whole emission goes to it besides.
contract WashTradingTest is Base {
    struct Split {
        uint16 operatorBps;
        uint16 stakersBps;
        uint16 treasuryBps;
        uint16 commissionBps;
    }

    uint256 internal constant BUDGET = 1_000_000 ether;

    /// forge-config: default.fuzz.runs = 24
    /// forge-config: long.fuzz.runs = 1_000
    /// @dev Any split within the bounds, any commission, any fees, minted epoch by epoch or all at the end.
    function testFuzz_washTrading_alwaysLoses(Split memory split, uint256[4] memory fees, bool mintAtOnce) public {
        _deployWith(split);
        uint256 nodeId = _register(operator, EnergySource.Solar, uint16(bound(split.commissionBps, 0, 10_000)));
        _stake(operator, uint48(nodeId), 10_000 ether);
        _stake(staker, uint48(nodeId), 90_000 ether);
        c.nodeRegistry.activate(uint48(nodeId));
        uint256 before = _wealth(uint48(nodeId));
        uint256 burned = 0;
        for (uint256 i = 0; i < fees.length; ++i) {
            // From a wei, where rounding weighs most, to what fills the budget many times over.
            burned += _settleFee(bound(fees[i], 1, i % 2 == 0 ? 20 : 2_000_000 ether));
            if (!mintAtOnce) _mintEpochs();
            uint256 lost = before - _wealth(uint48(nodeId));
            vm.assertGt(lost, 0, "never for free");
            vm.assertGe(lost * 10, burned, "at least a tenth of what burned");
        }
        _mintEpochs();
        vm.assertGe((before - _wealth(uint48(nodeId))) * 10, burned, "with every epoch minted");
    }

    /// @dev What the party owns: wallets, the whole pool, and everything that was emitted.
    function _wealth(uint48 nodeId) private view returns (uint256) {
        return c.gpuck.balanceOf(requester) + c.gpuck.balanceOf(operator) + c.gpuck.balanceOf(staker)
            + c.stakeVault.stakeBehind(nodeId) + c.gpuck.balanceOf(address(c.greenRewards));
    }

    function _mintEpochs() private {
        vm.warp(block.timestamp + 1 days);
        while (c.emission.nextEpoch() < c.emission.currentEpoch()) {
            c.emission.mintEpoch(c.emission.nextEpoch());
        }
    }

    function _deployWith(Split memory split) private {
        Parameters memory p = _parameters();
        p.epochBudgetWei = BUDGET;
        p.epochsPerStep = 10;
        p.durations.challenge = 60;
        p.shares.treasuryBps = uint16(bound(split.treasuryBps, 0, 2_000));
        p.shares.operatorBps = uint16(bound(split.operatorBps, 0, 9_000 - p.shares.treasuryBps));
        p.shares.stakersBps = uint16(bound(split.stakersBps, 0, 9_000 - p.shares.treasuryBps - p.shares.operatorBps));
        c = _deploy(p);
        _fund();
    }
}
