using Gplusck.Chain;
using Npgsql;

namespace Gplusck.Database.Tests;

public sealed class PostgresAddressTests
{
    [Fact]
    public void A_url_becomes_the_same_settings_as_the_keyword_form()
    {
        NpgsqlConnectionStringBuilder settings = new(
            PostgresAddress.Parse(
                "postgres://al%40ice:p%3Aw%2Fd@db.example:6543/my%20db?sslmode=verify-full&Timeout=7"));

        Assert.Equal("db.example", settings.Host);
        Assert.Equal(6543, settings.Port);
        Assert.Equal("al@ice", settings.Username);
        Assert.Equal("p:w/d", settings.Password);
        Assert.Equal("my db", settings.Database);
        Assert.Equal(SslMode.VerifyFull, settings.SslMode);
        Assert.Equal(7, settings.Timeout);
    }

    [Fact]
    public void A_url_without_port_uses_5432_and_either_scheme_is_read()
    {
        NpgsqlConnectionStringBuilder settings = new(PostgresAddress.Parse("postgresql://bob@localhost/x"));

        Assert.Equal(5432, settings.Port);
        Assert.Null(settings.Password);
    }

    [Fact]
    public void Option_values_keep_their_hyphens()
    {
        NpgsqlConnectionStringBuilder settings = new(
            PostgresAddress.Parse("postgres://bob@localhost/x?Application%20Name=my-app"));

        Assert.Equal("my-app", settings.ApplicationName);
    }

    [Fact]
    public void The_keyword_form_passes() =>
        Assert.Equal("h", new NpgsqlConnectionStringBuilder(PostgresAddress.Parse("Host=h;Database=d")).Host);

    [Theory]
    [InlineData("postgres://localhost")]
    [InlineData("postgres://:secret@/x")]
    [InlineData("postgres://a:secret@h:notaport/x")]
    [InlineData("Hots=secret;Database=d")]
    [InlineData("secret")]
    public void Anything_else_is_refused_without_repeating_it(string text)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => PostgresAddress.Parse(text));

        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }
}
