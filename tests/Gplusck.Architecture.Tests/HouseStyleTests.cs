using System.Text.RegularExpressions;

namespace Gplusck.Architecture.Tests;

/// <summary>The written rules of the house, held by a test.</summary>
public sealed partial class HouseStyleTests
{
    private const int FileLinesMax = 400;
    private const int FileLinesMedianMax = 100;
    private const int MethodLinesMax = 70;
    private const int ColumnsMax = 120;

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        IEnumerable<string> tooLong = SourceTree.Files(".cs", ".sol", ".ts", ".tsx", ".mjs")
            .Where(file => file.Lines.Length > FileLinesMax).Select(file => $"{file.Name}: {file.Lines.Length}");
        AssertNone(tooLong);
    }

    [Fact]
    public void The_median_source_file_is_shorter_than_100_lines()
    {
        int[] lengths = [.. SourceTree.Files(".cs", ".sol", ".ts", ".tsx")
            .Where(file => !file.Name.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => file.Lines.Length).Order()];
        Assert.InRange(lengths[lengths.Length / 2], 1, FileLinesMedianMax);
    }

    [Fact]
    public void No_line_is_wider_than_120_columns()
    {
        IEnumerable<string> tooWide = SourceTree.Files(".cs", ".sol", ".mjs")
            .SelectMany(file => file.Lines.Select((line, index) => (line, place: $"{file.Name}:{index + 1}")))
            .Where(line => line.line.Length > ColumnsMax).Select(line => line.place);
        AssertNone(tooWide);
    }

    [Fact]
    public void No_method_is_longer_than_70_lines()
    {
        IEnumerable<string> tooLong = SourceTree.Files(".cs")
            .SelectMany(file => MethodLengths(file.Lines).Where(method => method.Length > MethodLinesMax)
                .Select(method => $"{file.Name}:{method.Line}: {method.Length} lines"));
        AssertNone(tooLong);
    }

    [Fact]
    public void Names_say_what_a_type_is_and_not_that_it_manages_or_helps()
    {
        IEnumerable<string> vague = SourceTree.Files(".cs", ".sol", ".ts", ".tsx")
            .SelectMany(file => TypeName().Matches(file.Text)
                .Select(match => $"{file.Name}: {match.Groups["name"].Value}"))
            .Where(name => VagueName().IsMatch(name));
        AssertNone(vague);
    }

    [Fact]
    public void Nothing_is_left_open_in_the_code()
    {
        IEnumerable<string> open = SourceTree.Files(".cs", ".sol", ".ts", ".tsx", ".mjs")
            .Where(file => !file.Name.EndsWith("HouseStyleTests.cs", StringComparison.Ordinal))
            .Where(file => LeftOpen().IsMatch(file.Text)).Select(file => file.Name);
        AssertNone(open);
    }

    private static void AssertNone(IEnumerable<string> breaches) => Assert.Equal("", string.Join("\n", breaches));

    // A method starts at an indentation of four with its opening brace and ends with the brace at the same place.
    private static IEnumerable<(int Line, int Length)> MethodLengths(string[] lines)
    {
        int start = -1;
        for (int index = 0; index < lines.Length; index++)
        {
            if (lines[index] == "    {")
            {
                start = index;
            }
            else if (lines[index] is "    }" or "    };" && start >= 0)
            {
                if (!NestedType().IsMatch(lines[start - 1]))
                {
                    yield return (start + 1, index - start - 1);
                }

                start = -1;
            }
        }
    }

    [GeneratedRegex(@"\b(class|record|struct|interface|contract|library)\s+(?<name>[A-Z]\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex("(Manager|Helper|Util|Utils|Service|Processor|Wrapper|Impl|Common|Core)$")]
    private static partial Regex VagueName();

    [GeneratedRegex("TODO|FIXME|NotImplementedException|HACK")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\b")]
    private static partial Regex NestedType();
}
