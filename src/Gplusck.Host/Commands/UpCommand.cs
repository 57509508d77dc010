using System.CommandLine;
using Gplusck.Host.Devnet;

namespace Gplusck.Host.Commands;

/// <summary><c>gplusck up</c>: the whole network on this machine.</summary>
internal static class UpCommand
{
    private const int DefaultPort = 4747;

    public static Command Create()
    {
        Option<int> port = new("--port")
        {
            Description = "Where the API and the dashboard are served.",
            DefaultValueFactory = _ => DefaultPort,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && (!int.TryParse(result.Tokens[0].Value, out int value) || value is < 1 or > 65_535))
            {
                result.AddError($"--port takes a number from 1 to 65535, not {result.Tokens[0].Value}.");
            }
        });
        Option<string> data = DataOption.Create();
        Command command = new(
            "up", "Runs the whole network on this machine; Ctrl-C stops it, a second `up` resumes it.")
        {
            port,
            data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await Network.RunAsync(
                parsed.GetValue(port), parsed.GetRequiredValue(data), TimeProvider.System, cancellationToken);
            return 0;
        });
        return command;
    }
}
