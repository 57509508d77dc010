// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {EnergySource} from "../staking/INodeRegistry.sol";
import {IEmissionFactors} from "./IEmissionFactors.sol";

/// @title EmissionFactors
contract EmissionFactors is IEmissionFactors {
    struct Hours {
        uint32 from;
        uint32 to;
    }

    uint256 private constant SOURCES = 12;

    /// @notice The only account that appends sets.
    address public immutable curator;
    /// @inheritdoc IEmissionFactors
    uint16 public current;

    /// @inheritdoc IEmissionFactors
    mapping(uint16 version => uint32) public zoneHoursEnd;

    mapping(uint16 version => uint32[SOURCES]) private _gramsPerKwh;
    mapping(uint16 version => mapping(bytes32 root => Hours)) private _zoneHours;

    constructor(address curator_) {
        curator = curator_;
        _append(
            "IPCC AR5 WGIII Annex III (2014) medians; oil: Our World in Data; "
            "thermal of unknown fuel: worst case; grid: Ember, world mean 2023",
            _firstSet()
        );
    }

    /// @inheritdoc IEmissionFactors
    function add(string calldata source, uint32[] calldata factors) external returns (uint16 version) {
        if (msg.sender != curator) revert NotAuthorised(msg.sender);
        return _append(source, factors);
    }

    /// @inheritdoc IEmissionFactors
    function addZoneHours(uint16 version, bytes32 root, uint32 fromHour, uint32 toHour, string calldata source)
        external
    {
        if (msg.sender != curator) revert NotAuthorised(msg.sender);
        _requireKnown(version);
        if (bytes(source).length == 0) revert InvalidZoneHours("no source");
        if (toHour <= fromHour) revert InvalidZoneHours("no hours");
        if (fromHour < zoneHoursEnd[version]) revert InvalidZoneHours("hours were covered before");
        if (_zoneHours[version][root].to != 0) revert InvalidZoneHours("root was added before");
        zoneHoursEnd[version] = toHour;
        _zoneHours[version][root] = Hours(fromHour, toHour);
        emit ZoneHoursAdded(version, root, fromHour, toHour, source);
    }

    /// @inheritdoc IEmissionFactors
    function zoneHourFactor(uint16 version, uint16 zone, uint32 hour, uint32 grams, bytes32[] calldata proof)
        external
        view
        returns (bool proved)
    {
        bytes32 root = MerkleProof.processProofCalldata(proof, zoneHourLeaf(zone, hour, grams));
        Hours memory hours_ = _zoneHours[version][root];
        return hour >= hours_.from && hour < hours_.to;
    }

    /// @inheritdoc IEmissionFactors
    function zoneHourLeaf(uint16 zone, uint32 hour, uint32 grams) public pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(zone, hour, grams))));
    }

    /// @inheritdoc IEmissionFactors
    function gramsPerKwh(uint16 version, EnergySource source) external view returns (uint32) {
        _requireKnown(version);
        return _gramsPerKwh[version][uint256(source)];
    }

    function _append(string memory source, uint32[] memory factors) private returns (uint16 version) {
        if (bytes(source).length == 0) revert InvalidFactorSet("no source");
        if (factors.length != SOURCES) revert InvalidFactorSet("one factor per energy source");
        if (factors[0] != 0) revert InvalidFactorSet("source None has no factor");
        for (uint256 i = 1; i < SOURCES; ++i) {
            if (factors[i] == 0) revert InvalidFactorSet("no electricity is free of emissions");
        }
        version = ++current;
        for (uint256 i = 1; i < SOURCES; ++i) {
            _gramsPerKwh[version][i] = factors[i];
        }
        emit FactorSetAdded(version, source, factors);
    }

    function _requireKnown(uint16 version) private view {
        if (version == 0 || version > current) revert UnknownVersion(version);
    }

    function _firstSet() private pure returns (uint32[] memory factors) {
        factors = new uint32[](SOURCES);
        factors[uint256(EnergySource.Solar)] = 48;
        factors[uint256(EnergySource.Wind)] = 11;
        factors[uint256(EnergySource.Hydro)] = 24;
        factors[uint256(EnergySource.Nuclear)] = 12;
        factors[uint256(EnergySource.Geothermal)] = 38;
        factors[uint256(EnergySource.Biomass)] = 230;
        factors[uint256(EnergySource.Gas)] = 490;
        factors[uint256(EnergySource.Oil)] = 720;
        factors[uint256(EnergySource.Coal)] = 820;
        factors[uint256(EnergySource.ThermalUnspecified)] = 1000;
        factors[uint256(EnergySource.Grid)] = 481;
    }
}
