using System.Net.Http.Headers;
using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.Compute.Assignments;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;

namespace Gplusck.Compute.Jobs;

/// <summary>Has cells executed by the network's active nodes, over HTTP, under signed orders.</summary>
/// <remarks>A node that fails, is late or answers with what cannot be a result loses the cell to another. Waits for
/// nodes as long as it takes; only cancellation ends it.</remarks>
internal sealed class NetworkCellExecutor(
    JobBook book,
    NodeRoster nodes,
    PrivateKey key,
    ulong chainId,
    Address market,
    HttpClient http,
    RequesterOptions options,
    TimeProvider time) : ICellExecutor
{
    private static readonly TimeSpan WaitForNodes = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int[]>> ExecuteAsync(
        IReadOnlyList<CellTask> cells, CancellationToken cancellationToken)
    {
        int[][] results = new int[cells.Count][];
        ParallelOptions limits = new()
        {
            MaxDegreeOfParallelism = options.CellsUnderWayMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(0, cells.Count, limits, async (cell, stopping) =>
            results[cell] = await ExecuteAsync(cells[cell], stopping));
        return results;
    }

    private async Task<int[]> ExecuteAsync(CellTask cell, CancellationToken cancellationToken)
    {
        Hash32 rootA = OperandTree.ForRows('A', cell.Shape.M, cell.Shape.K, cell.A).Root;
        Hash32 rootB = OperandTree.ForRows('B', cell.Shape.N, cell.Shape.K, cell.Bt).Root;
        while (true)
        {
            ActiveNode? node = await nodes.NextAsync(cancellationToken);
            if (node is null)
            {
                await Task.Delay(WaitForNodes, time, cancellationToken);
                continue;
            }

            DateTimeOffset now = time.GetUtcNow();
            (BigInteger jobId, uint index) = await book.NextCellAsync(now, cancellationToken);
            ulong deadline = (ulong)(now + options.OrderLifetime).ToUnixTimeSeconds();
            CellAssignment order = new(jobId, index, cell.Shape, rootA, rootB, node.Operator, deadline);
            try
            {
                return await AskAsync(node, order, cell, cancellationToken);
            }
            catch (Exception exception) when (MayComeOfTheNode(exception) && !cancellationToken.IsCancellationRequested)
            {
                await nodes.PauseAsync(node, exception.Message, cancellationToken);
            }
        }
    }

    private async Task<int[]> AskAsync(
        ActiveNode node, CellAssignment order, CellTask cell, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(options.AnswerTimeout, time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        SignedAssignment signed = new(order, key.Sign(order.Digest(chainId, market)).ToArray());
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(node.Endpoint, "cells"))
        {
            Content = new ByteArrayContent(CellWire.WriteRequest(signed, cell)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage response = await http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        if (!response.IsSuccessStatusCode)
        {
            throw new RetryableException($"{node.Endpoint} answered {(int)response.StatusCode}.");
        }

        await using Stream body = await response.Content.ReadAsStreamAsync(either.Token);
        int[] c = await CellWire.ReadResultAsync(body, cell.Shape, either.Token);
        RequirePossible(c, cell.Shape, node);
        return c;
    }

    // No product of K signed bytes leaves this range, so whatever does needs no multiplication to be refused.
    private static void RequirePossible(ReadOnlySpan<int> c, GemmShape shape, ActiveNode node)
    {
        int largest = 128 * 128 * shape.K;
        if (c.ContainsAnyExceptInRange(-largest, largest))
        {
            throw new InvalidInputException($"{node.Endpoint} answered with an element no product can have.");
        }
    }

    private static bool MayComeOfTheNode(Exception exception) =>
        exception is HttpRequestException or RetryableException or InvalidInputException or IOException
            or OperationCanceledException;
}
