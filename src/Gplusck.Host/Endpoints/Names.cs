using System.Text.Json;
using Gplusck.Chain.Bindings;

namespace Gplusck.Host.Endpoints;

/// <summary>Enumeration values as the API spells them: <c>thermalUnspecified</c>, <c>jailed</c>,
/// <c>emulated</c>.</summary>
internal static class Names
{
    public static string Of(EnergySource source) => Camel($"{source}");

    public static string Of(NodeStatus status) => Camel($"{status}");

    public static string Of(MeasurementTier tier) => Camel($"{tier}");

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
