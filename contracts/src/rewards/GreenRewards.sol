// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEmission} from "../token/IEmission.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {IGreenRewards} from "./IGreenRewards.sol";

/// @title GreenRewards
contract GreenRewards is IGreenRewards {
    using SafeERC20 for IGpuck;

    IGpuck public immutable token;
    IEmission public immutable emission;
    address public immutable proposer;
    /// @notice Time between a root's proposal and its first claim.
    uint256 public immutable delaySeconds;

    /// @notice Wei claimed by all accounts.
    uint256 public totalClaimed;
    /// @inheritdoc IGreenRewards
    mapping(address account => uint256) public claimed;

    mapping(uint256 epoch => Root) private _roots;
    mapping(address account => address) private _recipients;
    uint256 private _latestEpoch;

    constructor(IGpuck token_, IEmission emission_, address proposer_, uint256 delaySeconds_) {
        token = token_;
        emission = emission_;
        proposer = proposer_;
        delaySeconds = delaySeconds_;
    }

    /// @inheritdoc IGreenRewards
    function proposeRoot(uint256 epoch, bytes32 root_, bytes32 inputsHash, uint256 total) external {
        if (msg.sender != proposer) revert NotAuthorised(msg.sender);
        if (epoch >= emission.currentEpoch()) revert EpochNotEnded(epoch, emission.startOf(epoch + 1));
        Root memory previous = _roots[_latestEpoch];
        if (_roots[epoch].activatesAt != 0) revert RootExists(epoch);
        if (epoch < _latestEpoch) revert EpochOutOfOrder(epoch, _latestEpoch);
        if (total < previous.total) revert TotalFell(total, previous.total);
        uint256 funded = token.balanceOf(address(this)) + totalClaimed;
        if (total > funded) revert Unfunded(total, funded);
        uint64 activatesAt = SafeCast.toUint64(block.timestamp + delaySeconds);
        _roots[epoch] = Root(root_, inputsHash, total, activatesAt);
        _latestEpoch = epoch;
        emit RootProposed(epoch, root_, inputsHash, total, activatesAt);
    }

    /// @inheritdoc IGreenRewards
    function claim(uint256 epoch, address account, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount)
    {
        Root storage entry = _roots[epoch];
        uint64 activatesAt = entry.activatesAt;
        if (activatesAt == 0 || block.timestamp < activatesAt) revert RootNotActive(epoch, activatesAt);
        if (!MerkleProof.verifyCalldata(proof, entry.root, leaf(epoch, account, cumulative))) revert InvalidProof();
        uint256 before = claimed[account];
        if (cumulative <= before) return 0;
        amount = cumulative - before;
        claimed[account] = cumulative;
        totalClaimed += amount;
        // Later roots announce at least as much: a tree whose leaves exceed its total still cannot pay more than
        // announced.
        uint256 announced = _roots[_latestEpoch].total;
        if (totalClaimed > announced) revert Unfunded(totalClaimed, announced);
        address recipient = recipientOf(account);
        emit Claimed(epoch, account, recipient, amount, cumulative);
        token.safeTransfer(recipient, amount);
    }

    /// @inheritdoc IGreenRewards
    function setRecipient(address recipient) external {
        _recipients[msg.sender] = recipient;
        emit RecipientChanged(msg.sender, recipientOf(msg.sender));
    }

    /// @inheritdoc IGreenRewards
    function root(uint256 epoch) external view returns (Root memory) {
        return _roots[epoch];
    }

    /// @inheritdoc IGreenRewards
    function latestEpoch() external view returns (uint256 epoch, bool exists) {
        return (_latestEpoch, _roots[_latestEpoch].activatesAt != 0);
    }

    /// @inheritdoc IGreenRewards
    function recipientOf(address account) public view returns (address) {
        address recipient = _recipients[account];
        return recipient == address(0) ? account : recipient;
    }

    /// @inheritdoc IGreenRewards
    function leaf(uint256 epoch, address account, uint256 cumulative) public view returns (bytes32) {
        bytes32 inner = keccak256(abi.encode(block.chainid, address(this), epoch, account, cumulative));
        return keccak256(bytes.concat(inner));
    }
}
