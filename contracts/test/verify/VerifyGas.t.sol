// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "../../script/Vm.sol";
import {CellCommitment} from "../../src/verify/CellCommitment.sol";
import {FaultProof, Opening} from "../../src/verify/IMicrocellCourt.sol";
import {Cells, Tree, Trees} from "../Cells.sol";
import {VerifyBase} from "./VerifyBase.sol";

/// @title What a fault costs its finder, as whole transactions
/// @dev Under Prague's rules, whose floor of 40 gas for a byte of calldata binds for wide rows. C is 256 x 256, so the
/// paths are 8, 8 and 10 long.
contract VerifyGasTest is VerifyBase {
    using Trees for Tree;

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_proveK256() public {
        _measure(256, "prove, K=256", 110_000);
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_proveK1024() public {
        _measure(1_024, "prove, K=1024", 165_000);
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_proveK4096() public {
        _measure(4_096, "prove, K=4096", 410_000);
    }

    /// forge-config: default.isolate = true
    /// forge-config: long.isolate = true
    function test_gas_reserveAndPunish() public {
        FaultProof memory p = _wideProof(256);
        _reserve(verifier, _proveCall(p));
        vm.snapshotGasLastCall("verify", "reserve");
        vm.prank(verifier);
        uint256 faultId = c.microcellCourt.prove(p, SALT);
        c.microcellCourt.punish(faultId);
        vm.snapshotGasLastCall("verify", "punish");
    }

    function _measure(uint32 k, string memory name, uint256 ceiling) private {
        vm.setEvmVersion("prague");
        FaultProof memory p = _wideProof(k);
        _reserve(verifier, _proveCall(p));
        vm.prank(verifier);
        c.microcellCourt.prove(p, SALT);
        uint256 gas = vm.snapshotGasLastCall("verify", name);
        vm.assertLe(gas, ceiling, name);
    }

    /// @dev Every row of A is the same, and every row of Bt.
    function _wideProof(uint32 k) private returns (FaultProof memory p) {
        bytes memory a = Cells.randomBytes(k, 1);
        bytes memory b = Cells.randomBytes(k, 2);
        int32[] memory c64 = new int32[](64);
        for (uint256 i = 0; i < 64; ++i) {
            c64[i] = Cells.dot(a, b);
        }
        c64[3] += 1;
        bytes memory element = Cells.elementBytes(c64, 0);
        Tree memory treeA = _repeated("A", a, 256);
        Tree memory treeB = _repeated("B", b, 256);
        Tree memory treeC = _repeated("C", element, 1_024);

        p.cell = CellCommitment(jobId, 0, 1, 256, 256, k, treeA.root(), treeB.root(), treeC.root());
        (p.row, p.column) = (77, 131);
        p.a = Opening(a, treeA.path(77));
        p.b = Opening(b, treeB.path(131));
        // Element 77 * 256 + 131 is number 3 of leaf 310.
        p.c = Opening(element, treeC.path(310));
        p.batchId = _commit(Cells.leafHash("P", 0, abi.encode(p.cell)), 1);
    }

    function _repeated(bytes1 tag, bytes memory data, uint256 count) private pure returns (Tree memory) {
        bytes32[] memory leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            leaves[i] = Cells.leafHash(tag, i, data);
        }
        return Trees.build(leaves);
    }
}
