using Gplusck.Chain.Abi;

namespace Gplusck.Chain.Tests.Access;

/// <summary>Who may call one function of one contract.</summary>
/// <param name="Contract">Name of the contract.</param>
/// <param name="Function">The function.</param>
/// <param name="Callers">The roles that it lets in.</param>
/// <param name="Refusals">Names of the errors that the others meet.</param>
internal sealed record FunctionAccess(
    string Contract, AbiFunction Function, IReadOnlyList<Role> Callers, IReadOnlyList<string> Refusals)
{
    public string FullName => $"{Contract}.{Function.Name}";

    public bool Allows(string role) => Callers.Any(caller => caller.Name == role);
}
