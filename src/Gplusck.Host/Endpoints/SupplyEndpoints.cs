using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>What was minted against what was burned.</summary>
internal static class SupplyEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/supply", GetAsync)
        .WithTags("supply")
        .WithSummary("The supply now, and its course: the newest 500 snapshots in ascending order");

    public static async Task<Ok<SupplyAnswer>> GetAsync(
        NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        // A snapshot whose block has left the chain does not count.
        const string Series = """
            SELECT block_number, timestamp, minted_wei, burned_wei, supply_wei
            FROM (
                SELECT s.block_number, s.timestamp, s.minted AS minted_wei, s.burned AS burned_wei,
                    s.supply AS supply_wei
                FROM supply.snapshot s
                JOIN gplusck.block b ON b.number = s.block_number AND b.hash = s.block_hash
                ORDER BY s.block_number DESC LIMIT @most) newest
            ORDER BY block_number
            """;
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        NetworkFigures now = await NetworkEndpoints.FiguresAsync(snapshot, cancellationToken);
        return TypedResults.Ok(new SupplyAnswer(
            snapshot.AsOfBlock, now.MintedWei, now.BurnedWei, now.MintedWei - now.BurnedWei, now.StakedWei,
            await snapshot.ListAsync<SupplyPoint>(Series, new { most = PageSize.Most }, cancellationToken)));
    }
}
