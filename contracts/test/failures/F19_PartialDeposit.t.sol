// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {vm} from "../../script/Vm.sol";
import {TradeBase} from "../trade/TradeBase.sol";

/// @dev Takes what its cap leaves and says nothing of the rest; mints before it has it.
contract TruncatingPool {
    IERC1155 private immutable certificate;
    uint256 private immutable cap;
    uint256 private supply;
    mapping(address account => uint256) public balanceOf;

    constructor(IERC1155 certificate_, uint256 cap_) {
        (certificate, cap) = (certificate_, cap_);
    }

    function deposit(uint256 id, uint256 wattHours) external {
        if (wattHours > cap - supply) wattHours = cap - supply;
        if (wattHours == 0) return;
        supply += wattHours;
        balanceOf[msg.sender] += wattHours;
        certificate.safeTransferFrom(msg.sender, address(this), id, wattHours, "");
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC1155Received.selector;
    }
}

/// @title F19: a deposit is cut without a word, and its author counts on all of it
contract F19PartialDepositTest is TradeBase {
    function test_attack_aDepositBringsLessThanItsAuthorAskedFor() public {
        TruncatingPool pool = new TruncatingPool(c.carbonCertificate, 1_000);
        vm.startPrank(maker);
        c.carbonCertificate.setApprovalForAll(address(pool), true);
        pool.deposit(solar, 1);
        // The 1,000 Wh of a sale that is settled in units of the pool.
        pool.deposit(solar, 1_000);
        vm.stopPrank();
        vm.assertEq(pool.balanceOf(maker), 1_000, "999 units for 1,000 Wh, and no error");
    }

    function testFuzz_defence_aDepositIsWholeOrNotAtAll(uint256 held, uint256 wattHours) public {
        _settleHours();
        held = bound(held, 1, 1_000_000);
        wattHours = bound(wattHours, 1, 2_000_000);
        vm.prank(maker);
        c.carbonCertificate.safeTransferFrom(maker, staker, solar, held, "");
        _approveAll(staker);
        vm.prank(staker);
        try c.carbonPool.deposit(_list(solar), _list(wattHours)) returns (uint256 units) {
            vm.assertEq(units, wattHours * 1e18, "returned");
        } catch {
            vm.assertGt(wattHours, held, "only what is not there is refused");
            wattHours = 0;
        }
        vm.assertEq(c.carbonPool.balanceOf(staker), wattHours * 1e18, "units");
        vm.assertEq(_held(address(c.carbonPool), solar), wattHours, "Wh inside");
        vm.assertEq(_held(staker, solar), held - wattHours, "Wh left");
    }

    function test_defence_oneIdThatIsRefusedRefusesAll() public {
        _settleHours();
        vm.expectPartialRevert(bytes4(keccak256("ERC1155InsufficientBalance(address,uint256,uint256,uint256)")));
        vm.prank(maker);
        c.carbonPool.deposit(_list(solar, wind), _list(100, 1));
        vm.assertEq(c.carbonPool.totalSupply(), 0, "no units");
        vm.assertEq(c.carbonPool.wattHoursOf(solar), 0, "nothing booked");
    }
}
