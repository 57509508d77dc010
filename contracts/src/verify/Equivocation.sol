// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IComputeMarket} from "../compute/IComputeMarket.sol";
import {INodeRegistry} from "../staking/INodeRegistry.sol";
import {IStakeVault} from "../staking/IStakeVault.sol";
import {CellCommitment} from "./CellCommitment.sol";
import {CellOpening} from "./CellOpening.sol";
import {CellStatement, Equivocator, FaultKind, IMicrocellCourt} from "./IMicrocellCourt.sol";
import {Reservations} from "./Reservations.sol";

/// @title Two statements of one operator about one cell
abstract contract Equivocation is Reservations, EIP712 {
    bytes32 private constant STATEMENT_TYPEHASH = keccak256(
        "CellStatement(uint256 jobId,uint32 cellIndex,uint8 op,uint32 m,uint32 n,uint32 k,"
        "bytes32 rootA,bytes32 rootB,bytes32 rootC,uint64 deadline)"
    );

    IComputeMarket public immutable market;
    INodeRegistry public immutable registry;
    IStakeVault public immutable vault;

    /// @inheritdoc IMicrocellCourt
    mapping(uint48 nodeId => uint256 faultId) public equivocationOf;

    mapping(uint256 faultId => Equivocator) internal _equivocators;

    constructor(IComputeMarket market_, INodeRegistry registry_, IStakeVault vault_) EIP712("Gplusck", "1") {
        market = market_;
        registry = registry_;
        vault = vault_;
    }

    /// @inheritdoc IMicrocellCourt
    function proveEquivocation(uint48 nodeId, CellStatement calldata first, CellStatement calldata second, bytes32)
        external
        returns (uint256 faultId)
    {
        if (equivocationOf[nodeId] != 0) revert AlreadyEquivocated(nodeId);
        _requireContradiction(first, second);
        (bool binding, uint40 batchId, uint96 stakeWei) = _requireStated(nodeId, first);
        (bool alsoBinding, uint40 otherBatchId, uint96 otherStakeWei) = _requireStated(nodeId, second);
        if (!binding && !alsoBinding) revert NotEquivocation("neither statement binds any more");
        if (batchId == 0 || batchId == otherBatchId) (batchId, otherBatchId) = (otherBatchId, 0);
        stakeWei = batchId == 0
            ? SafeCast.toUint96(vault.stakeBehind(nodeId))
            : SafeCast.toUint96(Math.max(stakeWei, otherStakeWei));

        faultId = _redeem(FaultKind.Equivocation, batchId);
        equivocationOf[nodeId] = faultId;
        _equivocators[faultId] = Equivocator(nodeId, otherBatchId, stakeWei);
        if (batchId != 0) market.condemn(batchId);
        if (otherBatchId != 0) market.condemn(otherBatchId);
        uint32 cellIndex = first.cell.cellIndex;
        emit FaultProved(faultId, batchId, nodeId, FaultKind.Equivocation, msg.sender, cellIndex, 0, 0, 0, 0);
    }

    /// @inheritdoc IMicrocellCourt
    function equivocator(uint256 faultId) external view returns (Equivocator memory) {
        return _equivocators[faultId];
    }

    /// @inheritdoc IMicrocellCourt
    function statementDigest(CellCommitment calldata cell, uint64 deadline) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(STATEMENT_TYPEHASH, cell, deadline)));
    }

    function _requireContradiction(CellStatement calldata first, CellStatement calldata second) private pure {
        if (first.cell.jobId != second.cell.jobId || first.cell.cellIndex != second.cell.cellIndex) {
            revert NotEquivocation("two cells");
        }
        if (first.batchId != 0 && second.batchId != 0) {
            if (first.batchId == second.batchId && first.position == second.position) {
                revert NotEquivocation("one place");
            }
        } else if (keccak256(abi.encode(first.cell)) == keccak256(abi.encode(second.cell))) {
            revert NotEquivocation("equal statements");
        }
    }

    /// @return binding whether the operator still answers for the statement. @return openBatchId its batch, while open.
    function _requireStated(uint48 nodeId, CellStatement calldata statement)
        private
        view
        returns (bool binding, uint40 openBatchId, uint96 stakeWei)
    {
        if (statement.batchId == 0) {
            _requireSigned(registry.operatorOf(nodeId), statement);
            return (true, 0, 0);
        }
        IComputeMarket.Batch memory batch = market.batch(statement.batchId);
        if (batch.nodeId != nodeId) revert NotEquivocation("a batch of another node");
        bool committed = batch.status == IComputeMarket.BatchStatus.Committed;
        // What a proof has struck down may be computed and committed anew.
        if (!committed && batch.status != IComputeMarket.BatchStatus.Settled) revert BatchNotOpen(statement.batchId);
        CellOpening.requireCell(batch.cellsRoot, batch.cells, statement.position, statement.cell, statement.siblings);
        binding = committed && block.timestamp < Math.max(batch.challengeEndsAt, batch.provableUntil);
        if (binding) (openBatchId, stakeWei) = (SafeCast.toUint40(statement.batchId), batch.stakeWei);
    }

    /// @dev ECDSA comes first even if the operator has code: an account that delegated its code (EIP-7702) after it
    /// signed must not get rid of its signature that way.
    function _requireSigned(address operator, CellStatement calldata statement) private view {
        if (block.timestamp > statement.deadline) revert NotEquivocation("a statement past its deadline");
        bytes32 digest = statementDigest(statement.cell, statement.deadline);
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, statement.signature);
        if (failure == ECDSA.RecoverError.NoError && signer == operator) return;
        if (!SignatureChecker.isValidERC1271SignatureNowCalldata(operator, digest, statement.signature)) {
            revert InvalidOpening("signature");
        }
    }
}
