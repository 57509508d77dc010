// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {vm} from "../../script/Vm.sol";
import {IGpuck} from "../../src/token/IGpuck.sol";
import {StakingFixture} from "../staking/StakingFixture.sol";

/// @dev Insists on using the permit itself: "Permission denied", Trust Security 2024.
contract InsistsOnThePermit {
    IGpuck private immutable token;

    constructor(IGpuck token_) {
        token = token_;
    }

    function stakeWithPermit(uint256 assets, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        IERC20Permit(address(token)).permit(msg.sender, address(this), assets, deadline, v, r, s);
        require(token.transferFrom(msg.sender, address(this), assets), "transfer");
    }
}

/// @title F15: someone else sends your permit first
contract F15PermitFrontRunTest is StakingFixture {
    uint256 private constant KEY = 0xA11CE;
    uint256 private constant DEADLINE = START + 1 hours;

    address private signer;

    function setUp() public override {
        super.setUp();
        signer = vm.addr(KEY);
        vm.prank(holder);
        _gpuck(signer, 10 ether);
    }

    function test_attack_frontRunPermitBlocksTheStake() public {
        InsistsOnThePermit weak = new InsistsOnThePermit(c.gpuck);
        (uint8 v, bytes32 r, bytes32 s) = _sign(address(weak), KEY);
        vm.prank(stranger);
        c.gpuck.permit(signer, address(weak), 10 ether, DEADLINE, v, r, s);
        vm.expectPartialRevert(bytes4(keccak256("ERC2612InvalidSigner(address,address)")));
        vm.prank(signer);
        weak.stakeWithPermit(10 ether, DEADLINE, v, r, s);
    }

    function test_defence_frontRunPermitStakesAllTheSame() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(address(c.stakeVault), KEY);
        vm.prank(stranger);
        c.gpuck.permit(signer, address(c.stakeVault), 10 ether, DEADLINE, v, r, s);
        vm.prank(signer);
        c.stakeVault.stakeWithPermit(nodeId, 10 ether, 0, DEADLINE, v, r, s);
        vm.assertEq(c.stakeVault.sharesOf(nodeId, signer), 10 ether * SHARES_PER_WEI, "staked");
    }

    /// @dev Not asking whether the permit worked opens nothing: without an allowance the transfer fails.
    function test_defence_invalidPermitStakesNothing() public {
        (uint8 v, bytes32 r, bytes32 s) = _sign(address(c.stakeVault), 0xB0B);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        vm.prank(signer);
        c.stakeVault.stakeWithPermit(nodeId, 10 ether, 0, DEADLINE, v, r, s);
    }

    function _sign(address spender, uint256 key) private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 message = keccak256(abi.encode(typeHash, signer, spender, 10 ether, c.gpuck.nonces(signer), DEADLINE));
        return vm.sign(key, keccak256(abi.encodePacked("\x19\x01", c.gpuck.DOMAIN_SEPARATOR(), message)));
    }
}
