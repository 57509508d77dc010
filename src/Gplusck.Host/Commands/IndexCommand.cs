using System.CommandLine;
using Gplusck.Indexer;

namespace Gplusck.Host.Commands;

/// <summary><c>gplusck index</c>: mirrors any contracts into Postgres.</summary>
internal static class IndexCommand
{
    public static Command Create()
    {
        Option<string> rpc = new("--rpc") { Description = "JSON-RPC address of a node.", Required = true };
        Option<string> database = new("--database")
        {
            Description = "postgres://user:password@host/name",
            Required = true,
        };
        Option<string> manifest = new("--manifest")
        {
            Description = "Which contracts; see docs/indexer.md.",
            Required = true,
        };
        Option<string> to = new("--to") { Description = "Stop when this block is committed." };
        Option<string> verify = new("--verify")
        {
            Description = "full (default): receipts proved; bloom: headers and bloom; off.",
            DefaultValueFactory = _ => "full",
        };
        Command command = new("index", "Mirrors any contracts into Postgres.") { rpc, database, manifest, to, verify };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IndexerOptions options = new()
            {
                Verify = Indexer.IndexCommand.ParseVerify(parsed.GetRequiredValue(verify)),
                ToBlock = ParseBlock(parsed.GetValue(to)),
            };
            Indexer.IndexCommand index = new(
                parsed.GetRequiredValue(rpc), parsed.GetRequiredValue(database), parsed.GetRequiredValue(manifest),
                options);
            using ILoggerFactory logging = LoggerFactory.Create(ToStandardError);
            await index.RunAsync(TimeProvider.System, logging.CreateLogger("index"), cancellationToken);
            return 0;
        });
        return command;
    }

    private static void ToStandardError(ILoggingBuilder logging) => logging
        .AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.TimestampFormat = "HH:mm:ss ";
        })
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    private static long? ParseBlock(string? text) => text switch
    {
        null => null,
        _ when long.TryParse(text, out long block) && block >= 0 => block,
        _ => throw new Chain.InvalidInputException($"--to takes a block number, not {text}."),
    };
}
