// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {CertificateId} from "../../src/carbon/CertificateId.sol";
import {CertificateClass} from "../../src/carbon/ICarbonCertificate.sol";
import {RetirementRecord} from "../../src/carbon/RetirementRecord.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {Base} from "../Base.t.sol";
import {CarbonHandler} from "./CarbonHandler.sol";

/// @title What stays true of certificates and receipts through any sequence of work, trade, retirement and voiding
contract CarbonInvariantTest is Base {
    using CertificateId for uint256;

    /// @dev The shape forge reads for a contract's fuzzed functions.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    CarbonHandler internal handler;

    function setUp() public override {
        super.setUp();
        address[] memory operators = new address[](3);
        (operators[0], operators[1], operators[2]) = (operator, otherStaker, verifier);
        EnergySource[3] memory sources = [EnergySource.Wind, EnergySource.Gas, EnergySource.Solar];
        for (uint256 i = 0; i < operators.length; ++i) {
            uint48 nodeId = _register(operators[i], sources[i], 0);
            _stake(operators[i], nodeId, 20_000 ether);
            c.nodeRegistry.activate(nodeId);
        }
        address[] memory holders = new address[](5);
        (holders[0], holders[1], holders[2]) = (operator, otherStaker, verifier);
        (holders[3], holders[4]) = (staker, stranger);
        handler = new CarbonHandler(c, operators, holders, _longJob());
        for (uint256 i = 0; i < 6; ++i) {
            handler.commit(i, uint32(300 + 100 * i));
            handler.pass(1 hours);
        }
        for (uint256 i = 0; i < 6; ++i) {
            handler.settle(i);
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), handler.actions());
    }

    /// @dev I44.
    function invariant_whatWasMintedIsHeldOrRetired() public view {
        uint256[] memory ids = handler.allIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            uint256 minted = c.carbonCertificate.totalMinted(id);
            vm.assertEq(minted, handler.mintedWh(id), "minted = settled");
            uint256 held = handler.heldByAll(id);
            vm.assertEq(minted, held + c.carbonCertificate.totalRetired(id), "minted = held + retired");
        }
    }

    /// @dev I45.
    function invariant_retiredAmountsOnlyGrowAndReceiptsAddUpToThem() public view {
        vm.assertFalse(handler.retiredFell(), "a retired amount fell");
        uint256 retired = 0;
        uint256[] memory ids = handler.allIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            uint256 total = c.carbonCertificate.totalRetired(id);
            vm.assertEq(total, handler.retiredWh(id), "as the handler retired");
            vm.assertEq(total, handler.retiredByAll(id), "of all accounts");
            retired += total;
        }
        uint256 onReceipts = 0;
        uint256 lines = 0;
        for (uint256 receiptId = 1; receiptId <= c.carbonCertificate.receiptCount(); ++receiptId) {
            RetirementRecord memory record = c.retirementReceipt.record(receiptId);
            vm.assertEq(record.firstRetirementId, lines + 1, "numbered in a row");
            lines += record.ids.length;
            for (uint256 i = 0; i < record.wattHours.length; ++i) {
                onReceipts += record.wattHours[i];
            }
        }
        vm.assertEq(onReceipts, retired, "Wh on receipts");
        vm.assertEq(lines, c.carbonCertificate.retirementCount(), "lines on receipts");
        vm.assertEq(lines, handler.retirements(), "one for each retirement");
    }

    /// @dev I46.
    function invariant_anHourMintsAtMostWhatWasMeasuredAndTheNameplateAllows() public view {
        uint256[] memory ids = handler.allIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            uint256 minted = 0;
            for (uint256 j = 0; j < ids.length; ++j) {
                bool sameHour = ids[j].nodeOf() == id.nodeOf() && ids[j].hourOf() == id.hourOf();
                if (sameHour) minted += c.carbonCertificate.totalMinted(ids[j]);
            }
            vm.assertEq(minted, handler.settledWh(id.nodeOf(), id.hourOf()), "each settled batch once");
            vm.assertLe(minted, c.computeMarket.claimedWh(id.nodeOf(), id.hourOf()), "measured");
            vm.assertLe(minted, handler.NAMEPLATE(), "nameplate");
        }
    }

    /// @dev I48.
    function invariant_factorsAreAppendOnlyAndFootprintsExact() public view {
        for (uint16 version = 1; version <= c.emissionFactors.current(); ++version) {
            for (uint256 i = 0; i < 12; ++i) {
                vm.assertEq(
                    c.emissionFactors.gramsPerKwh(version, EnergySource(i)), handler.grams(version, i), "factor"
                );
            }
        }
        uint256[] memory ids = handler.allIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            CertificateClass memory class = c.carbonCertificate.classOf(id);
            uint256 minted = c.carbonCertificate.totalMinted(id);
            vm.assertEq(
                c.carbonCertificate.footprint(id, minted),
                minted * handler.grams(class.factorVersion, uint256(class.source)),
                "mgCO2e = Wh * g/kWh of the set at minting"
            );
        }
    }

    /// @dev I49. Retired Wh are in no balance (I44); for the boost each counts once, for the account it was taken from.
    function invariant_eachRetiredWhCountsOnceForTheBoost() public view {
        uint256 counted = 0;
        uint256 recent = 0;
        uint48 past = uint48(block.timestamp - 1);
        address[] memory holders = handler.allHolders();
        for (uint256 i = 0; i < holders.length; ++i) {
            address account = holders[i];
            uint256 now_ = handler.greenWhAt(account, block.timestamp);
            uint256 wattHours = c.retirementReceipt.pastRetiredGreenWh(account, past);
            vm.assertEq(wattHours, handler.greenWh(account) - now_, "of the account");
            (counted, recent) = (counted + wattHours, recent + now_);
        }
        uint256 green = 0;
        uint256[] memory ids = handler.allIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            if (id.isGreen()) green += c.carbonCertificate.totalRetired(id);
        }
        vm.assertEq(counted + recent, green, "of all");
    }

    /// @dev I51. There is no buffer pool: a receipt shows what was voided after it was issued.
    function invariant_voidHoursStandStillAndOthersSurviveTheirNodesJail() public view {
        vm.assertFalse(handler.voidMoved(), "void Wh moved");
        uint256[] memory ids = handler.allIds();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            bool expected = handler.everVoid(id.nodeOf(), id.hourOf());
            vm.assertTrue(c.carbonCertificate.isVoid(id) == expected, "void for good, and no other");
        }
    }

    function _longJob() private returns (uint256 jobId) {
        vm.prank(requester);
        return c.computeMarket.postJob("spec", "input", 1_000, 1 ether, uint64(block.timestamp + 365 days));
    }
}
