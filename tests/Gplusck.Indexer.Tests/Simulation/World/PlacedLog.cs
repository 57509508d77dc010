namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>A log where it stands in a block.</summary>
internal sealed record PlacedLog(
    FakeLog Log, FakeBlock Block, FakeTransaction Transaction, int TransactionIndex, int LogIndex);
