using System.CommandLine;
using Gplusck.Host.Commands;

RootCommand root = new("Gplusck: compute, paid, checked, slashed and certified on a chain.")
{
    UpCommand.Create(),
    RunCommand.Create(),
    IndexCommand.Create(),
    SlashCommand.Create(),
    RewardsCommand.Create(),
};
return await CommandLine.InvokeAsync(root, args);
