using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Bindings;
using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Proved faults and their evidence.</summary>
internal static class FaultEndpoints
{
    private const string Faults = """
        SELECT f.fault_id,
            (ARRAY['wrongElement', 'malformedCell', 'dataWithheld', 'equivocation'])[f.kind + 1] AS kind,
            f.batch_id, f.node_id, f.finder, f.cell_index, f.row, f."column", f.claimed, f.actual,
            coalesce(s.removed, 0) AS slashed_wei, coalesce(s.burned, 0) AS burned_wei,
            coalesce(s.reward, 0) AS reward_wei, f.block_number, f.transaction_hash, b.timestamp
        FROM gplusck.microcell_court_fault_proved f
        LEFT JOIN gplusck.stake_vault_slashed s ON s.fault_id = f.fault_id AND s.court = @court
        JOIN gplusck.block b ON b.number = f.block_number
        """;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/faults", ListAsync).WithTags("faults").WithSummary("Proved faults, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/faults/{id}", GetAsync).WithTags("faults")
            .WithSummary("One fault with the evidence that anyone can judge again")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static async Task<Ok<FaultsAnswer>> ListAsync(
        int? limit, NpgsqlDataSource dataSource, ApiContext context, CancellationToken cancellationToken)
    {
        int size = PageSize.Of(limit);
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        return TypedResults.Ok(new FaultsAnswer(snapshot.AsOfBlock, await snapshot.ListAsync<FaultEntry>(
            $"{Faults} ORDER BY f.block_number DESC, f.log_index DESC LIMIT @size",
            new { size, court = context.Contracts[nameof(MicrocellCourt)] }, cancellationToken)));
    }

    public static async Task<Results<Ok<FaultAnswer>, ProblemHttpResult>> GetAsync(
        BigInteger id, NpgsqlDataSource dataSource, ApiContext context, CancellationToken cancellationToken)
    {
        const string Evidence = "SELECT proof::text FROM verify.fault WHERE batch_id = @BatchId";
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        FaultEntry? fault = await snapshot.FindAsync<FaultEntry>(
            $"{Faults} WHERE f.fault_id = @id", new { id, court = context.Contracts[nameof(MicrocellCourt)] },
            cancellationToken);
        if (fault is null)
        {
            return Problems.NotFound($"There is no fault {id}.");
        }

        // Another verifier may have proved it: then this database has no evidence of its own, the transaction has.
        string? proof = await snapshot.FindAsync<string>(Evidence, new { fault.BatchId }, cancellationToken);
        return TypedResults.Ok(new FaultAnswer(
            snapshot.AsOfBlock, fault, proof is null ? null : JsonElement.Parse(proof)));
    }
}
