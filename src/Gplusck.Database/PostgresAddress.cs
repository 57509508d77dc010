using Gplusck.Chain;
using Npgsql;

namespace Gplusck.Database;

/// <summary>Where a database is, as a user writes it.</summary>
public static class PostgresAddress
{
    /// <summary>
    /// Reads <c>postgres://user:password@host:port/database?option=value</c> or Npgsql's <c>Host=…;Database=…</c>.
    /// </summary>
    /// <returns>Npgsql's form. User, password and database of a URL are percent-decoded.</returns>
    /// <remarks>The error never repeats the text, which may hold a password.</remarks>
    /// <exception cref="InvalidInputException">The text is neither form.</exception>
    public static string Parse(string text)
    {
        try
        {
            return text.StartsWith("postgres://", StringComparison.Ordinal)
                || text.StartsWith("postgresql://", StringComparison.Ordinal)
                ? FromUrl(new Uri(text))
                : new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (Exception error) when (error is UriFormatException or ArgumentException or FormatException)
        {
            throw new InvalidInputException(
                "The database address is neither postgres://user:password@host:port/database nor Host=…;Database=….");
        }
    }

    private static string FromUrl(Uri url)
    {
        string database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/'));
        if (database.Length == 0 || url.Host.Length == 0)
        {
            throw new InvalidInputException(
                "The database URL names no host or no database: write postgres://user:password@host:port/database.");
        }

        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = url.Host,
            Port = url.Port < 0 ? NpgsqlConnection.DefaultPort : url.Port,
            Database = database,
        };
        string[] credentials = url.UserInfo.Split(':', 2);
        if (credentials[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(credentials[0]);
        }

        if (credentials.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(credentials[1]);
        }

        foreach (string option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = option.Split('=', 2);

            string value = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "true");

            // libpq writes sslmode=verify-full where Npgsql writes SSL Mode=VerifyFull; other keywords are Npgsql's.
            if (parts[0] == "sslmode")
            {
                settings["SSL Mode"] = value.Replace("-", "", StringComparison.Ordinal);
            }
            else
            {
                settings[Uri.UnescapeDataString(parts[0])] = value;
            }
        }

        return settings.ConnectionString;
    }
}
