namespace Gplusck.Chain.Signing;

/// <summary>One member of an EIP-712 struct.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: atomic, dynamic, the name of another struct, or an array of these.</param>
public sealed record TypedDataField(string Name, string Type);
