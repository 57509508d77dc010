using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Storage;

/// <summary>A log that the ABI does not fit, with the reason.</summary>
internal readonly record struct UndecodedLog(LogEntry Log, string Reason);
