using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>What is wrong inside an answer that looks well: lies, and logs that a reorg took back.</summary>
internal sealed class AnswerFaults(Dice dice, FaultPlan plan, MovingChain chain, LieLedger ledger, Tally tally)
{
    public void Distort(RpcCall[] calls, RpcAnswer[] answers, NodeView view, string about, int time)
    {
        int which = dice.Below(calls.Length, "which is distorted", about, time);
        (RpcCall call, RpcAnswer honest) = (calls[which], answers[which]);
        if (honest.Result is not string result)
        {
            return;
        }

        if (call.Method == "eth_getLogs")
        {
            answers[which] = DistortLogs(result, about, time);
        }
        else if (view.BlockOf(call) is FakeBlock block && plan.LiesAllowed)
        {
            answers[which] = new RpcAnswer(Lie(call, block, result, about, time));
        }
    }

    private string Lie(RpcCall call, FakeBlock block, string honest, string about, int time)
    {
        bool isReceipts = call.Method == "eth_getBlockReceipts";
        if (dice.Chance(plan.Rate("lie"), "lie", about, time))
        {
            string kind = dice.Pick(isReceipts ? Lies.Receipts : Lies.Header, "kind of lie", about, time);
            string what = $"{(isReceipts ? "receipts" : "header")}, {kind}";
            return Lies.Of(kind, call, block, honest) is string untrue
                && ledger.TryTell(new Lie(what, block.Number, block.Hash))
                ? untrue
                : honest;
        }

        if (isReceipts && dice.Chance(plan.Rate("idle lie"), "idle lie", about, time))
        {
            tally.Add("idle lie");
            return Lies.Idle(honest, dice.Below(4, "kind of idle lie", about, time));
        }

        return honest;
    }

    private RpcAnswer DistortLogs(string honest, string about, int time)
    {
        // Some nodes repeat, after a reorg, the logs that it took back.
        PlacedLog? old = chain.Step == 0
            ? null
            : chain.Script.Tips[chain.Step - 1].PlacedLogs().FirstOrDefault(log => log.Log.Topics.Length > 0);
        if (old is null || !dice.Chance(plan.Rate("removed log"), "removed log", about, time))
        {
            return new RpcAnswer(honest);
        }

        tally.Add("removed log");
        string removed = BlockJson.Log(old, removed: true);
        return new RpcAnswer(honest == "[]" ? $"[{removed}]" : $"[{removed},{honest[1..]}");
    }
}
