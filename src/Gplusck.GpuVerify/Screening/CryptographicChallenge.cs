using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gplusck.GpuVerify.Screening;

/// <summary>Weights from the operating system's random number generator, fresh for every screen.</summary>
public sealed class CryptographicChallenge : IChallengeSource
{
    /// <inheritdoc/>
    public void Fill(Span<uint> weights) => RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(weights));
}
