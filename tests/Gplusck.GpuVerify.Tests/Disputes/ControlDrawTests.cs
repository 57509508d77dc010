using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Disputes;

namespace Gplusck.GpuVerify.Tests.Disputes;

public sealed class ControlDrawTests
{
    private static readonly Hash32 Beacon = Keccak.Hash("beacon"u8);

    [Fact]
    public void Draw_follows_from_beacon_and_batch_and_has_at_least_one_cell()
    {
        Assert.Single(ControlDraw.Draw(Beacon, 5, 100, 0));
        Assert.Equal(100, ControlDraw.Draw(Beacon, 5, 100, 10_000).Count);
        Assert.Equal(ControlDraw.Draw(Beacon, 5, 100, 625), ControlDraw.Draw(Beacon, 5, 100, 625));
        Assert.NotEqual(ControlDraw.Draw(Beacon, 5, 100, 625), ControlDraw.Draw(Beacon, 6, 100, 625));
        Assert.NotEqual(ControlDraw.Draw(Beacon, 5, 100, 625), ControlDraw.Draw(Keccak.Hash(""u8), 5, 100, 625));
    }

    [Fact]
    public void Share_drawn_over_many_batches_is_the_share_asked_for()
    {
        int drawn = Enumerable.Range(1, 200).Sum(batch => ControlDraw.Draw(Beacon, batch, 100, 2_500).Count);

        // 20,000 draws at one quarter: 5,000 give or take six standard deviations of 61.
        Assert.InRange(drawn, 4_630, 5_370);
    }
}
