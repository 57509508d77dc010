namespace Gplusck.Indexer.Projections;

/// <summary>Tables derived from a contract's events, kept by two statements.</summary>
/// <remarks>
/// The event tables are the journal: <see cref="ApplySql"/> runs after the rows of blocks <c>@from</c> to <c>@to</c>
/// were written, <see cref="UndoSql"/> before the rows above <c>@ancestor</c> are deleted, both in the transaction that
/// does so. What they make must depend on the event rows alone, so that undoing is exact at any depth and applying the
/// whole range at once gives the same as applying it block by block. docs/projections.md shows how to write one.
/// </remarks>
/// <param name="Name">How a manifest asks for it.</param>
/// <param name="Tables">Its tables, without schema and quotes.</param>
/// <param name="CreateSql">Makes its tables and the indexes it needs.</param>
/// <param name="ApplySql">Adds blocks <c>@from</c> to <c>@to</c>, inclusive.</param>
/// <param name="UndoSql">Takes back every block above <c>@ancestor</c>.</param>
internal sealed record Projection(
    string Name, IReadOnlyList<string> Tables, string CreateSql, string ApplySql, string UndoSql);
