// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A contract that trades: one key signs for it, and certificates may be sent to it
contract Wallet is IERC1271 {
    address private immutable key;

    constructor(address key_) {
        key = key_;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view virtual returns (bytes4) {
        return ECDSA.recover(hash, signature) == key ? this.isValidSignature.selector : bytes4(0);
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external virtual returns (bytes4) {
        return IERC1155Receiver.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        virtual
        returns (bytes4)
    {
        return IERC1155Receiver.onERC1155BatchReceived.selector;
    }
}

/// @title A wallet that burns all the gas it gets, be it asked for a signature or given a certificate
contract Furnace is Wallet(address(0)) {
    function isValidSignature(bytes32, bytes calldata) external view override returns (bytes4) {
        while (gasleft() > 100) {}
        return 0;
    }
}

/// @title A wallet that accepts every signature and refuses every certificate, with as long an answer as it can pay
contract Bomb is Wallet(address(0)) {
    function isValidSignature(bytes32, bytes calldata) external pure override returns (bytes4) {
        return this.isValidSignature.selector;
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata)
        external
        pure
        override
        returns (bytes4)
    {
        assembly ("memory-safe") {
            revert(0x80, 200000)
        }
    }
}

/// @title A wallet that, handed a certificate, tries everything it was told to and notes how each attempt ended
contract Intruder is Wallet(address(0)) {
    struct Attempt {
        address target;
        bytes data;
        bool succeeded;
        bytes4 reason;
    }

    Attempt[] private _attempts;
    uint256 public calls;

    function plan(address target, bytes calldata data) external {
        _attempts.push(Attempt(target, data, false, 0));
    }

    /// @notice Plans are carried out again at the next callback.
    function rearm() external {
        calls = 0;
    }

    function clear() external {
        calls = 0;
        delete _attempts;
    }

    function attempts() external view returns (Attempt[] memory) {
        return _attempts;
    }

    /// @dev Acts for the wallet outside of callbacks.
    function act(address target, bytes calldata data) external returns (bytes memory) {
        (bool ok, bytes memory result) = target.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
        return result;
    }

    function isValidSignature(bytes32, bytes calldata) external pure override returns (bytes4) {
        return this.isValidSignature.selector;
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external override returns (bytes4) {
        _tryAll();
        return IERC1155Receiver.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        override
        returns (bytes4)
    {
        _tryAll();
        return IERC1155Receiver.onERC1155BatchReceived.selector;
    }

    function _tryAll() private {
        if (++calls > 1) return;
        for (uint256 i = 0; i < _attempts.length; ++i) {
            Attempt storage attempt = _attempts[i];
            (bool ok, bytes memory result) = attempt.target.call(attempt.data);
            attempt.succeeded = ok;
            if (!ok && result.length >= 4) attempt.reason = bytes4(result);
        }
    }
}
