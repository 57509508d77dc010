using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Database;
using Gplusck.Outbox;
using Hangfire;
using Npgsql;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Brings the state of each fault up to what the chain and the outbox say, and has every proven fault
/// punished. Recurring.</summary>
/// <remarks>A fault the court took is proved; a reorg that takes it back makes it sent again. Anyone may have any fault
/// punished: this one does it for other finders too, so that no liar stays unslashed because its finder is gone.
/// </remarks>
[AutomaticRetry(Attempts = 0)]
public sealed class FollowFaultsJob(
    NpgsqlDataSource dataSource, Deployment deployment, TransactionOutbox outbox, VerifierOptions options)
{
    /// <summary>One look.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string Follow = """
            UPDATE verify.fault f
            SET state = seen.state, fault_id = seen.fault_id
            FROM (
                SELECT f.batch_id, p.fault_id,
                    CASE WHEN p.fault_id IS NOT NULL THEN 'proved'
                        WHEN f.outbox_key IS NULL THEN 'located'
                        WHEN o.state = 'failed' THEN 'refused'
                        ELSE 'sent' END AS state
                FROM verify.fault f
                LEFT JOIN gplusck.microcell_court_fault_proved p ON p.batch_id = f.batch_id
                LEFT JOIN outbox.transaction o ON o.key = f.outbox_key
            ) AS seen
            WHERE f.batch_id = seen.batch_id
                AND (f.state, f.fault_id) IS DISTINCT FROM (seen.state, seen.fault_id)
            """;
        const string Unpunished = """
            SELECT p.fault_id
            FROM gplusck.microcell_court_fault_proved p
            WHERE NOT EXISTS (SELECT FROM gplusck.microcell_court_fault_punished d WHERE d.fault_id = p.fault_id)
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(Follow, null, cancellationToken);
        foreach (BigInteger fault in await connection.QueryAsync<BigInteger>(Unpunished, null, cancellationToken))
        {
            await outbox.EnqueueAsync(
                connection, null, $"punish:{fault}", options.Finder, deployment.MicrocellCourt.Punish(fault),
                cancellationToken);
        }
    }
}
