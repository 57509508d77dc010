using System.Runtime.InteropServices;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Tests.Screening;

/// <summary>The same weights in every run of a test.</summary>
internal sealed class SeededChallenge(int seed) : IChallengeSource
{
    private readonly Random random = new(seed);

    public void Fill(Span<uint> weights) => random.NextBytes(MemoryMarshal.AsBytes(weights));
}
