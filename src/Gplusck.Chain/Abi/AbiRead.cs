namespace Gplusck.Chain.Abi;

/// <summary>Reads one value at the reader's position and moves it past the value.</summary>
public delegate T AbiRead<out T>(ref AbiReader reader);
