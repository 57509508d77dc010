using System.Xml.Linq;
using Gplusck.Host.Devnet;
using NetArchTest.Rules;

namespace Gplusck.Architecture.Tests;

/// <summary>Which room may call which. The picture is in ARCHITECTURE.md.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Gplusck.Chain"] = [],
        ["Gplusck.Database"] = ["Gplusck.Chain"],
        ["Gplusck.Outbox"] = ["Gplusck.Chain", "Gplusck.Database"],
        ["Gplusck.Indexer"] = ["Gplusck.Chain", "Gplusck.Database"],
        ["Gplusck.Tokenomics"] = ["Gplusck.Outbox", "Gplusck.Chain", "Gplusck.Database"],
        ["Gplusck.GpuVerify"] = ["Gplusck.Outbox", "Gplusck.Chain", "Gplusck.Database"],
        ["Gplusck.Compute"] = ["Gplusck.GpuVerify", "Gplusck.Chain"],
        ["Gplusck.Host"] =
        [
            "Gplusck.Chain", "Gplusck.Database", "Gplusck.Outbox", "Gplusck.Indexer", "Gplusck.Tokenomics",
            "Gplusck.GpuVerify", "Gplusck.Compute",
        ],
    };

    private static readonly string[] Impure =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Net", "System.TimeProvider",
        "System.DateTime", "System.DateTimeOffset", "System.Threading.Tasks", "System.Random", "System.Environment",
        "System.Diagnostics.Process", "Npgsql", "Dapper", "Hangfire", "Microsoft.Extensions",
    ];

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Fact]
    public void Every_room_of_the_source_tree_has_its_arrows_stated() =>
        Assert.Equal(Allowed.Keys.Order(), Directory.GetDirectories(Path.Combine(Checkout.Folder, "src"))
            .Select(folder => Path.GetFileName(folder)).Order());

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_references_only_the_rooms_it_may(string room)
    {
        XDocument project = XDocument.Load(Path.Combine(Checkout.Folder, "src", room, $"{room}.csproj"));
        IEnumerable<string> references = project.Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Subset(Allowed[room].ToHashSet(), references.ToHashSet());
    }

    [Fact]
    public void The_database_room_uses_no_more_of_the_chain_than_its_primitives() =>
        AssertIndependent("Gplusck.Database", "Gplusck.Database",
            "Gplusck.Chain.Rpc", "Gplusck.Chain.Abi", "Gplusck.Chain.Signing", "Gplusck.Chain.Bindings");

    [Fact]
    public void Compute_knows_nothing_of_Postgres_or_of_disputes() =>
        AssertIndependent("Gplusck.Compute", "Gplusck.Compute",
            "Npgsql", "Dapper", "Hangfire", "Gplusck.Database", "Gplusck.Outbox", "Gplusck.GpuVerify.Disputes");

    [Theory]
    [InlineData("Gplusck.Tokenomics", "Gplusck.Tokenomics.Rules")]
    [InlineData("Gplusck.GpuVerify", "Gplusck.GpuVerify.Reference")]
    [InlineData("Gplusck.GpuVerify", "Gplusck.GpuVerify.Cells")]
    [InlineData("Gplusck.Chain", "Gplusck.Chain.Primitives")]
    public void Pure_folders_do_no_input_or_output_and_read_no_clock(string assembly, string folder) =>
        AssertIndependent(assembly, folder, Impure);

    private static void AssertIndependent(string assembly, string folder, params string[] dependencies)
    {
        System.Reflection.Assembly loaded = System.Reflection.Assembly.Load(assembly);
        Assert.Contains(
            loaded.GetTypes(), type => type.Namespace?.StartsWith(folder, StringComparison.Ordinal) == true);
        NetArchTest.Rules.TestResult result = Types.InAssembly(loaded).That().ResideInNamespaceStartingWith(folder)
            .ShouldNot().HaveDependencyOnAny(dependencies).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
