using Gplusck.Testing;
using Gplusck.Tokenomics.Tests.Jobs;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(DeployedChain))]
