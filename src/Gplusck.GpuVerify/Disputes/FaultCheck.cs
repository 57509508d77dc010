using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;
using Gplusck.GpuVerify.Reference;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Judges a fault from its evidence alone, as the court does: no database, no chain, no clock.</summary>
public static class FaultCheck
{
    /// <summary>Recomputes the fault.</summary>
    /// <exception cref="InvalidInputException">The text is no evidence document.</exception>
    public static FaultFinding Examine(string evidenceJson)
    {
        FaultEvidence evidence = FaultEvidence.Parse(evidenceJson);
        List<string> differences = [];
        (int? claimed, int? actual) = (null, null);
        try
        {
            (claimed, actual) = Recompute(evidence, differences);
        }
        catch (InvalidInputException error)
        {
            differences.Add(error.Message);
        }

        if (claimed is int was && actual is int element)
        {
            AddIf(differences, was == element, $"The element is right: it is claimed as {was} and is {element}.");
            AddIf(
                differences,
                was != evidence.Claimed,
                $"The opening holds {was}, the evidence says {evidence.Claimed}.");
            AddIf(
                differences,
                element != evidence.Actual,
                $"The element is {element}, the evidence says {evidence.Actual}.");
        }

        return new FaultFinding(evidence.BatchId, evidence.CellsRoot, claimed, actual, differences);
    }

    private static (int? Claimed, int? Actual) Recompute(FaultEvidence evidence, List<string> differences)
    {
        EvidenceProof proof = evidence.Proof;
        CellCommitment cell = CellOf(proof.Cell);
        GemmShape shape = cell.Shape;
        if (cell.Op != CellCommitment.GemmS8 || proof.Row >= shape.M || proof.Column >= shape.N)
        {
            throw new InvalidInputException(
                $"Operation {cell.Op}, {shape.M} × {shape.N}, has no element ({proof.Row}, {proof.Column}).");
        }

        EvidenceOpening leaf = new(Hex.ToHex(cell.Encode()), proof.CellSiblings);
        int position = (int)proof.Position;
        bool valid = Leads(
            BatchTree.Tag, evidence.CellsRoot, evidence.Cells, position, leaf, CellCommitment.EncodedLength);
        AddIf(differences, !valid, "The cell is not in the batch.");
        byte[]? a = Row('A', cell.RootA, shape.M, shape.K, (int)proof.Row, proof.A);
        AddIf(differences, a is null, "The opening of the row of A does not lead to its root.");
        byte[]? b = Row('B', cell.RootB, shape.N, shape.K, (int)proof.Column, proof.B);
        AddIf(differences, b is null, "The opening of the row of Bt does not lead to its root.");
        int? claimed = Element(cell, (int)proof.Row, (int)proof.Column, proof.C);
        AddIf(differences, claimed is null, "The opening of the element does not lead to its root.");
        int? actual = a is null || b is null
            ? null
            : ScalarGemm.Dot(MemoryMarshal.Cast<byte, sbyte>(a), MemoryMarshal.Cast<byte, sbyte>(b));
        return (claimed, actual);
    }

    private static byte[]? Row(char tag, Hash32 root, int rows, int k, int row, EvidenceOpening opening)
    {
        int chunks = OperandTree.ChunksOf(k);
        int depth = MerkleTree.DepthOf(checked(rows * chunks));
        if (opening is not { Data: not null, Siblings: not null } || opening.Siblings.Count != chunks * depth)
        {
            return null;
        }

        byte[] data = Hex.Parse(opening.Data);
        if (data.Length != k)
        {
            return null;
        }

        for (int chunk = 0; chunk < chunks; chunk++)
        {
            int start = chunk * OperandTree.ChunkLength;
            byte[] leaf = data[start..Math.Min(k, start + OperandTree.ChunkLength)];
            Hash32[] path = [.. opening.Siblings.Skip(chunk * depth).Take(depth)];
            if (MerkleTree.RootOf(tag, (row * chunks) + chunk, leaf, path) != root)
            {
                return null;
            }
        }

        return data;
    }

    private static int? Element(CellCommitment cell, int row, int column, EvidenceOpening opening)
    {
        int element = (row * cell.Shape.N) + column;
        int leaf = element / OutputTree.ElementsPerLeaf;
        int leaves = (cell.Shape.LengthC + OutputTree.ElementsPerLeaf - 1) / OutputTree.ElementsPerLeaf;
        int elements = Math.Min(OutputTree.ElementsPerLeaf, cell.Shape.LengthC - (leaf * OutputTree.ElementsPerLeaf));
        return Leads(OutputTree.Tag, cell.RootC, leaves, leaf, opening, elements * sizeof(int))
            ? BinaryPrimitives.ReadInt32BigEndian(
                Hex.Parse(opening.Data).AsSpan(element % OutputTree.ElementsPerLeaf * sizeof(int)))
            : null;
    }

    private static bool Leads(char tag, Hash32 root, int leaves, int index, EvidenceOpening opening, int length) =>
        opening is { Data: not null, Siblings: not null }
        && index >= 0
        && index < leaves
        && opening.Siblings.Count == MerkleTree.DepthOf(leaves)
        && Hex.Parse(opening.Data) is byte[] data
        && data.Length == length
        && MerkleTree.RootOf(tag, index, data, opening.Siblings) == root;

    private static CellCommitment CellOf(EvidenceCell cell)
    {
        bool isNumber = BigInteger.TryParse(
            cell.JobId, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger jobId);
        return isNumber && cell.M <= int.MaxValue && cell.N <= int.MaxValue && cell.K <= int.MaxValue
            ? new CellCommitment(
                jobId, cell.CellIndex, cell.Op, new GemmShape((int)cell.M, (int)cell.N, (int)cell.K),
                cell.RootA, cell.RootB, cell.RootC)
            : throw new InvalidInputException("The evidence's cell has an impossible job id or size.");
    }

    private static void AddIf(List<string> differences, bool differs, string sentence)
    {
        if (differs)
        {
            differences.Add(sentence);
        }
    }
}
