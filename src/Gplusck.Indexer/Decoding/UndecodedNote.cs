namespace Gplusck.Indexer.Decoding;

/// <summary>That a log under one of our topics fits no event, for the one who runs the indexer.</summary>
internal readonly record struct UndecodedNote(long BlockNumber, int LogIndex, string Reason);
