using System.CommandLine;
using Gplusck.Host.Devnet;

namespace Gplusck.Host.Commands;

/// <summary>The option that says which devnet a command is about.</summary>
internal static class DataOption
{
    public static Option<string> Create() => new("--data")
    {
        Description = "Where the devnet keeps its chain and database.",
        DefaultValueFactory = _ => Path.Combine(Checkout.Folder, ".gplusck", "devnet"),
    };
}
