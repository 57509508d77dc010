using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Storage;

/// <summary>A log with its decoded inputs, in the order of the event.</summary>
internal readonly record struct EventRow(LogEntry Log, object[] Values);
