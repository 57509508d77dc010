using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>Which backend behind the address answers: at the tip, behind, or on an old branch.</summary>
internal sealed class BackendChoice(Dice dice, FaultPlan plan, MovingChain chain, Tally tally)
{
    private const int LagMax = 40;

    public NodeView Current
    {
        get
        {
            int step = chain.Step;
            return new NodeView(chain, chain.Script.Tips[step], step, plan);
        }
    }

    public NodeView Choose(RpcCall[] calls, string about, int time)
    {
        NodeView current = Current;
        if (dice.Chance(plan.Rate("lagging backend"), "lagging backend", about, time))
        {
            tally.Add("lagging backend");
            int height = Math.Max(0, current.Tip.Number - dice.Below(LagMax, "lag", about, time));
            return new NodeView(chain, chain.PathTo(current.Tip)[height], chain.Step, plan);
        }

        // Believed logs of another branch than the headers would be wrong for good: no proof, no such backend.
        bool mayDiffer = plan.LiesAllowed || calls[0].Method != "eth_getLogs";
        if (mayDiffer && chain.Step > 0 && dice.Chance(plan.Rate("old branch"), "old branch", about, time))
        {
            tally.Add("old branch");
            int step = Math.Max(0, chain.Step - 1 - dice.Below(3, "how old", about, time));
            return new NodeView(chain, chain.Script.Tips[step], step, plan);
        }

        return current;
    }
}
