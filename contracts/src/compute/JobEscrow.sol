// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EntryPause} from "../governance/EntryPause.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {IComputeMarket} from "./IComputeMarket.sol";

/// @title Jobs, and the fees escrowed for their cells
abstract contract JobEscrow is IComputeMarket, EntryPause {
    using SafeERC20 for IGpuck;

    /// @notice Longest time a job may take commits: bounds how long a requester can lock up their own escrow.
    uint256 public constant JOB_SECONDS_MAX = 365 days;

    IGpuck public immutable token;

    uint128 private _escrowed;
    uint128 private _feesBurned;
    /// @notice Jobs so far; ids run from 1.
    uint256 public jobCount;

    mapping(uint256 jobId => Job) private _jobs;

    constructor(IGpuck token_) {
        token = token_;
    }

    /// @inheritdoc IComputeMarket
    function postJob(bytes32 specHash, bytes32 inputRoot, uint32 cells, uint128 feePerCell, uint64 deadline)
        external
        whileOpen
        returns (uint256 jobId)
    {
        if (cells == 0) revert InvalidJob("no cells");
        if (feePerCell == 0) revert InvalidJob("no fee");
        if (deadline <= block.timestamp) revert InvalidJob("deadline passed");
        if (deadline > block.timestamp + JOB_SECONDS_MAX) revert InvalidJob("deadline over a year away");
        jobId = ++jobCount;
        _jobs[jobId] = Job(msg.sender, cells, 0, false, feePerCell, deadline, specHash, inputRoot);
        uint256 escrow = uint256(cells) * feePerCell;
        _escrowed += SafeCast.toUint128(escrow);
        emit JobPosted(jobId, msg.sender, specHash, inputRoot, cells, feePerCell, deadline);
        token.safeTransferFrom(msg.sender, address(this), escrow);
    }

    /// @inheritdoc IComputeMarket
    function reportProgress(uint256 jobId, uint64 step, bytes32 modelRoot, uint64 lossMicro) external {
        _requireRequester(jobId);
        emit JobProgressed(jobId, step, modelRoot, lossMicro);
    }

    /// @inheritdoc IComputeMarket
    function closeJob(uint256 jobId) external {
        _requireRequester(jobId);
        Job storage entry = _jobs[jobId];
        if (entry.closed) revert JobNotOpen(jobId);
        uint32 left = entry.cells - entry.cellsCommitted;
        if (left > 0 && block.timestamp < entry.deadline) revert InvalidJob("still open to commits");
        entry.closed = true;
        uint256 refund = _takeFee(jobId, left);
        emit JobClosed(jobId, refund);
        token.safeTransfer(msg.sender, refund);
    }

    /// @inheritdoc IComputeMarket
    function job(uint256 jobId) external view returns (Job memory) {
        _requireJob(jobId);
        return _jobs[jobId];
    }

    /// @inheritdoc IComputeMarket
    function escrowed() external view returns (uint256) {
        return _escrowed;
    }

    /// @inheritdoc IComputeMarket
    function feesBurned() external view returns (uint256) {
        return _feesBurned;
    }

    function _takeCells(uint256 jobId, uint32 cells) internal {
        _requireJob(jobId);
        Job storage entry = _jobs[jobId];
        if (entry.closed || block.timestamp >= entry.deadline) revert JobNotOpen(jobId);
        if (cells == 0) revert InvalidBatch("no cells");
        uint32 left = entry.cells - entry.cellsCommitted;
        if (cells > left) revert TooManyCells(jobId, left);
        entry.cellsCommitted += cells;
    }

    /// @dev Takes the fee of `cells` cells out of the escrow; the caller of this function pays it out.
    function _takeFee(uint256 jobId, uint32 cells) internal returns (uint256 fee) {
        fee = uint256(cells) * _jobs[jobId].feePerCell;
        _escrowed -= SafeCast.toUint128(fee);
    }

    function _refund(uint256 jobId, uint32 cells) internal {
        token.safeTransfer(_jobs[jobId].requester, _takeFee(jobId, cells));
    }

    function _burnFee(uint256 amount) internal {
        _feesBurned += SafeCast.toUint128(amount);
        token.burn(amount, "fee");
    }

    function _requireJob(uint256 jobId) private view {
        if (_jobs[jobId].requester == address(0)) revert UnknownJob(jobId);
    }

    function _requireRequester(uint256 jobId) private view {
        if (_jobs[jobId].requester != msg.sender) revert NotRequester(msg.sender);
    }
}
