using System.Text.RegularExpressions;
using Gplusck.Chain.Bindings;
using Gplusck.Host.Devnet;

namespace Gplusck.Chain.Tests.Bindings;

public sealed partial class EnumTests
{
    [Theory]
    [InlineData(typeof(EnergySource))]
    [InlineData(typeof(NodeStatus))]
    [InlineData(typeof(MeasurementTier))]
    [InlineData(typeof(BatchStatus))]
    public void Members_and_their_order_are_those_of_the_contracts(Type type)
    {
        string folder = Path.Combine(Checkout.Folder, "contracts", "src");
        string[] declared = Directory.EnumerateFiles(folder, "*.sol", SearchOption.AllDirectories)
            .SelectMany(path => Enumeration().Matches(File.ReadAllText(path)))
            .Single(match => match.Groups["name"].Value == type.Name)
            .Groups["members"].Value.Split(',', StringSplitOptions.TrimEntries);

        Assert.Equal(declared, Enum.GetNames(type));
        Assert.Equal(
            Enumerable.Range(0, declared.Length), Enum.GetValues(type).Cast<byte>().Select(value => (int)value));
    }

    [GeneratedRegex(@"^\s*enum (?<name>\w+) \{(?<members>[\w\s,]+)\}", RegexOptions.Multiline)]
    private static partial Regex Enumeration();
}
