using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(TestContracts))]
