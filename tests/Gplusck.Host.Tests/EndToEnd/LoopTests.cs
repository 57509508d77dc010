using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Gplusck.Host.Devnet;
using Gplusck.Testing;

namespace Gplusck.Host.Tests.EndToEnd;

/// <summary>
/// The whole loop, as a newcomer meets it: one command, a real chain, a real database, a real browser.
/// </summary>
public sealed class LoopTests : IDisposable
{
    // Generous: the figures are what is tested, not the speed of the machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck loop ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact, Trait("Kind", "EndToEnd")]
    public async Task Compute_is_paid_checked_slashed_certified_and_mirrored_and_a_second_start_resumes()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        JsonElement before;
        await using (RunningNetwork network = await RunningNetwork.StartAsync(_folder, FreePort.Next(), token))
        {
            before = await WaitForTheLoopAsync(network, token);
            await AssertFaultHasEvidenceAsync(network, token);
            await AssertRewardsAreClaimableByProofAsync(network, token);
            await new MirrorCheck(_folder).AssertEqualsChainAsync(token);
            await AssertDashboardShowsItAsync(network);
            Assert.Equal(0, await network.InterruptAsync(token));
        }

        Assert.Empty(Directory.EnumerateFiles(_folder, "*.pid", SearchOption.AllDirectories));

        await using RunningNetwork resumed = await RunningNetwork.StartAsync(_folder, FreePort.Next(), token);
        JsonElement after = await resumed.GetAsync("network", token);
        Assert.Equal(
            before.GetProperty("contracts").GetProperty("Gpuck").GetString(),
            after.GetProperty("contracts").GetProperty("Gpuck").GetString());
        Assert.True(Number(after, "cellsSettled") >= Number(before, "cellsSettled"));
        Assert.True(Number(after, "indexedBlock") > Number(before, "indexedBlock"));
        await new MirrorCheck(_folder).AssertEqualsChainAsync(token);
    }

    private static async Task<JsonElement> WaitForTheLoopAsync(RunningNetwork network, CancellationToken token)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        JsonElement answer = default;
        try
        {
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
                answer = await network.GetAsync("network", limit.Token);
            }
            while (!IsWholeLoop(answer));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            Assert.Fail($"The loop is not closed after {Patience}: {answer}");
        }

        return answer;
    }

    private static bool IsWholeLoop(JsonElement network) =>
        Number(network, "cellsVerified") >= 200
        && Number(network, "cellsSettled") > 0
        && Number(network, "faultsProved") >= 1
        && Number(network, "nodesSlashed") >= 1
        && Wei(network, "burnedWei") > 0
        && Number(network, "rewardEpochs") >= 1
        && Number(network, "rewardsClaimed") >= 1
        && network.GetProperty("certificatesBySource").EnumerateObject()
            .Count(source => Number(source.Value, "count") > 0) >= 3;

    private static async Task AssertFaultHasEvidenceAsync(RunningNetwork network, CancellationToken token)
    {
        JsonElement fault = (await network.GetAsync("faults", token)).GetProperty("faults").EnumerateArray().Last();
        Assert.NotEqual(fault.GetProperty("claimed").GetInt32(), fault.GetProperty("actual").GetInt32());
        Assert.True(Wei(fault, "slashedWei") > 0);

        string id = fault.GetProperty("faultId").ToString();
        JsonElement whole = await network.GetAsync($"faults/{id}", token);
        Assert.Equal(JsonValueKind.Object, whole.GetProperty("evidence").ValueKind);

        (int code, string output, string errors) = await GplusckProgram.RunAsync(
            token, "slash", "check", id, "--api", network.Url.ToString());
        Assert.True(code == 0, output + errors);
    }

    private async Task AssertRewardsAreClaimableByProofAsync(RunningNetwork network, CancellationToken token)
    {
        JsonElement epoch = (await network.GetAsync("rewards", token)).GetProperty("epochs").EnumerateArray()
            .First(epoch => Number(epoch, "claims") > 0);
        (int code, string output, string errors) = await GplusckProgram.RunAsync(
            token, "rewards", "check", epoch.GetProperty("epoch").ToString(), "--data", _folder);
        Assert.True(code == 0, output + errors);
    }

    private static async Task AssertDashboardShowsItAsync(RunningNetwork network)
    {
        const string Look = """
            import { look } from './tests/Gplusck.Host.Tests/EndToEnd/dashboard.mjs';
            output(await look(input.url, input.picture));
            """;
        string? picture = Environment.GetEnvironmentVariable("GPLUSCK_PICTURE");
        JsonElement page = await NodeScript.RunAsync(
            Look, new { url = network.Url, picture }, TestContext.Current.CancellationToken);

        Assert.Empty(page.GetProperty("complaints").EnumerateArray());
        JsonElement figures = page.GetProperty("figures");
        Assert.True(Digits(figures, "Cells verified") >= 200, figures.ToString());
        Assert.True(Digits(figures, "Faults proved") >= 1, figures.ToString());
        string[] sections = [.. page.GetProperty("sections").EnumerateArray().Select(section => section.GetString()!)];
        Assert.Contains("Training loss", sections);
        Assert.Contains("Carbon certificates", sections);
        Assert.True(page.GetProperty("sources").GetArrayLength() >= 3, page.ToString());
    }

    private static long Digits(JsonElement figures, string name) => long.Parse(
        string.Concat(figures.GetProperty(name).GetString()!.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static BigInteger Wei(JsonElement element, string name) =>
        BigInteger.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
