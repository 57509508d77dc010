using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Tests.Access;

/// <summary>Asks the chain, for every function and every role, whether the function lets that role in.</summary>
internal static class AccessMatrix
{
    // Errors that say who may not, or whose thing it is. A call that fails with any other was let in.
    private static readonly HashSet<string> Refusals =
    [
        "NotAuthorised", "NotEmission", "NotOperator", "NotRequester",
        "AccessControlUnauthorizedAccount", "GovernorOnlyExecutor", "GovernorUnableToCancel",
        "TimelockUnauthorizedCaller", "OwnableUnauthorizedAccount", "ERC1155MissingApprovalForAll",
        "ERC20InsufficientAllowance", "ERC721InsufficientApproval", "ERC721IncorrectOwner",
    ];

    public static async Task<IReadOnlyList<FunctionAccess>> AskAsync(
        AccessScene scene, CancellationToken cancellationToken)
    {
        Dictionary<string, string> refusalBySelector = scene.Contracts.SelectMany(contract => contract.Errors)
            .Where(error => Refusals.Contains(error.Name))
            .DistinctBy(error => error.Selector)
            .ToDictionary(error => $"0x{error.Selector:x8}", error => error.Name);
        List<FunctionAccess> rows = [];
        foreach (DeployedContract contract in scene.Contracts)
        {
            foreach (AbiFunction function in contract.Functions.OrderBy(
                function => function.Signature, StringComparer.Ordinal))
            {
                string data = Hex.ToHex(scene.Arguments.CallOf(function));
                string?[] refusals = await Task.WhenAll(scene.Roles.Select(role =>
                    RefusalAsync(scene.Client, role, contract, data, refusalBySelector, cancellationToken)));
                rows.Add(new FunctionAccess(
                    contract.Name, function, [.. scene.Roles.Where((_, index) => refusals[index] is null)],
                    [.. refusals.OfType<string>().Distinct().Order(StringComparer.Ordinal)]));
            }
        }

        return rows;
    }

    private static async Task<string?> RefusalAsync(
        EthereumClient client,
        Role role,
        DeployedContract contract,
        string data,
        Dictionary<string, string> refusalBySelector,
        CancellationToken cancellationToken)
    {
        Dictionary<string, object> call = new()
        {
            ["from"] = role.Address,
            ["to"] = contract.Address,
            ["data"] = data,
        };
        try
        {
            await client.Rpc.CallAsync("eth_call", [call, "latest"], cancellationToken);
            return null;
        }
        catch (JsonRpcException exception)
        {
            // The first four bytes of what the call reverted with, as "0x" and eight digits.
            return exception.DataHex is { Length: >= 10 } revert
                ? refusalBySelector.GetValueOrDefault(revert[..10])
                : null;
        }
    }
}
