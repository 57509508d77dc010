// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EnergySource} from "../staking/INodeRegistry.sol";
import {IEmissionFactors} from "./IEmissionFactors.sol";

/// @title EmissionFactors
contract EmissionFactors is IEmissionFactors {
    uint256 private constant SOURCES = uint256(type(EnergySource).max) + 1;

    /// @notice The only account that appends sets.
    address public immutable curator;
    /// @inheritdoc IEmissionFactors
    uint16 public current;

    mapping(uint16 version => uint32[]) private _gramsPerKwh;

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
    function gramsPerKwh(uint16 version, EnergySource source) external view returns (uint32) {
        if (version == 0 || version > current) revert UnknownVersion(version);
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
        _gramsPerKwh[version] = factors;
        emit FactorSetAdded(version, source, factors);
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
