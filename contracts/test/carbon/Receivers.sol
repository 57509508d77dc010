// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {CarbonCertificate} from "../../src/carbon/CarbonCertificate.sol";
import {RetirementNote} from "../../src/carbon/ICarbonCertificate.sol";

/// @title A holder that notes which callback brought what, and what the books said then
contract NotingReceiver {
    uint256 public singles;
    uint256 public batches;
    uint256 public heldInCallback;
    uint256 public mintedInCallback;

    function onERC1155Received(address, address, uint256 id, uint256, bytes calldata) external returns (bytes4) {
        ++singles;
        heldInCallback = CarbonCertificate(msg.sender).balanceOf(address(this), id);
        mintedInCallback = CarbonCertificate(msg.sender).totalMinted(id);
        return IERC1155Receiver.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        returns (bytes4)
    {
        ++batches;
        return IERC1155Receiver.onERC1155BatchReceived.selector;
    }
}

/// @title A holder that retires what it is given before the giver can
contract RetiringReceiver {
    function onERC1155Received(address, address, uint256 id, uint256 value, bytes calldata) external returns (bytes4) {
        RetirementNote memory note;
        CarbonCertificate(msg.sender).retire(id, value, note);
        return IERC1155Receiver.onERC1155Received.selector;
    }
}

/// @title A holder that answers wrongly
contract WrongReceiver {
    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return 0xdeadbeef;
    }
}

/// @title A contract that takes no ERC-1155 tokens
contract NoReceiver {}
