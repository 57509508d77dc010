// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {vm} from "../../script/Vm.sol";
import {CertificateClass, ICarbonCertificate} from "../../src/carbon/ICarbonCertificate.sol";
import {ICarbonPool} from "../../src/carbon/ICarbonPool.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {IEntryPause} from "../../src/governance/IEntryPause.sol";
import {Shares} from "../../src/governance/ITerms.sol";
import {EnergySource} from "../../src/staking/INodeRegistry.sol";
import {TradeBase} from "./TradeBase.sol";

contract CarbonPoolTest is TradeBase {
    uint256 private constant UNIT = 1e18;

    function setUp() public override {
        super.setUp();
        _settleHours();
    }

    // --- deposit -----------------------------------------------------------------------------------------------------

    function test_deposit_mintsAUnitForEveryWh() public {
        _mint(maker, wind, 500);
        vm.expectEmit(address(c.carbonPool));
        emit ICarbonPool.Deposited(maker, solar, 300);
        vm.expectEmit(address(c.carbonPool));
        emit ICarbonPool.Deposited(maker, wind, 200);
        vm.prank(maker);
        vm.assertEq(c.carbonPool.deposit(_list(solar, wind), _list(300, 200)), 500 * UNIT, "units returned");
        vm.assertEq(c.carbonPool.balanceOf(maker), 500 * UNIT, "units");
        vm.assertEq(c.carbonPool.wattHoursOf(solar), 300, "solar");
        vm.assertEq(c.carbonPool.wattHoursOf(wind), 200, "wind");
        vm.assertEq(c.carbonPool.totalWattHours(), 500, "all");
        vm.assertEq(_held(address(c.carbonPool), solar), 300, "held");
        vm.assertEq(_held(maker, solar), 1_000_000 - 300, "given");
        vm.assertEq(c.carbonPool.decimals(), 18, "decimals");
    }

    function test_deposit_takesGreenSourcesOnly() public {
        for (uint8 i = 0; i <= uint8(type(EnergySource).max); ++i) {
            EnergySource source = EnergySource(i);
            uint256 id = _certificate(source, 9);
            bool green = source == EnergySource.Solar || source == EnergySource.Wind || source == EnergySource.Hydro
                || source == EnergySource.Geothermal;
            if (!green) vm.expectRevert(abi.encodeWithSelector(ICarbonPool.SourceNotGreen.selector, id, source));
            c.carbonPool.requireEligible(id);
        }
        uint256 coal = _certificate(EnergySource.Coal, 9);
        _mint(maker, coal, 5);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.SourceNotGreen.selector, coal, EnergySource.Coal));
        _deposit(maker, coal, 5);
    }

    function test_deposit_takesNoWeakerTier() public {
        for (uint8 i = 0; i <= uint8(type(MeasurementTier).max); ++i) {
            CertificateClass memory class = c.carbonCertificate.classOf(solar);
            class.tier = MeasurementTier(i);
            bytes memory reason = abi.encodeWithSelector(ICarbonPool.TierTooLow.selector, _pack(class), class.tier);
            if (class.tier < c.carbonPool.filter().minimumTier) vm.expectRevert(reason);
            c.carbonPool.requireEligible(_pack(class));
        }
    }

    function test_deposit_takesNoEarlierHour() public {
        uint32 minimum = c.carbonPool.filter().minimumHour;
        CertificateClass memory class = c.carbonCertificate.classOf(solar);
        class.hour = minimum;
        c.carbonPool.requireEligible(_pack(class));
        class.hour = minimum - 1;
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.HourTooEarly.selector, _pack(class), minimum - 1));
        c.carbonPool.requireEligible(_pack(class));
    }

    function test_deposit_takesFinalHoursOnly() public {
        CertificateClass memory class = c.carbonCertificate.classOf(solar);
        class.hour = uint32(block.timestamp / 1 hours);
        uint256 id = _pack(class);
        _mint(maker, id, 10);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.HourNotFinal.selector, id, class.nodeId, class.hour));
        _deposit(maker, id, 10);
        _settleHours();
        _deposit(maker, id, 10);
        vm.assertEq(c.carbonPool.balanceOf(maker), 10 * UNIT, "units");
    }

    function test_deposit_revertsForNothingOrUnpairedLists() public {
        vm.startPrank(maker);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.ZeroAmount.selector));
        c.carbonPool.deposit(new uint256[](0), new uint256[](0));
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.ZeroAmount.selector));
        c.carbonPool.deposit(_list(solar), _list(0));
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.LengthMismatch.selector, 1, 2));
        c.carbonPool.deposit(_list(solar), _list(1, 2));
        vm.stopPrank();
    }

    function test_deposit_revertsOverTheBalance() public {
        vm.expectPartialRevert(bytes4(keccak256("ERC1155InsufficientBalance(address,uint256,uint256,uint256)")));
        _deposit(maker, solar, 1_000_001);
        vm.assertEq(c.carbonPool.totalSupply(), 0, "no units");
    }

    function test_receive_refusesEverythingButDeposits() public {
        bytes memory refused = abi.encodeWithSelector(ICarbonPool.DepositsOnly.selector);
        address pool = address(c.carbonPool);
        vm.startPrank(maker);
        vm.expectRevert(refused);
        c.carbonCertificate.safeTransferFrom(maker, pool, solar, 1, "");
        vm.expectRevert(refused);
        c.carbonCertificate.safeBatchTransferFrom(maker, pool, _list(solar), _list(1), "");
        vm.expectRevert(refused);
        c.carbonPool.onERC1155BatchReceived(pool, maker, _list(solar), _list(1), "");
        vm.expectRevert(refused);
        c.carbonPool.onERC1155Received(pool, maker, solar, 1, "");
        vm.stopPrank();
    }

    function test_supportsInterface_ofReceiversAndIntrospection() public view {
        vm.assertTrue(c.carbonPool.supportsInterface(type(IERC1155Receiver).interfaceId), "receiver");
        vm.assertTrue(c.carbonPool.supportsInterface(0x01ffc9a7), "ERC-165");
        vm.assertFalse(c.carbonPool.supportsInterface(0xffffffff), "nothing else");
    }

    // --- redeem by choice --------------------------------------------------------------------------------------------

    function test_redeem_costsAUnitAWhAndTheFee() public {
        _deposit(maker, solar, 1_000);
        vm.expectEmit(address(c.carbonPool));
        emit ICarbonPool.Redeemed(maker, solar, 250, 250 * UNIT / 100);
        vm.prank(maker);
        vm.assertEq(c.carbonPool.redeem(_list(solar), _list(250), 252.5 ether), 252.5 ether, "units returned");
        vm.assertEq(c.carbonPool.balanceOf(maker), 747.5 ether, "units");
        vm.assertEq(c.carbonPool.feeUnits(), 2.5 ether, "fee");
        vm.assertEq(c.carbonPool.wattHoursOf(solar), 750, "left");
        vm.assertEq(c.carbonPool.totalWattHours(), 750, "all");
        vm.assertEq(_held(maker, solar), 1_000_000 - 750, "given back");
    }

    function test_redeem_takesTheFeeInForce() public {
        _deposit(maker, solar, 1_000);
        Shares memory shares = c.terms.shares();
        shares.redeemBps = 37;
        vm.prank(address(c.gpuckTimelock));
        c.terms.setShares(shares);
        vm.prank(maker);
        vm.assertEq(c.carbonPool.redeem(_list(solar), _list(1), 2 ether), 1.0037 ether, "units");
    }

    function test_redeem_revertsOverTheMaximum() public {
        _deposit(maker, solar, 1_000);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.TooManyUnits.selector, 101 ether, 101 ether - 1));
        vm.prank(maker);
        c.carbonPool.redeem(_list(solar), _list(100), 101 ether - 1);
    }

    function test_redeem_revertsForWhatIsNotInside() public {
        _deposit(maker, solar, 100);
        _deposit(taker, wind, 100);
        vm.startPrank(maker);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.NotInThePool.selector, solar, 100, 101));
        c.carbonPool.redeem(_list(solar), _list(101), 200 ether);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.NotInThePool.selector, solar, 40, 41));
        c.carbonPool.redeem(_list(solar, solar), _list(60, 41), 200 ether);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.ZeroAmount.selector));
        c.carbonPool.redeem(_list(solar), _list(0), 200 ether);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.ZeroAmount.selector));
        c.carbonPool.redeem(new uint256[](0), new uint256[](0), 0);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.LengthMismatch.selector, 2, 1));
        c.carbonPool.redeem(_list(solar, wind), _list(1), 200 ether);
        vm.stopPrank();
    }

    function test_redeem_revertsWithoutTheUnits() public {
        _deposit(maker, solar, 100);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientBalance(address,uint256,uint256)")));
        vm.prank(maker);
        c.carbonPool.redeem(_list(solar), _list(100), 200 ether);
    }

    // --- redeem the oldest -------------------------------------------------------------------------------------------

    function test_redeemOldest_givesWhatCameFirstWithoutAFee() public {
        _deposit(taker, wind, 100);
        _deposit(maker, solar, 100);
        _deposit(taker, wind, 50);
        vm.expectEmit(address(c.carbonPool));
        emit ICarbonPool.Redeemed(maker, wind, 90, 0);
        vm.prank(maker);
        (uint256[] memory ids, uint256[] memory amounts) = c.carbonPool.redeemOldest(90, 5, 90);
        vm.assertEq(keccak256(abi.encode(ids, amounts)), keccak256(abi.encode(_list(wind), _list(90))), "given");
        vm.assertEq(_held(maker, wind), 90, "held");
        vm.assertEq(c.carbonPool.balanceOf(maker), 10 ether, "units");
        vm.assertEq(c.carbonPool.feeUnits(), 0, "no fee");

        vm.prank(taker);
        (ids, amounts) = c.carbonPool.redeemOldest(100, 5, 100);
        bytes32 given = keccak256(abi.encode(ids, amounts));
        vm.assertEq(given, keccak256(abi.encode(_list(wind, solar), _list(60, 40))), "in the order they came");
        vm.assertEq(c.carbonPool.wattHoursOf(solar), 60, "left");
    }

    function test_redeemOldest_looksNoFurtherThanAsked() public {
        _deposit(taker, wind, 100);
        _deposit(maker, solar, 100);
        vm.startPrank(maker);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.TooFewWattHours.selector, 100, 101));
        c.carbonPool.redeemOldest(150, 1, 101);
        (, uint256[] memory amounts) = c.carbonPool.redeemOldest(150, 1, 100);
        vm.stopPrank();
        vm.assertEq(amounts.length, 1, "one id");
        vm.assertEq(amounts[0], 100, "all of it");
    }

    function test_redeemOldest_takesWhatThereIs() public {
        _deposit(maker, solar, 100);
        vm.prank(maker);
        (, uint256[] memory amounts) = c.carbonPool.redeemOldest(500, 9, 0);
        vm.assertEq(amounts[0], 100, "all of it");
        vm.assertEq(c.carbonPool.totalSupply(), 0, "no units are left");
    }

    /// @dev An id redeemed by choice keeps an empty place in the line; a call that wants nothing else passes it.
    function test_redeemOldest_passesEmptyPlaces() public {
        _deposit(maker, solar, 100);
        _deposit(taker, wind, 200);
        vm.startPrank(taker);
        c.carbonPool.redeem(_list(solar), _list(100), 101 ether);
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.TooFewWattHours.selector, 0, 1));
        c.carbonPool.redeemOldest(10, 1, 1);
        (uint256[] memory ids,) = c.carbonPool.redeemOldest(10, 1, 0);
        vm.assertEq(ids.length, 0, "nothing was given");
        vm.assertEq(c.carbonPool.balanceOf(taker), 99 ether, "and nothing taken");
        (ids,) = c.carbonPool.redeemOldest(10, 1, 10);
        vm.stopPrank();
        vm.assertEq(ids[0], wind, "the empty place is gone");
    }

    /// @dev Back before the front has passed it, an id has its old place; after that a new one.
    function test_redeemOldest_afterAnIdCameBack() public {
        _deposit(maker, solar, 100);
        _deposit(taker, wind, 200);
        vm.prank(taker);
        c.carbonPool.redeem(_list(solar), _list(100), 101 ether);
        _deposit(maker, solar, 7);
        vm.startPrank(taker);
        (uint256[] memory ids,) = c.carbonPool.redeemOldest(7, 1, 7);
        vm.assertEq(ids[0], solar, "its old place");
        vm.stopPrank();
        _deposit(maker, solar, 5);
        vm.prank(taker);
        (ids,) = c.carbonPool.redeemOldest(5, 1, 5);
        vm.assertEq(ids[0], wind, "behind the others");
    }

    // --- fees --------------------------------------------------------------------------------------------------------

    function test_retireFees_retiresTheirWholeWh() public {
        _deposit(maker, solar, 1_000);
        vm.prank(maker);
        c.carbonPool.redeem(_list(solar), _list(250), 300 ether);
        vm.expectEmit(address(c.carbonPool));
        emit ICarbonPool.FeesRetired(1, 2);
        vm.prank(stranger);
        vm.assertEq(c.carbonPool.retireFees(3), 1, "receipt");
        vm.assertEq(c.carbonPool.feeUnits(), 0.5 ether, "the half Wh waits");
        vm.assertEq(c.carbonPool.wattHoursOf(solar), 748, "left");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(address(c.carbonPool), solar), 2, "retired");
        vm.assertEq(c.retirementReceipt.ownerOf(1), address(c.carbonPool), "in the pool's name");
        vm.assertEq(c.carbonPool.totalSupply() + c.carbonPool.feeUnits(), 748 ether, "units = Wh");
        vm.expectRevert(abi.encodeWithSelector(ICarbonPool.ZeroAmount.selector));
        c.carbonPool.retireFees(3);
    }

    function test_retireFees_looksNoFurtherThanAsked() public {
        _mint(maker, wind, 1_000_000);
        _deposit(maker, wind, 1);
        _deposit(maker, solar, 1_000);
        vm.prank(maker);
        c.carbonPool.redeem(_list(solar), _list(500), 505 ether);
        c.carbonPool.retireFees(1);
        vm.assertEq(c.carbonPool.feeUnits(), 4 ether, "one Wh of the first id");
        c.carbonPool.retireFees(1);
        vm.assertEq(c.carbonPool.feeUnits(), 0, "the rest");
        vm.assertEq(c.carbonPool.wattHoursOf(solar), 496, "of the next");
    }

    // --- pause -------------------------------------------------------------------------------------------------------

    function test_pause_shutsDepositsButNoWayOut() public {
        _deposit(maker, solar, 1_000);
        uint64 until = uint64(block.timestamp + 14 days);
        vm.prank(address(c.guardian));
        c.carbonPool.pauseEntry();
        vm.expectRevert(abi.encodeWithSelector(IEntryPause.EntryPaused.selector, until));
        _deposit(maker, solar, 1);
        vm.startPrank(maker);
        c.carbonPool.redeem(_list(solar), _list(100), 101 ether);
        c.carbonPool.redeemOldest(100, 1, 100);
        c.carbonPool.retireFees(1);
        vm.stopPrank();
        vm.assertEq(c.carbonPool.totalWattHours(), 799, "all three went on");
    }

    /// @dev Units may be sent by permit, so that adding liquidity needs no transaction before it.
    function test_units_takePermits() public view {
        vm.assertTrue(c.carbonPool.DOMAIN_SEPARATOR() != bytes32(0), "ERC-2612");
    }

    /// @dev What is inside was final when it came, so voiding its hour later is refused by the court's own clock; were
    /// it void all the same, only leaving would fail, never the books.
    function test_voidHour_beforeTheDepositKeepsItOut() public {
        vm.prank(c.carbonCertificate.faultCourt());
        c.carbonCertificate.voidHour(1, uint32(START / 1 hours));
        vm.expectRevert(
            abi.encodeWithSelector(ICarbonCertificate.HourIsVoid.selector, uint48(1), uint32(START / 1 hours))
        );
        _deposit(maker, solar, 1);
    }
}
