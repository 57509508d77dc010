// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CellCommitment} from "./CellCommitment.sol";

/// @notice Who has to move in a demand.
enum Turn {
    None,
    Holder,
    Challenger,
    Closed
}

/// @notice One leaf being asked for, in three slots.
/// @param deadline of the move. @param levels still between `node` and its leaves. @param tag of the tree, see
/// MicrocellProof. @param index of `node` among the nodes of its level. @param node what is opened next.
/// @param leaves of the whole tree. @param extent what a leaf's length follows from: K for `A` and `B`, the number of
/// elements for `C`.
struct Demand {
    address challenger;
    uint40 deadline;
    uint8 levels;
    bytes1 tag;
    Turn turn;
    uint32 index;
    bytes32 node;
    uint40 batchId;
    uint96 bondWei;
    uint32 leaves;
    uint32 extent;
}

/// @title Makes an operator show what it committed to
/// @notice A challenger who cannot get data demands it with a bond. The operator answers with the nodes a few levels
/// below a root, the challenger picks one, and so on down to one leaf, which is revealed in full: at most five rounds,
/// 5 levels each (more where a tree has over 2²⁰ leaves). Each move has the terms' round. A challenger who knows what
/// the tree should hold finds the first difference this way.
/// Silence costs the silent side: an operator's is a fault (DataWithheld), whose finder is the challenger, who has the
/// bond back; a challenger's gives the bond to the operator, and so does a full answer. If the batch falls to another
/// proof meanwhile, the challenger has the bond back.
/// @dev A demand that ends in the operator's silence becomes the court's fault of the same id.
/// Demands are taken in the challenge window only. Every move keeps the batch open to proofs for its own round and
/// one more, so that what was revealed last can still be used. Data is checked by its hash: whoever holds it may
/// answer, the bond goes to the operator all the same.
interface IForcedOpening {
    event LeafDemanded(
        uint256 indexed demandId,
        uint256 indexed batchId,
        address indexed challenger,
        bytes1 tag,
        uint32 position,
        bytes32 root,
        uint32 leaves,
        uint96 bondWei,
        uint40 deadline
    );
    event NodesAnswered(uint256 indexed demandId, bytes32[] children, uint40 deadline);
    /// @param index of `node` among the nodes of its level. @param levels between it and the leaves.
    event ChildDemanded(uint256 indexed demandId, uint32 index, uint8 levels, bytes32 node, uint40 deadline);
    event LeafRevealed(uint256 indexed demandId, uint256 indexed batchId, bytes1 tag, uint32 index, bytes data);
    /// @param bondTo who got the bond.
    event DemandClosed(uint256 indexed demandId, uint256 indexed batchId, address bondTo, uint96 bondWei);

    error NotAuthorised(address caller);
    error BatchNotOpen(uint256 batchId);
    error ChallengeOver(uint256 batchId, uint64 endsAt);
    error InvalidDemand(string reason);
    /// @notice It is not the time for this move of the demand.
    error WrongTurn(uint256 demandId, Turn turn, uint8 levels);
    error MoveOver(uint256 demandId, uint40 deadline);
    error MoveOpen(uint256 demandId, uint40 deadline);
    error InvalidAnswer(uint256 demandId);

    /// @notice Demands a leaf of the batch's tree of cells; pulls the bond from the caller.
    function demandCell(uint256 batchId) external returns (uint256 demandId);

    /// @notice Demands a leaf of matrix `tag` (`A`, `B` or `C`) of one cell of the batch; pulls the bond from the
    /// caller.
    /// @param siblings path of `cell` at `position` of the batch.
    function demandMatrix(
        uint256 batchId,
        bytes1 tag,
        uint32 position,
        CellCommitment calldata cell,
        bytes32[] calldata siblings
    ) external returns (uint256 demandId);

    /// @notice Shows the nodes one round below, all of them, from left to right; whoever holds them may call.
    function answer(uint256 demandId, bytes32[] calldata children) external;

    /// @notice Picks the child to go on with; only the challenger.
    /// @param child its place among the answered ones, `node` its hash, `siblings` its path up to the node above them.
    function descend(uint256 demandId, uint32 child, bytes32 node, bytes32[] calldata siblings) external;

    /// @notice Shows the leaf in full, ends the demand and pays the bond to the operator; whoever holds it may call.
    function reveal(uint256 demandId, bytes calldata data) external;

    /// @notice Ends a demand whose mover is silent, or whose batch has fallen; anyone may call.
    function close(uint256 demandId) external;

    function demand(uint256 demandId) external view returns (Demand memory);

    /// @notice Levels that one round opens in a tree of `leaves` leaves.
    function levelsPerRound(uint256 leaves) external pure returns (uint256);
}
