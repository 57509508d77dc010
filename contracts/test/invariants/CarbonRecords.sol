// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Contracts.sol";
import {CertificateId} from "../../src/carbon/CertificateId.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";

/// @title What the carbon handler did, kept apart from what the contracts say
abstract contract CarbonRecords {
    using CertificateId for uint256;

    struct Commit {
        uint256 batchId;
        uint48 nodeId;
        uint32 hour;
        uint32 energyWh;
        MeasurementTier tier;
        uint256 opensAt;
        bool settled;
    }

    uint256 public constant NAMEPLATE = 1_500;
    uint256 internal constant CHALLENGE = 2 days;

    bool public retiredFell;
    bool public voidMoved;
    uint256[] public ids;
    mapping(uint256 id => uint256) public mintedWh;
    mapping(uint256 id => uint256) public retiredWh;
    mapping(address account => uint256) public greenWh;
    mapping(uint48 nodeId => mapping(uint32 hour => uint256)) public settledWh;
    mapping(uint48 nodeId => mapping(uint32 hour => bool)) public everVoid;
    mapping(uint16 version => mapping(uint256 source => uint32)) public grams;
    uint256 public retirements;
    /// @dev Green Wh of this second: not yet part of the past.
    mapping(address account => mapping(uint256 time => uint256)) public greenWhAt;

    Contracts internal c;
    address[] internal operators;
    address[] internal holders;
    uint256 internal jobId;
    Commit[] internal commits;

    constructor(Contracts memory contracts, address[] memory operators_, address[] memory holders_, uint256 jobId_) {
        c = contracts;
        operators = operators_;
        holders = holders_;
        jobId = jobId_;
        uint16[12] memory first = [uint16(0), 48, 11, 24, 12, 38, 230, 490, 720, 820, 1_000, 481];
        for (uint256 i = 0; i < 12; ++i) {
            grams[1][i] = first[i];
        }
    }

    function allIds() external view returns (uint256[] memory) {
        return ids;
    }

    function heldByAll(uint256 id) external view returns (uint256 sum) {
        for (uint256 i = 0; i < holders.length; ++i) {
            sum += c.carbonCertificate.balanceOf(holders[i], id);
        }
    }

    function retiredByAll(uint256 id) external view returns (uint256 sum) {
        for (uint256 i = 0; i < holders.length; ++i) {
            sum += c.carbonCertificate.retiredBalanceOf(holders[i], id);
        }
    }

    function allHolders() external view returns (address[] memory) {
        return holders;
    }

    /// @dev The first holding from the drawn ones on that is not void; `held` is 0 if there is none.
    function _draw(uint256 who, uint256 which) internal view returns (address account, uint256 id, uint256 held) {
        for (uint256 i = 0; i < ids.length; ++i) {
            id = ids[(which % ids.length + i) % ids.length];
            if (everVoid[id.nodeOf()][id.hourOf()]) continue;
            for (uint256 j = 0; j < holders.length; ++j) {
                account = holders[(who % holders.length + j) % holders.length];
                held = c.carbonCertificate.balanceOf(account, id);
                if (held > 0) return (account, id, held);
            }
        }
    }

    function _retired(address account, uint256 id, uint256 amount) internal {
        ++retirements;
        retiredWh[id] += amount;
        if (!id.isGreen()) return;
        greenWh[account] += amount;
        greenWhAt[account][block.timestamp] += amount;
    }

    /// @dev Held << 128 | retired, of every id and holder.
    function _holdings() internal view returns (uint256[] memory list) {
        uint256 count = ids.length * holders.length;
        (address[] memory accounts, uint256[] memory drawn) = (new address[](count), new uint256[](count));
        for (uint256 i = 0; i < count; ++i) {
            (drawn[i], accounts[i]) = (ids[i / holders.length], holders[i % holders.length]);
        }
        list = c.carbonCertificate.balanceOfBatch(accounts, drawn);
        uint256[] memory retired = c.carbonCertificate.claimedBalanceOfBatch(accounts, drawn);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = list[i] << 128 | retired[i];
        }
    }

    /// @param before may lack the newest ids.
    function _compare(uint256[] memory before) internal {
        uint256[] memory present = _holdings();
        for (uint256 i = 0; i < before.length; ++i) {
            uint256 id = ids[i / holders.length];
            (uint256 retired, uint256 retiredBefore) = (uint128(present[i]), uint128(before[i]));
            if (retired < retiredBefore) retiredFell = true;
            if (!everVoid[id.nodeOf()][id.hourOf()]) continue;
            if (present[i] >> 128 < before[i] >> 128 || retired != retiredBefore) voidMoved = true;
        }
    }
}
