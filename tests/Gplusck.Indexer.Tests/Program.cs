using System.Globalization;
using Gplusck.Indexer;
using Gplusck.Indexer.Tests.Chain;
using Xunit.Runner.InProc.SystemConsole;

// `index RPC DATABASE MANIFEST TO` runs an indexer in small steps, for a test to kill; anything else runs the tests.
if (args is ["index", string rpcUrl, string database, string manifest, string to])
{
    IndexerOptions options = new()
    {
        ToBlock = long.Parse(to, CultureInfo.InvariantCulture),
        RangeBlocksMax = 3,
        PollMilliseconds = 10,
    };
    await new IndexCommand(rpcUrl, database, manifest, options).RunAsync(
        TimeProvider.System, new LogLines(), CancellationToken.None);
    return 0;
}

return await ConsoleRunner.Run(args);
