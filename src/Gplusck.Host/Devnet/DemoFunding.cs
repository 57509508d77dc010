using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;

namespace Gplusck.Host.Devnet;

/// <summary>Hands GPUCK of the genesis supply to those who stake and pay on the devnet.</summary>
internal static class DemoFunding
{
    private static readonly BigInteger Gpuck = BigInteger.Pow(10, 18);
    private static readonly BigInteger OperatorWei = 60_000 * Gpuck;
    private static readonly BigInteger RequesterWei = 1_000_000 * Gpuck;

    /// <summary>
    /// Tops up whoever has never staked and holds too little to, and the requester when funds run low.
    /// </summary>
    public static async Task ProvideAsync(
        EthereumClient client, Deployment deployment, TimeProvider time, CancellationToken cancellationToken)
    {
        TransactionSender deployer = new(client, Accounts.Deployer, time);
        await TopUpAsync(Accounts.Requester.Address, RequesterWei / 2, RequesterWei);
        foreach (DemoOperator demo in DemoOperator.All)
        {
            Address account = demo.Key.Address;
            Call<ulong> node = deployment.NodeRegistry.NodeOf(account);
            if (await client.CallAsync(node, BlockTag.Latest, cancellationToken) == 0)
            {
                await TopUpAsync(account, OperatorWei, OperatorWei);
            }
        }

        async Task TopUpAsync(Address account, BigInteger minimumWei, BigInteger amountWei)
        {
            BigInteger held = await client.CallAsync(
                deployment.Gpuck.BalanceOf(account), BlockTag.Latest, cancellationToken);
            if (held < minimumWei)
            {
                await deployer.SendAsync(deployment.Gpuck.Transfer(account, amountWei), cancellationToken);
            }
        }
    }
}
