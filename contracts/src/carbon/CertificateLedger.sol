// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {CertificateId} from "./CertificateId.sol";
import {ICarbonCertificate} from "./ICarbonCertificate.sol";
import {IERC8393Retirement} from "./IERC8393.sol";

/// @title The books of the certificates
/// @notice What each account holds and retired of an id is one storage slot, and what was minted and retired of it in
/// all is another, so that a retirement writes two slots an id. Minted = held by all + retired, always.
/// @dev OpenZeppelin's ERC1155 reads and writes balances in `balanceOf` and `_update` only; both are replaced. Its
/// checks of approvals and receivers are kept.
abstract contract CertificateLedger is ERC1155, ICarbonCertificate, IERC8393Retirement {
    using CertificateId for uint256;

    struct Holding {
        uint64 held;
        uint64 retired;
    }

    struct Issue {
        uint64 minted;
        uint64 retired;
    }

    mapping(uint256 id => mapping(address account => Holding)) private _holdings;
    mapping(uint256 id => Issue) private _issues;
    /// @dev 256 hours of a node a slot.
    mapping(uint48 nodeId => mapping(uint256 word => uint256 hours_)) private _voidHours;

    /// @inheritdoc ERC1155
    function balanceOf(address account, uint256 id) public view override(ERC1155, IERC1155) returns (uint256) {
        return _holdings[id][account].held;
    }

    /// @inheritdoc IERC8393Retirement
    function retiredBalanceOf(address account, uint256 id) public view returns (uint256) {
        return _holdings[id][account].retired;
    }

    /// @inheritdoc ICarbonCertificate
    function totalMinted(uint256 id) public view returns (uint256) {
        return _issues[id].minted;
    }

    /// @inheritdoc ICarbonCertificate
    function totalRetired(uint256 id) external view returns (uint256) {
        return _issues[id].retired;
    }

    /// @inheritdoc ICarbonCertificate
    function isHourVoid(uint48 nodeId, uint32 hour) public view returns (bool) {
        return _voidHours[nodeId][hour >> 8] >> (hour & 0xff) & 1 == 1;
    }

    /// @inheritdoc ICarbonCertificate
    function isVoid(uint256 id) public view returns (bool) {
        return isHourVoid(id.nodeOf(), id.hourOf());
    }

    /// @return changed false when it was void already.
    function _voidHour(uint48 nodeId, uint32 hour) internal returns (bool changed) {
        if (isHourVoid(nodeId, hour)) return false;
        _voidHours[nodeId][hour >> 8] |= 1 << (hour & 0xff);
        return true;
    }

    /// @dev From nobody is a mint, to nobody a retirement. A receiver is called, if at all, after the books are closed.
    function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal override {
        if (ids.length != values.length) revert ERC1155InvalidArrayLength(ids.length, values.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            if (from == address(0)) _issue(to, ids[i], values[i]);
            else _take(from, to, ids[i], values[i]);
        }
        if (ids.length == 1) emit TransferSingle(msg.sender, from, to, ids[0], values[0]);
        else emit TransferBatch(msg.sender, from, to, ids, values);
    }

    /// @dev The only place where Wh come to be. A node's hour is bounded by its nameplate power, far below 64 bits.
    function _issue(address to, uint256 id, uint256 value) private {
        _issues[id].minted = SafeCast.toUint64(_issues[id].minted + value);
        // The total did not overflow, so no part of it does.
        // forge-lint: disable-next-line(unsafe-typecast)
        _holdings[id][to].held += uint64(value);
    }

    function _take(address from, address to, uint256 id, uint256 value) private {
        if (isVoid(id)) revert HourIsVoid(id.nodeOf(), id.hourOf());
        Holding storage source = _holdings[id][from];
        uint64 held = source.held;
        if (value > held) revert ERC1155InsufficientBalance(from, held, value, id);
        // forge-lint: disable-next-line(unsafe-typecast)
        uint64 amount = uint64(value);
        source.held = held - amount;
        if (to != address(0)) {
            _holdings[id][to].held += amount;
        } else {
            source.retired += amount;
            _issues[id].retired += amount;
        }
    }
}
