using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Gplusck.Database;

/// <summary>One numbered script of the schema.</summary>
internal sealed record MigrationScript(string Name, string Sql)
{
    public byte[] Sha256 => SHA256.HashData(Encoding.UTF8.GetBytes(Sql));

    /// <summary>The scripts this program carries, by name.</summary>
    public static IReadOnlyList<MigrationScript> Embedded()
    {
        Assembly assembly = typeof(MigrationScript).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new MigrationScript(name, Read(assembly, name)))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
