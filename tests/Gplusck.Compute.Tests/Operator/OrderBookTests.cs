using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.Compute.Assignments;
using Gplusck.Compute.Operator;
using Gplusck.GpuVerify.Cells;
using Microsoft.Extensions.Time.Testing;

namespace Gplusck.Compute.Tests.Operator;

public sealed class OrderBookTests
{
    private const ulong ChainId = 31_337;
    private static readonly PrivateKey Requester = DevKeys.All[1];
    private static readonly PrivateKey Other = DevKeys.All[2];
    private static readonly Address Worker = DevKeys.All[3].Address;
    private static readonly Address Market = DevKeys.All[4].Address;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    private ulong Now => (ulong)_time.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task An_order_of_the_jobs_requester_is_taken_once()
    {
        OrderBook book = Open();
        SignedAssignment order = Sign(Order(), Requester);

        await book.TakeAsync(order, TestContext.Current.CancellationToken);

        await AssertRefusedAsync(book, order, "was taken before");
        await book.TakeAsync(Sign(Order() with { CellIndex = 1 }, Requester), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_order_that_someone_else_signed_or_that_was_changed_is_refused()
    {
        OrderBook book = Open();
        SignedAssignment order = Sign(Order(), Requester);

        await AssertRefusedAsync(book, Sign(Order(), Other), "not signed by");
        await AssertRefusedAsync(
            book, order with { Assignment = order.Assignment with { CellIndex = 2 } }, "not signed by");
        await AssertRefusedAsync(
            book, order with { Assignment = order.Assignment with { RootB = order.Assignment.RootA } },
            "not signed by");
        await AssertRefusedAsync(
            book, new SignedAssignment(Order(), Requester.Sign(Order().Digest(1, Market)).ToArray()), "not signed by");
        await AssertRefusedAsync(
            book, new SignedAssignment(Order(), Requester.Sign(Order().Digest(ChainId, Worker)).ToArray()),
            "not signed by");
        await AssertRefusedAsync(book, order with { Signature = new byte[65] }, "not signed by");
        await AssertRefusedAsync(book, order with { Signature = [.. order.Signature[..64], 9] }, "65 bytes");
    }

    [Fact]
    public async Task An_order_for_another_operator_time_or_job_is_refused()
    {
        OrderBook book = Open();

        await AssertRefusedAsync(book, Sign(Order() with { Operator = Market }, Requester), "The order is for");
        await AssertRefusedAsync(book, Sign(Order() with { Deadline = Now }, Requester), "has passed");
        await AssertRefusedAsync(book, Sign(Order() with { Deadline = Now + 601 }, Requester), "at most 600 s");
        await AssertRefusedAsync(book, Sign(Order() with { CellIndex = 10 }, Requester), "has 10 cells");
        await AssertRefusedAsync(book, Sign(Order() with { JobId = 8 }, Requester), "took cells until");
        await AssertRefusedAsync(book, Sign(Order() with { JobId = 9 }, Requester), "is not on this chain");
    }

    private OrderBook Open() => new(
        Worker,
        ChainId,
        Market,
        (jobId, _) => jobId == 9
            ? throw new ContractRevertException([], "UnknownJob(9)")
            : Task.FromResult(Job(jobId)),
        _time);

    private Job Job(BigInteger jobId) => new(
        Requester.Address, 10, 0, false, 1, jobId == 8 ? Now - 1 : Now + 3_600, Hash32.Zero, Hash32.Zero);

    private CellAssignment Order() => new(
        7, 0, new GemmShape(1, 2, 3), Keccak.Hash([1]), Keccak.Hash([2]), Worker, Now + 60);

    private static SignedAssignment Sign(CellAssignment order, PrivateKey key) =>
        new(order, key.Sign(order.Digest(ChainId, Market)).ToArray());

    private static async Task AssertRefusedAsync(OrderBook book, SignedAssignment order, string because) =>
        Assert.Contains(
            because,
            (await Assert.ThrowsAsync<InvalidInputException>(
                () => book.TakeAsync(order, TestContext.Current.CancellationToken))).Message,
            StringComparison.Ordinal);
}
