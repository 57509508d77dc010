using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Tokenomics.Rules;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>An epoch computed from the tables.</summary>
/// <param name="Inputs">What it was computed from.</param>
/// <param name="Rewards">What came of it.</param>
/// <param name="Unjudged">Settled batches that no verifier has judged; they count nothing.</param>
internal sealed record EpochReckoning(EpochInputs Inputs, EpochRewards Rewards, int Unjudged)
{
    public static async Task<EpochReckoning> ReadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Deployment deployment,
        EmissionSchedule schedule,
        long epoch,
        CancellationToken cancellationToken)
    {
        (long from, long to) = (schedule.StartOf(epoch), schedule.StartOf(epoch + 1));
        (IReadOnlyList<BatchWork> batches, int unjudged) =
            await SettledWork.ReadAsync(connection, transaction, from, to, cancellationToken);
        ClosedEpoch? previous = await EpochStore.RootedBeforeAsync(connection, transaction, epoch, cancellationToken);
        IReadOnlyList<AccountAmount> book =
            await EpochStore.BookAsync(connection, transaction, previous?.Epoch, cancellationToken);
        BigInteger minted =
            await EpochStore.MintedThroughAsync(connection, transaction, epoch, cancellationToken);
        EpochInputs inputs = new(
            EpochInputs.GreenWork, (long)deployment.ChainId, deployment.GreenRewards.Address, epoch, from, to,
            minted - (previous?.Total ?? 0), previous?.Epoch, previous?.Root, batches);
        return new EpochReckoning(inputs, EpochRewards.Of(inputs, book), unjudged);
    }
}
