using System.Data;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Tokenomics.Rules;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Computes the rewards of a closed epoch again and compares them with the root on chain.</summary>
/// <remarks>
/// Batches, burned fees, factors, operators and what was minted come from the event tables, correct cells from this
/// database's own verifier. What everyone had earned before is taken from the tables and proved against the previous
/// root on chain.
/// </remarks>
public sealed class RewardCheck(
    NpgsqlDataSource dataSource, EthereumClient chain, Deployment deployment, EpochClock clock)
{
    /// <summary>Differences, one sentence each; none when everything agrees.</summary>
    /// <exception cref="InvalidInputException">The epoch has not been closed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(long epoch, CancellationToken cancellationToken)
    {
        EmissionSchedule schedule = await clock.ScheduleAsync(cancellationToken);
        Root onChain = await chain.CallAsync(deployment.GreenRewards.Root(epoch), BlockTag.Latest, cancellationToken);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        ClosedEpoch closed = await EpochStore.FindAsync(connection, transaction, epoch, cancellationToken)
            ?? throw new InvalidInputException(
                $"Epoch {epoch} has not been closed: give the number of an epoch that has.");
        EpochReckoning again = await EpochReckoning.ReadAsync(
            connection, transaction, deployment, schedule, epoch, cancellationToken);
        return
        [
            .. await PreviousAsync(connection, transaction, again.Inputs, cancellationToken),
            .. Compare(closed, again, onChain),
        ];
    }

    private async Task<IEnumerable<string>> PreviousAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EpochInputs inputs,
        CancellationToken cancellationToken)
    {
        if (inputs.PreviousEpoch is not { } previous)
        {
            return [];
        }

        Root onChain = await chain.CallAsync(
            deployment.GreenRewards.Root(previous), BlockTag.Latest, cancellationToken);
        IReadOnlyList<AccountAmount> book =
            await EpochStore.BookAsync(connection, transaction, previous, cancellationToken);
        Hash32 root = CumulativeTree.Build(inputs.ChainId, inputs.Contract, previous, book).Root;
        return root == onChain.RootValue
            ? []
            : [$"The leaves of epoch {previous} make the root {root}, on chain it is {onChain.RootValue}."];
    }

    private static IEnumerable<string> Compare(ClosedEpoch closed, EpochReckoning again, Root onChain)
    {
        Hash32? root = again.Rewards.Root;
        if (root is null)
        {
            return onChain.ActivatesAt == 0 && closed.Root is null
                ? []
                : [$"Epoch {closed.Epoch} gives nothing, yet has a root."];
        }

        if (onChain.ActivatesAt == 0)
        {
            return [$"The root of epoch {closed.Epoch} is not on chain."];
        }

        (string Name, string Again, string OnChain)[] figures =
        [
            ("root", $"{root}", $"{onChain.RootValue}"),
            ("inputs hash", $"{again.Inputs.Hash()}", $"{onChain.InputsHash}"),
            ("total", $"{again.Rewards.TotalWei} wei", $"{onChain.Total} wei"),
            ("hash of the published inputs", $"{EpochInputs.Parse(closed.Inputs).Hash()}", $"{onChain.InputsHash}"),
        ];
        return figures.Where(figure => figure.Again != figure.OnChain)
            .Select(figure => $"The {figure.Name} is {figure.Again}, on chain it is {figure.OnChain}.");
    }
}
