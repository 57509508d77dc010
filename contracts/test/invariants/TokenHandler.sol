// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Contracts} from "../../script/Contracts.sol";
import {vm} from "../../script/Vm.sol";
import {MeasurementTier} from "../../src/compute/IComputeMarket.sol";

/// @title Random but legal moves of GPUCK: transfers, allowances, burns, delegation, fees and emission
/// @dev Every action ends without a revert: an illegal draw is turned into a legal one or into nothing. What must never
/// happen is tried too, and sets `broken` when it does.
contract TokenHandler {
    /// @notice Votes that an account had at a past second.
    struct Sample {
        address account;
        uint256 timestamp;
        uint256 votes;
        uint256 supply;
    }

    string public broken;
    uint256 public emitted;

    Contracts private c;
    address[] private _holders;
    address private _requester;
    address private _operator;
    Sample[] private _samples;

    /// @param requester who pays fees. @param operator of an active node.
    constructor(Contracts memory contracts, address[] memory holders, address requester, address operator) {
        c = contracts;
        _holders = holders;
        _requester = requester;
        _operator = operator;
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](10);
        list[0] = this.transfer.selector;
        list[1] = this.transferFrom.selector;
        list[2] = this.burn.selector;
        list[3] = this.delegate.selector;
        list[4] = this.delegate.selector;
        list[5] = this.settleFee.selector;
        list[6] = this.mintEpoch.selector;
        list[7] = this.steal.selector;
        list[8] = this.sample.selector;
        list[9] = this.pass.selector;
    }

    /// @dev I2. Minted and burned only ever rise, and the first only in `mintEpoch`.
    modifier counted(bool mayMint) {
        (uint256 minted, uint256 burned) = (c.gpuck.minted(), c.gpuck.burned());
        _;
        if (c.gpuck.burned() < burned) broken = "burned fell";
        if (c.gpuck.minted() < minted) broken = "minted fell";
        if (!mayMint && c.gpuck.minted() != minted) broken = "minted by something else";
    }

    function transfer(uint256 from, uint256 to, uint256 amount) external counted(false) {
        address sender = _holder(from);
        amount %= c.gpuck.balanceOf(sender) + 1;
        (uint256 left, uint256 right) = (c.gpuck.balanceOf(sender), c.gpuck.balanceOf(_holder(to)));
        vm.prank(sender);
        require(c.gpuck.transfer(_holder(to), amount), "transfer");
        if (sender == _holder(to)) {
            if (c.gpuck.balanceOf(sender) != left) broken = "a transfer to oneself moved something";
        } else if (c.gpuck.balanceOf(sender) != left - amount || c.gpuck.balanceOf(_holder(to)) != right + amount) {
            broken = "a transfer was not exact";
        }
    }

    function transferFrom(uint256 owner, uint256 spender, uint256 amount) external counted(false) {
        address from = _holder(owner);
        amount %= c.gpuck.balanceOf(from) + 1;
        vm.prank(from);
        c.gpuck.approve(_holder(spender), amount);
        vm.prank(_holder(spender));
        require(c.gpuck.transferFrom(from, _holder(spender), amount), "transferFrom");
    }

    function burn(uint256 who, uint256 amount) external counted(false) {
        amount %= c.gpuck.balanceOf(_holder(who)) / 1_000 + 1;
        vm.prank(_holder(who));
        c.gpuck.burn(amount, "test");
    }

    function delegate(uint256 who, uint256 to, bool toNobody) external counted(false) {
        vm.prank(_holder(who));
        c.gpuck.delegate(toNobody ? address(0) : _holder(to));
    }

    /// @dev Through the real market: the only way fees burn.
    function settleFee(uint256 fee) external counted(false) {
        fee = 1 + fee % 1_000_000 ether;
        if (c.gpuck.balanceOf(_requester) < fee) return;
        vm.prank(_requester);
        uint256 jobId = c.computeMarket.postJob(0, 0, 1, uint128(fee), uint64(block.timestamp + 1 days));
        vm.prank(_operator);
        uint256 batchId = c.computeMarket
            .commitBatch(
                jobId, keccak256(abi.encode(jobId)), 1, 0, uint32(block.timestamp / 1 hours), MeasurementTier.Declared
            );
        vm.warp(c.computeMarket.batch(batchId).challengeEndsAt);
        c.computeMarket.settle(batchId);
    }

    function mintEpoch() external counted(true) {
        if (c.emission.nextEpoch() >= c.emission.currentEpoch()) vm.warp(block.timestamp + c.emission.epochSeconds());
        uint256 epoch = c.emission.nextEpoch();
        uint256 amount = c.emission.mintEpoch(epoch);
        if (amount > c.emission.budget(epoch)) broken = "over the schedule";
        emitted += amount;
    }

    /// @dev I4. Tries to mint, to move and to lower what belongs to another, without any right.
    function steal(uint256 thief, uint256 victim, uint256 amount) external counted(false) {
        (address from, address to) = (_holder(victim), _holder(thief));
        amount = 1 + amount % 1 ether;
        vm.startPrank(to);
        c.gpuck.approve(from, type(uint256).max);
        (bool minted,) = address(c.gpuck).call(abi.encodeCall(c.gpuck.mint, (to, amount)));
        if (minted) broken = "anyone mints";
        if (c.gpuck.allowance(from, to) < amount) {
            (bool moved,) = address(c.gpuck).call(abi.encodeCall(c.gpuck.transferFrom, (from, to, amount)));
            if (moved) broken = "moved without allowance";
        }
        vm.stopPrank();
    }

    function sample(uint256 who) external {
        uint256 timestamp = block.timestamp - 1;
        address account = _holder(who);
        _samples.push(
            Sample(account, timestamp, c.gpuck.getPastVotes(account, timestamp), c.gpuck.getPastTotalSupply(timestamp))
        );
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + 1 + time % 2 days);
    }

    function samples() external view returns (Sample[] memory) {
        return _samples;
    }

    function _holder(uint256 index) private view returns (address) {
        return _holders[index % _holders.length];
    }
}
