using System.Numerics;
using System.Text.Json;
using Gplusck.Host.Endpoints.Answers;
using Gplusck.Tokenomics.Rules;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Carbon certificates and their retirements.</summary>
internal static class CertificateEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/certificates", ListAsync).WithTags("certificates")
            .WithSummary("Certificates, the last minted first").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/retirements", RetirementsAsync).WithTags("certificates")
            .WithSummary("Retirements, newest first").ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public static async Task<Ok<CertificatesAnswer>> ListAsync(
        int? limit, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string Certificates = """
            SELECT c.id, c.wh::bigint AS wh, coalesce(r.wh, 0)::bigint AS retired_wh
            FROM (
                SELECT id, sum(watt_hours) AS wh, max(block_number) AS last_block
                FROM gplusck.carbon_certificate_certificate_minted
                GROUP BY id ORDER BY last_block DESC, id LIMIT @size) c
            LEFT JOIN (
                SELECT id, sum(watt_hours) AS wh FROM gplusck.carbon_certificate_retired GROUP BY id) r USING (id)
            ORDER BY c.last_block DESC, c.id
            """;
        int size = PageSize.Of(limit);
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        Dictionary<long, uint[]> factors = await FactorsAsync(snapshot, cancellationToken);
        IReadOnlyList<CertificateRow> rows =
            await snapshot.ListAsync<CertificateRow>(Certificates, new { size }, cancellationToken);
        return TypedResults.Ok(new CertificatesAnswer(
            snapshot.AsOfBlock, [.. rows.Select(row => Entry(row, factors))]));
    }

    public static async Task<Ok<RetirementsAnswer>> RetirementsAsync(
        int? limit, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string Retirements = """
            SELECT r.retirement_id, r.id, r.account, r.beneficiary, r.beneficiary_name, r.reason,
                r.watt_hours::bigint AS wh, r.milligrams::bigint AS footprint_mg, r.block_number, r.transaction_hash,
                b.timestamp
            FROM gplusck.carbon_certificate_retired r
            JOIN gplusck.block b ON b.number = r.block_number
            ORDER BY r.block_number DESC, r.log_index DESC
            LIMIT @size
            """;
        int size = PageSize.Of(limit);
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        return TypedResults.Ok(new RetirementsAnswer(
            snapshot.AsOfBlock,
            await snapshot.ListAsync<RetirementEntry>(Retirements, new { size }, cancellationToken)));
    }

    private static async Task<Dictionary<long, uint[]>> FactorsAsync(
        ChainSnapshot snapshot, CancellationToken cancellationToken)
    {
        const string Sets =
            "SELECT version, grams_per_kwh::text AS grams FROM gplusck.emission_factors_factor_set_added";
        IReadOnlyList<FactorRow> rows = await snapshot.ListAsync<FactorRow>(Sets, null, cancellationToken);
        return rows.ToDictionary(row => row.Version, row => JsonElement.Parse(row.Grams).EnumerateArray()
            .Select(grams => uint.Parse(grams.GetString()!, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray());
    }

    private static CertificateEntry Entry(CertificateRow row, Dictionary<long, uint[]> factors)
    {
        CertificateId id = CertificateId.Unpack(row.Id);
        uint grams = factors.TryGetValue(id.FactorVersion, out uint[]? set) && (int)id.Source < set.Length
            ? set[(int)id.Source]
            : 0;
        return new CertificateEntry(
            row.Id, id.NodeId, Names.Of(id.Source), id.Zone, id.Hour, Names.Of(id.Tier), id.FactorVersion, grams,
            row.Wh, row.RetiredWh, (long)Footprint.Milligrams(row.Wh, grams));
    }

    private sealed record CertificateRow(BigInteger Id, long Wh, long RetiredWh);

    private sealed record FactorRow(long Version, string Grams);
}
