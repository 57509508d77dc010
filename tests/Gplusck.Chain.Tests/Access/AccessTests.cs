using System.Text.RegularExpressions;
using Gplusck.Host.Devnet;

namespace Gplusck.Chain.Tests.Access;

/// <summary>Every function of every deployed contract × every role.</summary>
public sealed partial class AccessTests(AccessScene scene) : IClassFixture<AccessScene>
{
    private static readonly string Table = Path.Combine(Checkout.Folder, "contracts", "access.md");

    [Fact]
    public async Task Everyone_may_call_what_the_table_says_and_nothing_else()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        string asked = AccessTable.Of(await AccessMatrix.AskAsync(scene, token), scene.Roles);
        if (Environment.GetEnvironmentVariable("GPLUSCK_UPDATE_ACCESS") == "1")
        {
            await File.WriteAllTextAsync(Table, asked, token);
        }

        Assert.Equal(await File.ReadAllTextAsync(Table, token), asked);
    }

    [Fact]
    public async Task Only_one_contract_mints_each_asset_and_no_person_does()
    {
        IEnumerable<string> mints = (await AskAsync())
            .Where(row => MakingVerb().IsMatch(row.Function.Name))
            .Select(row => $"{row.FullName}: {string.Join(", ", row.Callers.Select(caller => caller.Name))}");
        Assert.Equal(
            [
                "CarbonCertificate.mint: ComputeMarket", "Gpuck.mint: Emission",
                "RetirementReceipt.issue: CarbonCertificate",
            ],
            mints.Order());
    }

    [Fact]
    public async Task No_contract_has_a_function_that_seizes_takes_back_or_replaces_code()
    {
        IReadOnlyList<FunctionAccess> rows = await AskAsync();
        Assert.DoesNotContain(rows, row => ForbiddenVerb().IsMatch(row.Function.Name));
    }

    [Fact]
    public async Task The_guardian_only_pauses_entry_opens_it_again_cancels_and_disables_a_root() =>
        Assert.Equal(
            ["cancel", "disable", "openEntry", "pauseEntry"],
            (await PrivilegesAsync("Guardian")).Select(row => row.Function.Name).Distinct().Order());

    [Fact]
    public async Task The_council_acts_through_the_guardian_alone() =>
        Assert.Equal(
            ["Guardian.cancel", "Guardian.disableRoot", "Guardian.openEntry", "Guardian.pauseEntry"],
            (await PrivilegesAsync("council")).Select(row => row.FullName).Order());

    [Fact]
    public async Task The_deployer_keeps_no_power() => Assert.Empty(await PrivilegesAsync("deployer"));

    private Task<IReadOnlyList<FunctionAccess>> AskAsync() =>
        AccessMatrix.AskAsync(scene, TestContext.Current.CancellationToken);

    /// <summary>What the role may call and a stranger may not.</summary>
    private async Task<IEnumerable<FunctionAccess>> PrivilegesAsync(string role) =>
        (await AskAsync()).Where(row => row.Allows(role) && !row.Allows("stranger"));

    // Anyone may ask Emission for the epoch that is due; it decides the amount.
    [GeneratedRegex("^(mint(?!Epoch$)|issue)")]
    private static partial Regex MakingVerb();

    [GeneratedRegex(
        "seize|confiscate|forceTransfer|unretire|reinstate|upgrade|setImplementation|transferOwnership|sweep",
        RegexOptions.IgnoreCase)]
    private static partial Regex ForbiddenVerb();
}
