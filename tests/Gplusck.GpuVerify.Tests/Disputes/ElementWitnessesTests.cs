using CsCheck;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Disputes;
using Gplusck.GpuVerify.Screening;
using Gplusck.GpuVerify.Simd;

namespace Gplusck.GpuVerify.Tests.Disputes;

public sealed class ElementWitnessesTests
{
    [Fact]
    public void Three_witnesses_agree_on_any_wrong_element() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 300], Gen.Int, Gen.Int[1, int.MaxValue])
            .Sample((m, n, k, seed, difference) =>
            {
                GemmShape shape = new(m, n, k);
                RandomCell cell = new(shape, seed);
                int element = (int)((uint)seed % (uint)cell.C.Length);
                int actual = cell.C[element];
                cell.C[element] = unchecked(actual + difference);
                WrongElement wrong = new(element / n, element % n, cell.C[element], actual);

                IReadOnlyList<Witness> heard = new ElementWitnesses([SimdGemm.Best()], new CryptographicChallenge())
                    .Hear(shape, new CellMatrices(cell.A, cell.Bt, cell.C), wrong);

                return heard.Count == 3 && heard.All(witness => witness.Actual == actual);
            }, iter: 200);

    [Fact]
    public void Nobody_is_accused_when_one_device_disagrees()
    {
        GemmShape shape = new(4, 4, 16);
        RandomCell cell = new(shape, 1);
        CellMatrices matrices = new(cell.A, cell.Bt, cell.C);
        WrongElement imagined = new(1, 2, cell.C[6], cell.C[6] + 1);
        ElementWitnesses witnesses = new([new FlakyBackend()], new CryptographicChallenge());

        InconclusiveException error =
            Assert.Throws<InconclusiveException>(() => witnesses.Hear(shape, matrices, imagined));

        Assert.Contains("flaky says", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_that_contradicts_the_reference_accuses_nobody()
    {
        GemmShape shape = new(4, 4, 16);
        RandomCell cell = new(shape, 1);
        TestBatch batch = TestBatch.Of(cell);
        FreivaldsScreen freivalds = new(new CryptographicChallenge());
        CellScreen screen = new(freivalds, new FlakyBackend(), TimeProvider.System);

        Assert.Throws<InconclusiveException>(
            () => screen.Screen(0, batch.Cells[0], batch.Matrices(0), isAssigned: true, isControl: true));
    }

    /// <summary>A device that is one off in its first element.</summary>
    private sealed class FlakyBackend : IGemmBackend
    {
        public string Name => "flaky";

        public void Multiply(GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, Span<int> c)
        {
            SimdGemm.Best().Multiply(shape, a, bt, c);
            c[0]++;
        }
    }
}
