using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Tokenomics.Rules;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>The ledgers and the deployed contracts live through the same random acts and must agree to the
/// wei.</summary>
/// <remarks>
/// 2,000 acts, 100,000 when GPLUSCK_TEST_LONG is set. GPLUSCK_TEST_SEED repeats a run: acts follow from the seed alone.
/// </remarks>
public sealed class ReferenceModelTests(ITestOutputHelper output)
{
    private const int Nodes = 5;
    private const int TrailLength = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static bool IsLong => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GPLUSCK_TEST_LONG"));

    [Fact]
    public async Task The_model_and_the_contracts_agree_to_the_wei_over_thousands_of_random_acts()
    {
        int seed = int.TryParse(
            Environment.GetEnvironmentVariable("GPLUSCK_TEST_SEED"), CultureInfo.InvariantCulture, out int given)
            ? given
            : 20_261;
        await using ModelChain chain = await ModelChain.StartAsync(World.Parameters, Token);
        World world = new(chain, await ScheduleAsync(chain));
        Probes probes = new(world);
        Dice dice = new(seed);
        ActGenerator generator = new(world, probes, dice);
        Run run = new(chain, world, seed);
        foreach (Act act in Setup(world, new RegistryActs(world, probes, dice), probes))
        {
            await run.PlayAsync(act);
        }

        long start = Stopwatch.GetTimestamp();
        (int acts, int every) = IsLong ? (100_000, 250) : (2_000, 50);
        for (int index = 0; index < acts; index++)
        {
            await run.PlayAsync(generator.Next());
            if (dice.OneIn(5))
            {
                await run.CompareAsync(generator.Past());
            }

            if (index % every == every - 1)
            {
                await run.CompareAsync(probes.All());
            }
        }

        output.WriteLine(
            $"Seed {seed}: {acts} acts in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, "
            + $"{run.Refused} refused by both, {run.Compared} figures compared.");
        foreach ((string name, (int done, int refused)) in run.Counts.OrderBy(entry => entry.Key))
        {
            output.WriteLine($"{name}: {done} done, {refused} refused");
        }
    }

    private static async Task<EmissionSchedule> ScheduleAsync(ModelChain chain)
    {
        IReadOnlyList<string> answers = await chain.ReadAsync(
            [.. new[] { "genesis", "epochSeconds", "epochsPerStep", "initialBudget" }.Select(
                function => Probe.Of("Emission", function, []))], Token);
        long[] numbers = [.. answers.Take(3).Select(answer => long.Parse(answer, CultureInfo.InvariantCulture))];
        return new EmissionSchedule(
            numbers[0], numbers[1], numbers[2], BigInteger.Parse(answers[3], CultureInfo.InvariantCulture));
    }

    // Everyone gets GPUCK and lets the contracts take it; a few nodes start to work.
    private static IEnumerable<Act> Setup(World world, RegistryActs registry, Probes probes)
    {
        BigInteger everything = (BigInteger.One << 256) - 1;
        Address[] people = [.. world.People, .. Enumerable.Range(1, 40).Select(node => World.Operator(node))];
        foreach (Address person in people)
        {
            yield return new Act(
                World.Holder, "Gpuck", "transfer", [person, 2_000_000 * World.OneGpuck],
                () => world.Gpuck.Transfer(World.Holder, person, 2_000_000 * World.OneGpuck),
                () => probes.Account(person));
            foreach (string spender in new[] { "StakeVault", "ComputeMarket" })
            {
                yield return new Act(
                    person, "Gpuck", "approve", [world.Chain[spender], everything], () => { }, () => []);
            }
        }

        while (world.Nodes.Count < Nodes)
        {
            yield return registry.Register();
        }
    }

    private sealed class Run(ModelChain chain, World world, int seed)
    {
        private readonly Queue<string> _trail = [];
        private int _index;

        public int Refused { get; private set; }

        public long Compared { get; private set; }

        public Dictionary<string, (int Done, int Refused)> Counts { get; } = [];

        public async Task PlayAsync(Act act)
        {
            string? expected = null;
            try
            {
                act.Apply();
            }
            catch (RefusedException refusal)
            {
                expected = refusal.Error;
                Refused++;
            }

            _trail.Enqueue($"{_index++} at {world.Now}: {act} -> {expected ?? "done"}");
            if (_trail.Count > TrailLength)
            {
                _trail.Dequeue();
            }

            (int done, int refused) = Counts.GetValueOrDefault(act.Function);
            Counts[act.Function] = expected is null ? (done + 1, refused) : (done, refused + 1);
            string? actual = await chain.SendAsync(
                act.From, act.Contract, act.Function, act.Arguments, world.Now, Token);
            if (expected != actual)
            {
                Assert.Fail(Report($"the model: {expected ?? "done"}, the contract: {actual ?? "done"}"));
            }

            await CompareAsync(act.Touched());
        }

        public async Task CompareAsync(IEnumerable<Probe> probes)
        {
            Probe[] asked = [.. probes];
            IReadOnlyList<string> answers = await chain.ReadAsync(asked, Token);
            Compared += asked.Length;
            foreach ((Probe probe, string answer) in asked.Zip(answers))
            {
                if (probe.Expected != answer)
                {
                    Assert.Fail(Report($"{probe}: the model has {probe.Expected}, the contract has {answer}"));
                }
            }
        }

        private string Report(string difference) =>
            $"Seed {seed}, act {_index - 1}: {difference}\n{string.Join('\n', _trail)}";
    }
}
