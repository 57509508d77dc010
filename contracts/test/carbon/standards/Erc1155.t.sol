// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {EnergySource} from "../../../src/staking/INodeRegistry.sol";
import {vm, Vm} from "../../../script/Vm.sol";
import {CarbonBase} from "../CarbonBase.sol";
import {NoReceiver, NotingReceiver, WrongReceiver} from "../Receivers.sol";

/// @title ERC-1155 of certificates: a test for every MUST of moving, minting and burning, named after it
/// @notice The books behind OpenZeppelin's ERC1155 are our own, so its rules are held up to them here.
contract Erc1155Test is CarbonBase {
    uint256 private id;
    uint256 private other;

    function setUp() public override {
        super.setUp();
        id = _mint(staker, 10);
        other = _mint(staker, _class(EnergySource.Wind, HOUR + 1), 10);
    }

    function test_supportsInterface_mustNameErc1155AndItsMetadata() public view {
        vm.assertTrue(c.carbonCertificate.supportsInterface(0xd9b67a26), "ERC-1155");
        vm.assertTrue(c.carbonCertificate.supportsInterface(0x0e89341c), "metadata URI");
    }

    function test_transfer_mustEmitEvenForNothing() public {
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, stranger, id, 0);
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 0, "");
    }

    function test_transfer_operatorInTheEventMustBeTheSender() public {
        vm.prank(staker);
        c.carbonCertificate.setApprovalForAll(verifier, true);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(verifier, staker, stranger, id, 1);
        vm.prank(verifier);
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 1, "");
    }

    function test_mint_fromInTheEventMustBeZero() public {
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(address(c.computeMarket), address(0), stranger, id, 1);
        _mint(stranger, 1);
    }

    function test_burn_toInTheEventMustBeZero() public {
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, address(0), id, 1);
        vm.prank(staker);
        c.carbonCertificate.retire(id, 1, _note());
    }

    function test_transfer_callerMustBeApproved() public {
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(MISSING_APPROVAL, stranger, staker));
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 1, "");
        vm.expectRevert(abi.encodeWithSelector(MISSING_APPROVAL, stranger, staker));
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, _list(id, other), _list(1, 1), "");
        vm.stopPrank();
    }

    function test_transfer_mustRevertToZero() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", address(0)));
        c.carbonCertificate.safeTransferFrom(staker, address(0), id, 1, "");
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", address(0)));
        c.carbonCertificate.safeBatchTransferFrom(staker, address(0), _list(id, other), _list(1, 1), "");
        vm.stopPrank();
    }

    function test_transfer_mustRevertOverTheBalance() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, 10, 11, id));
        c.carbonCertificate.safeTransferFrom(staker, stranger, id, 11, "");
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, 10, 11, other));
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, _list(id, other), _list(1, 11), "");
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), 0, "nothing moved");
    }

    function test_batch_mustRevertOnUnequalLists() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 1));
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, _list(id, other), new uint256[](1), "");
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 3));
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, _list(id, other), new uint256[](3), "");
        vm.stopPrank();
    }

    /// @dev An id twice: the second entry sees what the first left.
    function test_batch_changesMustFollowTheOrderOfTheLists() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, 4, 5, id));
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, _list(id, id), _list(6, 5), "");
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferBatch(staker, staker, stranger, _list(id, id), _list(6, 4));
        c.carbonCertificate.safeBatchTransferFrom(staker, stranger, _list(id, id), _list(6, 4), "");
        vm.stopPrank();
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), 10, "both");
    }

    function test_receiver_balancesMustBeUpdatedBeforeItIsCalled() public {
        NotingReceiver receiver = new NotingReceiver();
        vm.prank(staker);
        c.carbonCertificate.safeTransferFrom(staker, address(receiver), id, 7, "");
        vm.assertEq(receiver.heldInCallback(), 7, "held");
    }

    function test_receiver_mustAcceptOrTheTransferReverts() public {
        address refusing = address(new NoReceiver());
        address wrong = address(new WrongReceiver());
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", refusing));
        c.carbonCertificate.safeTransferFrom(staker, refusing, id, 1, "");
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", wrong));
        c.carbonCertificate.safeTransferFrom(staker, wrong, id, 1, "");
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", wrong));
        c.carbonCertificate.safeBatchTransferFrom(staker, wrong, _list(id, other), _list(1, 1), "");
        vm.stopPrank();
    }

    /// @dev A retirement is no transfer to the holder: it is not called.
    function test_receiver_mustNotBeCalledOutsideMintAndTransfer() public {
        NotingReceiver receiver = new NotingReceiver();
        _mint(address(receiver), 5);
        vm.prank(address(receiver));
        c.carbonCertificate.retire(id, 5, _note());
        vm.assertEq(receiver.singles() + receiver.batches(), 1, "the mint only");
    }

    function test_approval_mustBeAnnounced() public {
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.ApprovalForAll(staker, stranger, true);
        vm.prank(staker);
        c.carbonCertificate.setApprovalForAll(stranger, true);
        vm.assertTrue(c.carbonCertificate.isApprovedForAll(staker, stranger), "approved");
    }

    function test_balanceOfBatch_answersEachPair() public view {
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (staker, stranger);
        uint256[] memory balances = c.carbonCertificate.balanceOfBatch(accounts, _list(id, other));
        vm.assertEq(balances[0], 10, "held");
        vm.assertEq(balances[1], 0, "not held");
    }

    /// @dev The URI of an id never changes, so that the URI event is never due.
    function test_uri_mustEmitAnEventOnlyIfItChanges() public {
        bytes32 before = keccak256(bytes(c.carbonCertificate.uri(id)));
        vm.recordLogs();
        _void(id);
        _mint(staker, 1);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            vm.assertTrue(logs[i].topics[0] != IERC1155.URI.selector, "no event");
        }
        vm.assertTrue(keccak256(bytes(c.carbonCertificate.uri(id))) == before, "the same");
    }
}
