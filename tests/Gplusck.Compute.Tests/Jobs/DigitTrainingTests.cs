using Gplusck.Compute.Jobs;
using Gplusck.GpuVerify.Simd;
using Gplusck.Host.Devnet;

namespace Gplusck.Compute.Tests.Jobs;

public sealed class DigitTrainingTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Loss_falls_below_a_quarter_and_four_of_five_unseen_digits_are_read()
    {
        (List<long> losses, double accuracy) = await TrainAsync(new LocalCellExecutor(SimdGemm.Best()), steps: 100);

        Assert.InRange(losses.Take(5).Average(), 1_800_000, 2_800_000);
        Assert.InRange(losses.TakeLast(5).Average(), 0, 500_000);
        Assert.InRange(accuracy, 0.8, 1);
    }

    [Fact]
    public async Task A_cheat_that_spoils_one_cell_in_twenty_does_not_stop_the_training()
    {
        SpoilingExecutor cheat = new(new LocalCellExecutor(SimdGemm.Best()), new Random(7));

        (List<long> losses, double accuracy) = await TrainAsync(cheat, steps: 100);

        Assert.InRange(cheat.Spoiled, 30, 70);
        Assert.InRange(losses.TakeLast(5).Average(), 0, 800_000);
        Assert.InRange(accuracy, 0.8, 1);
    }

    private async Task<(List<long> LossesMicro, double Accuracy)> TrainAsync(ICellExecutor executor, int steps)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        DigitSet digits = await DigitSet.LoadAsync(Checkout.NodeModule("mnist/src/digits"), cancellationToken);
        Random random = new(1);
        TrainingOptions options = new();
        DigitTraining training = new(
            DigitModel.Untrained(options.HiddenUnits, random), 0, digits.Training, options, random);
        List<long> losses = [];
        for (int step = 0; step < steps; step++)
        {
            losses.Add((await training.StepAsync(executor, cancellationToken)).LossMicro);
        }

        double accuracy = training.Model.Accuracy(digits.HeldOut);
        output.WriteLine($"loss {string.Join(' ', losses.Chunk(10).Select(ten => $"{ten.Average() / 1e6:0.00}"))}");
        output.WriteLine($"accuracy {accuracy:0.000} on {digits.HeldOut.Count} of {digits.Training.Count}");
        return (losses, accuracy);
    }

    private sealed class SpoilingExecutor(ICellExecutor honest, Random random) : ICellExecutor
    {
        public int Spoiled { get; private set; }

        public async Task<IReadOnlyList<int[]>> ExecuteAsync(
            IReadOnlyList<CellTask> cells, CancellationToken cancellationToken)
        {
            IReadOnlyList<int[]> results = await honest.ExecuteAsync(cells, cancellationToken);
            foreach (int[] result in results.Where(_ => random.Next(20) == 0))
            {
                result[random.Next(result.Length)] += random.Next(-1_000_000, 1_000_000);
                Spoiled++;
            }

            return results;
        }
    }
}
