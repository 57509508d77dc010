using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>A proof and the reservation that must be at least a block and a second older, so that whoever copies the
/// proof from the mempool gains nothing.</summary>
/// <param name="Reserve">Notes the hash of finder and proof.</param>
/// <param name="Prove">The proof.</param>
internal sealed record ReservedProof(Call<Unit> Reserve, Call<BigInteger> Prove)
{
    /// <remarks>
    /// The reservation is keccak256(abi.encode(finder, keccak256(call data))). The salt follows from the proof, so that
    /// deciding twice sends the same transactions; what it must hide, the evidence, nobody else has before.
    /// </remarks>
    public static ReservedProof Of(MicrocellCourt court, FaultProof proof, Address finder)
    {
        Hash32 salt = Keccak.Hash([.. finder.ToArray(), .. proof.C.Data]);
        Call<BigInteger> prove = court.Prove(proof, salt);
        byte[] preimage = new byte[64];
        finder.ToArray().CopyTo(preimage, 12);
        Keccak.Hash(prove.Data).ToArray().CopyTo(preimage, 32);
        return new ReservedProof(court.Reserve(Keccak.Hash(preimage)), prove);
    }
}
