// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {vm} from "../../script/Vm.sol";
import {CarbonBase} from "../carbon/CarbonBase.sol";
import {NotingReceiver} from "../carbon/Receivers.sol";

/// @dev ERC1155 as OpenZeppelin had it before 5.6: a batch of one calls the receiver as a single transfer would.
contract CallbackByLength is ERC1155("") {
    function mint(address to, uint256 id, uint256 value) external {
        _mint(to, id, value, "");
    }

    function _updateWithAcceptanceCheck(
        address from,
        address to,
        uint256[] memory ids,
        uint256[] memory values,
        bytes memory data,
        bool
    ) internal override {
        super._updateWithAcceptanceCheck(from, to, ids, values, data, ids.length != 1);
    }
}

/// @dev Takes deposits in batches, which is what its callers send, and books them as they come.
contract BatchDepot {
    mapping(address account => uint256) public deposited;

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return IERC1155Receiver.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(
        address,
        address from,
        uint256[] calldata,
        uint256[] calldata values,
        bytes calldata
    ) external returns (bytes4) {
        for (uint256 i = 0; i < values.length; ++i) {
            deposited[from] += values[i];
        }
        return IERC1155Receiver.onERC1155BatchReceived.selector;
    }
}

/// @title F25: a batch of one reaches the receiver through the other callback
contract F25BatchOfOneCallbackTest is CarbonBase {
    function test_attack_aBatchOfOneIsTakenAndNeverBooked() public {
        CallbackByLength token = new CallbackByLength();
        BatchDepot depot = new BatchDepot();
        token.mint(staker, 1, 10);
        _deposit(token, depot, 1, 10);
        vm.assertEq(token.balanceOf(address(depot), 1), 10, "taken");
        vm.assertEq(depot.deposited(staker), 0, "not booked");
    }

    function test_defence_aBatchOfOneIsABatch() public {
        BatchDepot depot = new BatchDepot();
        uint256 id = _mint(staker, 10);
        _deposit(c.carbonCertificate, depot, id, 10);
        vm.assertEq(c.carbonCertificate.balanceOf(address(depot), id), 10, "taken");
        vm.assertEq(depot.deposited(staker), 10, "booked");
    }

    /// @dev Both callbacks, each for the function that was called, and the event by the length of the list.
    function test_defence_eachFunctionCallsItsOwnCallback() public {
        NotingReceiver receiver = new NotingReceiver();
        uint256 id = _mint(staker, 10);
        (uint256[] memory ids, uint256[] memory values) = (new uint256[](1), new uint256[](1));
        (ids[0], values[0]) = (id, 1);
        vm.startPrank(staker);
        c.carbonCertificate.safeTransferFrom(staker, address(receiver), id, 1, "");
        vm.assertEq(receiver.singles(), 1, "single");
        vm.assertEq(receiver.batches(), 0, "no batch");
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, address(receiver), id, 1);
        c.carbonCertificate.safeBatchTransferFrom(staker, address(receiver), ids, values, "");
        vm.stopPrank();
        vm.assertEq(receiver.singles(), 1, "no other single");
        vm.assertEq(receiver.batches(), 1, "batch");
        _mint(address(receiver), 1);
        vm.assertEq(receiver.singles(), 2, "a mint is a single");
    }

    function _deposit(IERC1155 token, BatchDepot depot, uint256 id, uint256 value) private {
        (uint256[] memory ids, uint256[] memory values) = (new uint256[](1), new uint256[](1));
        (ids[0], values[0]) = (id, value);
        vm.prank(staker);
        token.safeBatchTransferFrom(staker, address(depot), ids, values, "");
    }
}
