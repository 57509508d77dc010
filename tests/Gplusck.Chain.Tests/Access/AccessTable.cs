using System.Text;

namespace Gplusck.Chain.Tests.Access;

/// <summary>The text of contracts/access.md.</summary>
internal static class AccessTable
{
    private const string Introduction = """
        # Who may call what

        Every function that can change state, and who gets past its check of the caller. Made by asking a deployment: a
        role may call a function unless the call ends in an error about the caller. The test `AccessTests` compares;
        `GPLUSCK_UPDATE_ACCESS=1 ./gplusck test` writes this file anew, to be read before it is committed.

        """;

    public static string Of(IReadOnlyList<FunctionAccess> rows, IReadOnlyList<Role> roles)
    {
        StringBuilder text = new(Introduction);
        text.Append('\n');
        text.Append("Roles: ").AppendJoin(", ", roles.Select(role => role.Name)).Append(".\n");
        foreach (IGrouping<string, FunctionAccess> contract in rows.GroupBy(row => row.Contract))
        {
            text.Append("\n## ").Append(contract.Key).Append("\n\n");
            text.Append("| function | who may | others meet |\n|---|---|---|\n");
            foreach (FunctionAccess row in contract)
            {
                text.Append("| `").Append(row.Function.Signature).Append("` | ").Append(WhoMay(row, roles))
                    .Append(" | ").AppendJoin(", ", row.Refusals).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string WhoMay(FunctionAccess row, IReadOnlyList<Role> roles)
    {
        IEnumerable<string> callers = row.Callers.Select(role => role.Name);
        return (roles.Count - row.Callers.Count) switch
        {
            0 => "anyone",
            _ when row.Callers.Count == 0 => "no one of these",
            int others when others < row.Callers.Count =>
                $"anyone but {string.Join(", ", roles.Select(role => role.Name).Except(callers))}",
            _ => string.Join(", ", callers),
        };
    }
}
