namespace Gplusck.Indexer.Projections;

/// <summary>Tables derived from a contract's events, kept by two statements.</summary>
/// <remarks>
/// The event tables are the journal: <see cref="ApplySql"/> runs after the rows of blocks <c>@from</c> to <c>@to</c>
/// were written, <see cref="UndoSql"/> before the rows of the last blocks, <c>@from</c> to <c>@to</c>, are deleted,
/// both in the transaction that does so. Ranges have both ends, because Postgres takes an open one for a third of a
/// table it has no statistics of and reads it all. What they make must depend on the event rows alone, so that undoing
/// is exact at any depth and applying a whole range at once gives the same as applying it block by block.
/// docs/projections.md shows how to write one.
/// </remarks>
/// <param name="Name">How a manifest asks for it.</param>
/// <param name="Tables">Its tables, without schema and quotes.</param>
/// <param name="CreateSql">Makes its tables and the indexes it needs.</param>
/// <param name="ApplySql">Adds blocks <c>@from</c> to <c>@to</c>, inclusive.</param>
/// <param name="UndoSql">Takes back the last blocks, <c>@from</c> to <c>@to</c>.</param>
internal sealed record Projection(
    string Name, IReadOnlyList<string> Tables, string CreateSql, string ApplySql, string UndoSql);
