using Gplusck.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
