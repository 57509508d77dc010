namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>A transaction as far as its receipt goes. Forks may hold the same one at another place.</summary>
internal sealed record FakeTransaction(string Hash, byte Type, bool Succeeded, FakeLog[] Logs)
{
    public const int Gas = 21_000;

    /// <summary>The receipt as consensus stores it.</summary>
    public byte[] ReceiptRlp(int position)
    {
        byte[] fields = SlowRlp.List([
            SlowRlp.Number(Succeeded ? 1 : 0),
            SlowRlp.Number(Gas * (position + 1)),
            SlowRlp.Item(SlowBloom.Of(Logs)),
            SlowRlp.List(Logs.Select(log => log.Rlp()))]);
        return Type == 0 ? fields : [Type, .. fields];
    }
}
