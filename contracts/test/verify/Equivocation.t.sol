// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {IComputeMarket, MeasurementTier} from "../../src/compute/IComputeMarket.sol";
import {EnergySource, NodeStatus} from "../../src/staking/INodeRegistry.sol";
import {CellCommitment} from "../../src/verify/CellCommitment.sol";
import {CellStatement, Equivocator, FaultKind, IMicrocellCourt} from "../../src/verify/IMicrocellCourt.sol";
import {Cells, Tree, Trees} from "../Cells.sol";
import {VerifyBase} from "./VerifyBase.sol";

/// @title Two statements of one operator about one cell
contract EquivocationTest is VerifyBase {
    using Trees for Tree;

    uint256 internal constant KEY = 0xA11CE;
    /// @dev The order of the curve: s and ORDER − s sign alike.
    uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    address internal signer;
    uint48 internal signingNode;

    function setUp() public override {
        super.setUp();
        signer = vm.addr(KEY);
        signingNode = _register(signer, EnergySource.Wind, 0);
        _stake(staker, signingNode, STAKE);
        c.nodeRegistry.activate(signingNode);
    }

    // --- what is an equivocation -------------------------------------------------------------------------------------

    function test_equivocation_twoSignaturesEndTheNode() public {
        CellStatement memory first = _signed(_cell(1));
        CellStatement memory second = _signed(_cell(2));
        _reserveFor(first, second);
        uint256 expected = uint256(_commitment(verifier, _call(first, second)));
        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.FaultProved(expected, 0, signingNode, FaultKind.Equivocation, verifier, 7, 0, 0, 0, 0);
        uint256 faultId = _send(first, second);
        vm.assertEq(faultId, expected, "id");
        vm.assertEq(c.microcellCourt.equivocationOf(signingNode), faultId, "of the node");
        Equivocator memory entry = c.microcellCourt.equivocator(faultId);
        vm.assertEq(uint256(entry.nodeId), uint256(signingNode), "node");
        vm.assertEq(uint256(entry.stakeWei), STAKE, "the stake of now");
        vm.assertEq(uint256(entry.otherBatchId), 0, "no batch");

        uint256 reward = c.gpuck.balanceOf(verifier);
        vm.expectEmit(address(c.microcellCourt));
        emit IMicrocellCourt.FaultPunished(faultId, 0, signingNode, STAKE / 10);
        c.microcellCourt.punish(faultId);
        vm.assertEq(uint256(c.nodeRegistry.statusOf(signingNode)), uint256(NodeStatus.Tombstoned), "out for good");
        vm.assertEq(c.stakeVault.activeStake(signingNode), STAKE * 9 / 10, "slashed");
        vm.assertEq(c.gpuck.balanceOf(verifier), reward + STAKE / 50, "finder's share");
    }

    function test_equivocation_aBatchAgainstASignatureVoidsTheBatch() public {
        CellStatement memory committed = _committed(_cell(1), "a");
        _stake(staker, signingNode, STAKE);
        _proveAndPunish(_signed(_cell(2)), committed);
        _expectStatus(committed.batchId, IComputeMarket.BatchStatus.Voided);
        vm.assertEq(c.stakeVault.activeStake(signingNode), STAKE * 19 / 10, "a tenth of the stake at the commit");
    }

    /// @dev Both are paid: equal contents are no excuse.
    function testFuzz_equivocation_twoPlacesForOneCell(bool differ) public {
        CellStatement memory first = _committed(_cell(1), "a");
        _stake(staker, signingNode, STAKE);
        CellStatement memory second = _committed(_cell(differ ? 2 : 1), "b");
        uint256 purse = c.gpuck.balanceOf(requester);
        _proveAndPunish(first, second);
        _expectStatus(first.batchId, IComputeMarket.BatchStatus.Voided);
        _expectStatus(second.batchId, IComputeMarket.BatchStatus.Voided);
        vm.assertEq(c.gpuck.balanceOf(requester), purse + 4 ether, "both refunded");
        vm.assertEq(c.stakeVault.activeStake(signingNode), STAKE * 18 / 10, "a tenth of the larger snapshot");
    }

    function test_equivocation_twoPlacesInOneBatch() public {
        bytes32[] memory leaves = new bytes32[](2);
        (leaves[0], leaves[1]) = (_leaf(_cell(1), 0), _leaf(_cell(1), 1));
        Tree memory tree = Trees.build(leaves);
        uint256 batchId = _commitAs(signer, tree.root(), 2);
        CellStatement memory first;
        (first.cell, first.batchId, first.siblings) = (_cell(1), batchId, tree.path(0));
        CellStatement memory second;
        (second.cell, second.batchId, second.position, second.siblings) = (_cell(1), batchId, 1, tree.path(1));
        _proveAndPunish(first, second);
        _expectStatus(batchId, IComputeMarket.BatchStatus.Voided);
    }

    /// @dev Paid once already, committed again: the second batch falls, the settled one stays.
    function test_equivocation_aSettledCellCommittedAgain() public {
        CellStatement memory settled = _committed(_cell(1), "a");
        vm.warp(START + 2 days);
        c.computeMarket.settle(settled.batchId);
        CellStatement memory again = _committed(_cell(1), "b");
        _proveAndPunish(settled, again);
        _expectStatus(settled.batchId, IComputeMarket.BatchStatus.Settled);
        _expectStatus(again.batchId, IComputeMarket.BatchStatus.Voided);
    }

    function test_equivocation_theOrderOfTheTwoDoesNotMatter() public {
        CellStatement memory settled = _committed(_cell(1), "a");
        vm.warp(START + 2 days);
        c.computeMarket.settle(settled.batchId);
        CellStatement memory again = _committed(_cell(1), "b");
        uint256 faultId = _prove(again, settled);
        vm.assertEq(uint256(c.microcellCourt.fault(faultId).batchId), again.batchId, "the open one");
        vm.assertEq(uint256(c.microcellCourt.equivocator(faultId).otherBatchId), 0, "only that");
    }

    // --- what is none ------------------------------------------------------------------------------------------------

    function test_equivocation_honestStatementsAreNone() public {
        CellStatement memory committed = _committed(_cell(1), "a");
        _expectNone(_signed(_cell(1)), committed, "equal statements");
        _expectNone(_signed(_cell(1)), _signed(_cell(1)), "equal statements");
        _expectNone(committed, committed, "one place");
        CellCommitment memory other = _cell(1);
        other.cellIndex = 8;
        _expectNone(_signed(other), committed, "two cells");
        other.cellIndex = 7;
        other.jobId = 2;
        _expectNone(_signed(other), committed, "two cells");
    }

    function test_equivocation_settledBatchesAloneAreTooOld() public {
        CellStatement memory first = _committed(_cell(1), "a");
        CellStatement memory second = _committed(_cell(1), "b");
        vm.warp(START + 2 days);
        c.computeMarket.settle(first.batchId);
        _expectNone(first, second, "neither statement binds any more");
    }

    function test_equivocation_anotherNodesBatchIsNotItsWord() public {
        CellStatement memory first = _committed(_cell(1), "a");
        CellStatement memory second;
        (second.cell, second.siblings) = (_cell(2), new bytes32[](0));
        second.batchId = _commit(_leaf(_cell(2), 0), 1);
        _expectNone(first, second, "a batch of another node");
    }

    /// @dev What was struck down may be done again.
    function test_equivocation_aVoidedBatchIsNoStatement() public {
        CellStatement memory first = _committed(_cell(1), "a");
        CellStatement memory second = _committed(_cell(2), "b");
        vm.startPrank(address(c.microcellCourt));
        c.computeMarket.condemn(first.batchId);
        vm.stopPrank();
        _expectRevert(first, second, abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, first.batchId));
        vm.prank(address(c.microcellCourt));
        c.computeMarket.void(first.batchId);
        _expectRevert(second, first, abi.encodeWithSelector(IMicrocellCourt.BatchNotOpen.selector, first.batchId));
    }

    function test_equivocation_onceANode() public {
        _prove(_signed(_cell(1)), _signed(_cell(2)));
        _expectRevert(
            _signed(_cell(1)),
            _signed(_cell(3)),
            abi.encodeWithSelector(IMicrocellCourt.AlreadyEquivocated.selector, signingNode)
        );
    }

    function test_equivocation_needsAReservation() public {
        CellStatement memory first = _signed(_cell(1));
        CellStatement memory second = _signed(_cell(2));
        bytes32 missing = _commitment(verifier, _call(first, second));
        vm.expectRevert(abi.encodeWithSelector(IMicrocellCourt.NotReserved.selector, missing));
        _send(first, second);
    }

    function test_equivocation_theCommittedCellMustBeThere() public {
        CellStatement memory committed = _committed(_cell(1), "a");
        committed.cell = _cell(3);
        _expectRevert(
            _signed(_cell(2)), committed, abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, "cell")
        );
    }

    // --- signatures --------------------------------------------------------------------------------------------------

    function test_signature_bindsUntilItsDeadline() public {
        CellStatement memory first = _signed(_cell(1));
        CellStatement memory second = _signed(_cell(2));
        vm.warp(first.deadline);
        _expectNone(first, second, "a statement past its deadline");
        first.deadline = uint64(block.timestamp + 1);
        second.deadline = first.deadline;
        _sign(first, KEY);
        _sign(second, KEY);
        _prove(first, second);
    }

    /// @dev The digest from the standard's own words, apart from the contract.
    function testFuzz_statementDigest_isThatOfEip712(CellCommitment memory cell, uint64 deadline) public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Gplusck"),
                keccak256("1"),
                block.chainid,
                address(c.microcellCourt)
            )
        );
        bytes32 typeHash = keccak256(
            "CellStatement(uint256 jobId,uint32 cellIndex,uint8 op,uint32 m,uint32 n,uint32 k,"
            "bytes32 rootA,bytes32 rootB,bytes32 rootC,uint64 deadline)"
        );
        bytes32 content = keccak256(
            bytes.concat(
                abi.encode(typeHash, cell.jobId, cell.cellIndex, cell.op, cell.m),
                abi.encode(cell.n, cell.k, cell.rootA, cell.rootB, cell.rootC, deadline)
            )
        );
        vm.assertEq(
            c.microcellCourt.statementDigest(cell, deadline),
            keccak256(bytes.concat(hex"1901", domain, content)),
            "digest"
        );
    }

    function test_signature_ofAnybodyElseIsNothing() public {
        CellStatement memory forged = _signed(_cell(2));
        _sign(forged, KEY + 1);
        _expectBadSignature(forged);
        forged.signature = "";
        _expectBadSignature(forged);
    }

    function test_signature_doesNotBindOnAnotherChain() public {
        CellStatement memory elsewhere = _signed(_cell(2));
        vm.chainId(999);
        _expectBadSignature(elsewhere);
    }

    function test_signature_malleableTwinIsRefused() public {
        CellStatement memory twin = _signed(_cell(2));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, c.microcellCourt.statementDigest(twin.cell, twin.deadline));
        twin.signature = abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        _expectBadSignature(twin);
    }

    /// @dev An account may get code after it signed (EIP-7702); its word stays its word.
    function test_signature_survivesCodeAtTheSigner() public {
        CellStatement memory first = _signed(_cell(1));
        CellStatement memory second = _signed(_cell(2));
        vm.etch(signer, address(new DenyingWallet()).code);
        _prove(first, second);
    }

    function test_signature_ofAContractCountsByErc1271() public {
        ApprovingWallet wallet = new ApprovingWallet();
        signingNode = _register(address(wallet), EnergySource.Hydro, 0);
        CellStatement memory first = _signed(_cell(1));
        CellStatement memory second = _signed(_cell(2));
        (first.signature, second.signature) = ("one", "two");
        _expectRevert(first, second, abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, "signature"));
        wallet.approve(c.microcellCourt.statementDigest(first.cell, first.deadline), "one");
        wallet.approve(c.microcellCourt.statementDigest(second.cell, second.deadline), "two");
        uint256 faultId = _prove(first, second);
        c.microcellCourt.punish(faultId);
        vm.assertEq(uint256(c.nodeRegistry.statusOf(signingNode)), uint256(NodeStatus.Tombstoned), "out");
    }

    // -----------------------------------------------------------------------------------------------------------------

    /// @dev Cell 7 of the job, with a result that `variant` names.
    function _cell(uint256 variant) private view returns (CellCommitment memory) {
        return CellCommitment(jobId, 7, 1, 4, 4, 4, "a", "b", bytes32(variant));
    }

    function _leaf(CellCommitment memory cell, uint256 position) private pure returns (bytes32) {
        return Cells.leafHash("P", position, abi.encode(cell));
    }

    function _signed(CellCommitment memory cell) private view returns (CellStatement memory statement) {
        statement.cell = cell;
        statement.deadline = uint64(START + 3 days);
        _sign(statement, KEY);
    }

    function _sign(CellStatement memory statement, uint256 key) private view {
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, c.microcellCourt.statementDigest(statement.cell, statement.deadline));
        statement.signature = abi.encodePacked(r, s, v);
    }

    /// @dev The cell beside another leaf, so that batches of one cell differ.
    function _committed(CellCommitment memory cell, bytes32 beside) private returns (CellStatement memory statement) {
        bytes32[] memory leaves = new bytes32[](2);
        (leaves[0], leaves[1]) = (_leaf(cell, 0), beside);
        Tree memory tree = Trees.build(leaves);
        (statement.cell, statement.siblings) = (cell, tree.path(0));
        statement.batchId = _commitAs(signer, tree.root(), 2);
    }

    function _commitAs(address account, bytes32 cellsRoot, uint32 cells) private returns (uint256 batchId) {
        uint32 hour = _hour();
        vm.prank(account);
        return c.computeMarket.commitBatch(jobId, cellsRoot, cells, 0, hour, MeasurementTier.Emulated);
    }

    function _call(CellStatement memory first, CellStatement memory second) private view returns (bytes memory) {
        return abi.encodeCall(IMicrocellCourt.proveEquivocation, (signingNode, first, second, SALT));
    }

    function _reserveFor(CellStatement memory first, CellStatement memory second) private {
        _reserve(verifier, _call(first, second));
    }

    function _send(CellStatement memory first, CellStatement memory second) private returns (uint256 faultId) {
        vm.prank(verifier);
        return c.microcellCourt.proveEquivocation(signingNode, first, second, SALT);
    }

    function _prove(CellStatement memory first, CellStatement memory second) private returns (uint256 faultId) {
        _reserveFor(first, second);
        return _send(first, second);
    }

    function _proveAndPunish(CellStatement memory first, CellStatement memory second) private {
        c.microcellCourt.punish(_prove(first, second));
    }

    function _expectNone(CellStatement memory first, CellStatement memory second, string memory reason) private {
        _expectRevert(first, second, abi.encodeWithSelector(IMicrocellCourt.NotEquivocation.selector, reason));
    }

    function _expectBadSignature(CellStatement memory bad) private {
        CellStatement memory good = _committed(_cell(1), bytes32(block.timestamp));
        _expectRevert(bad, good, abi.encodeWithSelector(IMicrocellCourt.InvalidOpening.selector, "signature"));
    }

    function _expectRevert(CellStatement memory first, CellStatement memory second, bytes memory reason) private {
        _reserveFor(first, second);
        vm.expectRevert(reason);
        _send(first, second);
    }

    function _expectStatus(uint256 batchId, IComputeMarket.BatchStatus status) private view {
        vm.assertEq(uint256(c.computeMarket.batch(batchId).status), uint256(status), "status");
    }
}

/// @dev Says no to every signature.
contract DenyingWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return 0;
    }
}

/// @dev Says yes to what it approved.
contract ApprovingWallet {
    mapping(bytes32 digest => bytes32 signature) private approved;

    function approve(bytes32 digest, bytes memory signature) external {
        approved[digest] = keccak256(signature);
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        return approved[digest] == keccak256(signature) ? this.isValidSignature.selector : bytes4(0);
    }
}
