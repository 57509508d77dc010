namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>A log, and what is to become of it. Address and topics are 0x hex in lower case.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Topics">At most four.</param>
/// <param name="Data">The rest.</param>
/// <param name="Table">The table that gets its row; null when no event table does.</param>
/// <param name="Values">The columns of that row, as Postgres writes them as text.</param>
/// <param name="Malformed">Ours by its topic and no encoding of the event: belongs among the undecoded.</param>
internal sealed record FakeLog(
    string Address,
    string[] Topics,
    byte[] Data,
    string? Table = null,
    string[]? Values = null,
    bool Malformed = false)
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.AsSpan(2));

    public static string Hex(byte[] bytes) => $"0x{Convert.ToHexStringLower(bytes)}";

    public byte[] Rlp() => SlowRlp.List([
        SlowRlp.Item(Bytes(Address)),
        SlowRlp.List(Topics.Select(topic => SlowRlp.Item(Bytes(topic)))),
        SlowRlp.Item(Data)]);
}
