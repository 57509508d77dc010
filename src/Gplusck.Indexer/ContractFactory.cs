namespace Gplusck.Indexer;

/// <summary>The event by which a contract announces another one that it made.</summary>
/// <param name="Contract">Name of the contract that logs it; it may itself be one that is discovered.</param>
/// <param name="Event">Name of the event, which the manifest must mirror.</param>
/// <param name="Parameter">Name of the input that holds the new address.</param>
public sealed record ContractFactory(string Contract, string Event, string Parameter);
