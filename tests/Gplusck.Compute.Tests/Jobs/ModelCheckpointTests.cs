using CsCheck;
using Gplusck.Compute.Jobs;

namespace Gplusck.Compute.Tests.Jobs;

public sealed class ModelCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-model-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_comes_back_with_its_steps_and_a_damaged_one_does_not()
    {
        string path = Path.Combine(_folder, "model.bin");
        ModelCheckpoint checkpoint = new(path);
        DigitModel model = DigitModel.Untrained(3, new Random(1));
        Assert.Null(await checkpoint.LoadAsync(3, Cancellation));

        await checkpoint.SaveAsync(model, 41, Cancellation);

        (DigitModel Model, long StepsTaken)? loaded = await checkpoint.LoadAsync(3, Cancellation);
        Assert.Equal(41, loaded?.StepsTaken);
        Assert.Equal(model.Root, loaded?.Model.Root);
        Assert.Null(await checkpoint.LoadAsync(4, Cancellation));

        byte[] whole = await File.ReadAllBytesAsync(path, Cancellation);
        await Gen.Int[0, whole.Length - 1].SampleAsync(async position =>
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 1;
            await File.WriteAllBytesAsync(path, damaged, Cancellation);
            Assert.Null(await checkpoint.LoadAsync(3, Cancellation));
            await File.WriteAllBytesAsync(path, whole[..position], Cancellation);
            Assert.Null(await checkpoint.LoadAsync(3, Cancellation));
        }, iter: 50, threads: 1);
    }
}
