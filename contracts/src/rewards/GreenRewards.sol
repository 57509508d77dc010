// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IGpuck} from "../token/IGpuck.sol";
import {IGreenRewards} from "./IGreenRewards.sol";
import {RewardRoots} from "./RewardRoots.sol";

/// @title GreenRewards
/// @dev What a claim touches is packed: the root's terms, the account and the books take one slot each.
contract GreenRewards is IGreenRewards, RewardRoots {
    using SafeERC20 for IGpuck;

    struct Earner {
        uint96 claimed;
        address recipient;
    }

    mapping(address account => Earner) private _earners;

    constructor(Links memory links, address[] memory recomputers, uint8 threshold)
        RewardRoots(links, recomputers, threshold)
    {}

    /// @inheritdoc IGreenRewards
    function claim(uint256 epoch, address account, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount)
    {
        Entry storage entry = _roots[epoch];
        (uint256 total, uint64 activatesAt, RootState state) = (entry.total, entry.activatesAt, entry.state);
        if (activatesAt == 0 || block.timestamp < activatesAt || state > RootState.Confirmed) {
            revert RootNotActive(epoch, activatesAt);
        }
        if (!MerkleProof.verifyCalldata(proof, entry.root, leaf(epoch, account, cumulative))) revert InvalidProof();
        Earner storage earner = _earners[account];
        (uint256 before, address recipient) = (earner.claimed, earner.recipient);
        if (cumulative <= before) return 0;
        amount = cumulative - before;
        _book(amount, total);
        // At most what was announced, which fits.
        // forge-lint: disable-next-line(unsafe-typecast)
        earner.claimed = uint96(cumulative);
        if (recipient == address(0)) recipient = account;
        emit Claimed(epoch, account, recipient, amount, cumulative);
        token.safeTransfer(recipient, amount);
    }

    /// @inheritdoc IGreenRewards
    function setRecipient(address recipient) external {
        _earners[msg.sender].recipient = recipient;
        emit RecipientChanged(msg.sender, recipientOf(msg.sender));
    }

    /// @inheritdoc IGreenRewards
    function claimed(address account) external view returns (uint256) {
        return _earners[account].claimed;
    }

    /// @inheritdoc IGreenRewards
    function recipientOf(address account) public view returns (address) {
        address recipient = _earners[account].recipient;
        return recipient == address(0) ? account : recipient;
    }

    /// @inheritdoc IGreenRewards
    function leaf(uint256 epoch, address account, uint256 cumulative) public view returns (bytes32) {
        bytes32 inner = keccak256(abi.encode(block.chainid, address(this), epoch, account, cumulative));
        return keccak256(bytes.concat(inner));
    }

    /// @dev All claims together stay within the largest total that an active root announced: a tree whose leaves add up
    /// to more than its total cannot take what belongs to later epochs. Totals never fall from root to root.
    function _book(uint256 amount, uint256 total) private {
        (uint256 paid, uint256 announced) = (_books.claimed, Math.max(_books.announced, total));
        if (amount > announced - paid) revert Unfunded(amount, announced - paid);
        // Both are at most a root's total, which is a uint96.
        // forge-lint: disable-next-line(unsafe-typecast)
        (_books.claimed, _books.announced) = (uint96(paid + amount), uint96(announced));
    }
}
