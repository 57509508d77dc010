// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {ICarbonCertificate, RetirementNote} from "../../../src/carbon/ICarbonCertificate.sol";
import {IERC1888Claim} from "../../../src/carbon/IERC1888.sol";
import {EnergySource} from "../../../src/staking/INodeRegistry.sol";
import {vm} from "../../../script/Vm.sol";
import {CarbonBase} from "../CarbonBase.sol";
import {NotingReceiver, RetiringReceiver} from "../Receivers.sol";

/// @dev The functions of the draft in its form of 2021, for its id.
interface IWholeErc1888 is IERC1888Claim {
    function issue(address to, bytes calldata validityData, uint256 topic, uint256 value, bytes calldata data)
        external
        returns (uint256 id);
    function batchIssue(
        address to,
        bytes[] calldata validityData,
        uint256[] calldata topics,
        uint256[] calldata values,
        bytes[] calldata data
    ) external returns (uint256[] memory ids);
}

/// @title ERC-1888 (draft): a test for every rule of its claims, named after it
/// @notice What does not fit, and why: `issue`, `batchIssue` and their events let anybody issue a new certificate under
/// its own validity call; here only the compute market mints, and each id says what it stands for.
contract Erc1888Test is CarbonBase {
    uint256 private id;
    uint256 private other;

    function setUp() public override {
        super.setUp();
        id = _mint(staker, 10);
        other = _mint(staker, _class(EnergySource.Wind, HOUR + 1), 10);
    }

    function test_supportsInterface_claimsTheHalfThatIsThere() public view {
        vm.assertTrue(c.carbonCertificate.supportsInterface(type(IERC1888Claim).interfaceId), "its claims");
        // An id leaves out what an interface inherits, so the whole is both parts together.
        bytes4 whole = type(IERC1888Claim).interfaceId ^ type(IWholeErc1888).interfaceId;
        vm.assertFalse(c.carbonCertificate.supportsInterface(whole), "not the whole");
        vm.assertTrue(c.carbonCertificate.supportsInterface(type(ICarbonCertificate).interfaceId), "our own");
    }

    function test_claim_movesAndBurnsAndEmits() public {
        bytes memory claimData = abi.encode(_note());
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, stranger, id, 4);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, stranger, address(0), id, 4);
        vm.expectEmit(address(c.carbonCertificate));
        emit ICarbonCertificate.Retired(1, id, stranger, address(0), "A reader", "reading", 4, 192);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1888Claim.ClaimSingle(staker, stranger, 1, id, 4, claimData);
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, stranger, id, 4, "", claimData);
        vm.assertEq(c.carbonCertificate.balanceOf(staker, id), 6, "giver");
        vm.assertEq(c.carbonCertificate.balanceOf(stranger, id), 0, "taker");
    }

    function test_claim_raisesTheClaimedBalanceOfTheSubject() public {
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, stranger, id, 4, "", "");
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(stranger, id), 4, "claimed");
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(staker, id), 0, "not the giver");
        vm.assertEq(c.carbonCertificate.retiredBalanceOf(stranger, id), 4, "the same balance");
        vm.assertEq(c.retirementReceipt.ownerOf(1), stranger, "receipt");
        vm.warp(START + 1);
        vm.assertEq(c.retirementReceipt.pastRetiredGreenWh(stranger, uint48(START)), 4, "green");
    }

    function test_claim_fromOneselfMovesNothingFirst() public {
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferSingle(staker, staker, address(0), id, 4);
        vm.recordLogs();
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, staker, id, 4, "", "");
        vm.assertEq(vm.getRecordedLogs().length, 7, "one transfer, the retirement, its receipt, the claim");
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(staker, id), 4, "claimed");
    }

    function test_claim_needsTheOwnersApproval() public {
        vm.expectRevert(abi.encodeWithSelector(MISSING_APPROVAL, stranger, staker));
        vm.prank(stranger);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, staker, id, 4, "", "");
        vm.expectRevert(abi.encodeWithSelector(MISSING_APPROVAL, stranger, staker));
        vm.prank(stranger);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, stranger, id, 4, "", "");
        vm.prank(staker);
        c.carbonCertificate.setApprovalForAll(stranger, true);
        vm.prank(stranger);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, verifier, id, 4, "", "");
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(verifier, id), 4, "claimed for a third");
    }

    function test_claim_revertsForNobodyAndOverTheBalance() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSignature("ERC1155InvalidReceiver(address)", address(0)));
        c.carbonCertificate.safeTransferAndClaimFrom(staker, address(0), id, 1, "", "");
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, staker, 10, 11, id));
        c.carbonCertificate.safeTransferAndClaimFrom(staker, stranger, id, 11, "", "");
        vm.stopPrank();
    }

    function test_claim_revertsOnAnInvalidCertificate() public {
        _void(id);
        vm.expectRevert(abi.encodeWithSelector(ICarbonCertificate.HourIsVoid.selector, 7, HOUR));
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, stranger, id, 1, "", "");
    }

    function test_claim_callsAReceiverWithItsData() public {
        NotingReceiver receiver = new NotingReceiver();
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, address(receiver), id, 4, "data", "");
        vm.assertEq(receiver.singles(), 1, "called");
        vm.assertEq(receiver.heldInCallback(), 4, "held when called");
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(address(receiver), id), 4, "claimed");
    }

    /// @dev A receiver that retires first has nothing left to claim; the whole call fails, and nothing is counted
    /// twice.
    function test_claim_failsWhenTheReceiverTookTheWhItself() public {
        address receiver = address(new RetiringReceiver());
        vm.expectRevert(abi.encodeWithSelector(TOO_LITTLE, receiver, 0, 4, id));
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, receiver, id, 4, "", "");
        vm.assertEq(c.carbonCertificate.totalRetired(id), 0, "nothing retired");
    }

    function test_batchClaim_claimsEachWithItsOwnData() public {
        RetirementNote memory note = _note();
        bytes[] memory claimData = new bytes[](2);
        claimData[0] = abi.encode(note);
        uint256[] memory topics = _list(1, 1);
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1155.TransferBatch(staker, staker, stranger, _list(id, other), _list(3, 4));
        vm.expectEmit(address(c.carbonCertificate));
        emit IERC1888Claim.ClaimBatch(staker, stranger, topics, _list(id, other), _list(3, 4), claimData);
        vm.prank(staker);
        c.carbonCertificate
            .safeBatchTransferAndClaimFrom(staker, stranger, _list(id, other), _list(3, 4), "", claimData);
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(stranger, id), 3, "first");
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(stranger, other), 4, "second");
        vm.assertEq(c.carbonCertificate.receiptCount(), 2, "a receipt each");
        vm.assertEq(c.retirementReceipt.record(1).note.beneficiaryName, "A reader", "first note");
        vm.assertEq(c.retirementReceipt.record(2).note.beneficiaryName, "", "second note");
    }

    function test_batchClaim_fromOneselfMovesNothingFirst() public {
        vm.recordLogs();
        vm.prank(staker);
        c.carbonCertificate
            .safeBatchTransferAndClaimFrom(staker, staker, _list(id, other), _list(3, 4), "", new bytes[](2));
        vm.assertEq(vm.getRecordedLogs().length, 13, "two retirements with receipts, one claim");
        vm.assertEq(c.carbonCertificate.claimedBalanceOf(staker, other), 4, "claimed");
    }

    function test_batchClaim_revertsOnUnequalLists() public {
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 1));
        c.carbonCertificate
            .safeBatchTransferAndClaimFrom(staker, staker, _list(id, other), _list(3, 4), "", new bytes[](1));
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 1));
        c.carbonCertificate
            .safeBatchTransferAndClaimFrom(staker, staker, _list(id, other), new uint256[](1), "", new bytes[](2));
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 3));
        c.carbonCertificate
            .safeBatchTransferAndClaimFrom(staker, staker, _list(id, other), new uint256[](3), "", new bytes[](2));
        vm.stopPrank();
    }

    function test_claimedBalanceOfBatch_answersEachPair() public {
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, stranger, id, 4, "", "");
        vm.prank(staker);
        c.carbonCertificate.safeTransferAndClaimFrom(staker, staker, other, 2, "", "");
        address[] memory owners = new address[](2);
        (owners[0], owners[1]) = (stranger, staker);
        uint256[] memory balances = c.carbonCertificate.claimedBalanceOfBatch(owners, _list(id, other));
        vm.assertEq(balances.length, 2, "pairs");
        vm.assertEq(balances[0], 4, "first");
        vm.assertEq(balances[1], 2, "second");
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 1));
        c.carbonCertificate.claimedBalanceOfBatch(new address[](1), _list(id, other));
        vm.expectRevert(abi.encodeWithSelector(WRONG_LENGTH, 2, 3));
        c.carbonCertificate.claimedBalanceOfBatch(new address[](3), _list(id, other));
    }

    function test_getCertificate_namesTheCallThatSaysWhetherItIsValid() public {
        (address issuer, uint256 topic, bytes memory call, bytes memory data) = c.carbonCertificate.getCertificate(id);
        vm.assertEq(issuer, address(c.carbonCertificate), "issuer");
        vm.assertEq(topic, 1, "topic");
        vm.assertEq(keccak256(data), keccak256(abi.encode(_class(EnergySource.Solar, HOUR))), "data");
        vm.assertTrue(_isValid(issuer, call), "valid");
        _void(id);
        vm.assertFalse(_isValid(issuer, call), "void");
        (issuer,, call,) = c.carbonCertificate.getCertificate(id + 1);
        vm.assertFalse(_isValid(issuer, call), "never minted");
    }

    function _isValid(address issuer, bytes memory call) private view returns (bool) {
        (bool ok, bytes memory answer) = issuer.staticcall(call);
        require(ok, "validity call");
        return abi.decode(answer, (bool));
    }
}
