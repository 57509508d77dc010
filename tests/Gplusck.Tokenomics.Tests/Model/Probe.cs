using System.Collections;
using System.Globalization;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>A question to a contract, and the model's answer.</summary>
/// <param name="Contract">Whom to ask.</param>
/// <param name="Function">The view function.</param>
/// <param name="Arguments">What it is asked.</param>
/// <param name="Expected">The model's answer, as <see cref="Text"/> writes it.</param>
internal sealed record Probe(string Contract, string Function, object[] Arguments, string Expected)
{
    public static Probe Of(string contract, string function, object[] arguments, params object[] expected) =>
        new(contract, function, arguments, Text(expected));

    /// <summary>Values of any depth as one line.</summary>
    public static string Text(IEnumerable values) =>
        string.Join(' ', values.Cast<object>().Select(value => value switch
        {
            byte[] bytes => Convert.ToHexStringLower(bytes),
            string text => text,
            IEnumerable inner => Text(inner),
            Enum member => Convert.ToInt64(member, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{value}",
        }));

    public override string ToString() => $"{Contract}.{Function}({Text(Arguments)})";
}
