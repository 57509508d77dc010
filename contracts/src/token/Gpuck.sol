// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {IGpuck} from "./IGpuck.sol";

/// @title Gpuck
contract Gpuck is IGpuck, ERC20, ERC20Permit, ERC20Votes {
    /// @inheritdoc IGpuck
    uint256 public immutable cap;
    /// @inheritdoc IGpuck
    address public immutable emission;
    /// @inheritdoc IGpuck
    uint256 public minted;
    /// @inheritdoc IGpuck
    uint256 public burned;

    /// @param genesisHolder gets the whole genesis supply.
    constructor(address emission_, address genesisHolder, uint256 genesisSupply, uint256 cap_)
        ERC20("Gplusck", "GPUCK")
        ERC20Permit("Gplusck")
    {
        emission = emission_;
        cap = cap_;
        _mintWithinCap(genesisHolder, genesisSupply);
    }

    /// @inheritdoc IGpuck
    function mint(address to, uint256 amount) external {
        if (msg.sender != emission) revert NotEmission(msg.sender);
        _mintWithinCap(to, amount);
    }

    /// @inheritdoc IGpuck
    function burn(uint256 amount, bytes32 reason) external {
        burned += amount;
        _burn(msg.sender, amount);
        emit Burned(msg.sender, amount, reason);
    }

    /// @notice Votes are counted in Unix time, not block numbers (ERC-6372).
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice The clock of `clock()`, machine-readable (ERC-6372).
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc ERC20Permit
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _mintWithinCap(address to, uint256 amount) private {
        uint256 supply = totalSupply() + amount;
        if (supply > cap) revert CapExceeded(supply, cap);
        minted += amount;
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override(ERC20, ERC20Votes) {
        super._update(from, to, amount);
    }
}
