namespace Gplusck.Chain.Bindings;

/// <summary>The answer of a function that returns nothing.</summary>
public readonly record struct Unit;
