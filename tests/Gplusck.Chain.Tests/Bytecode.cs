using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests;

/// <summary>Tiny contracts written byte by byte, so that these tests need no compiler.</summary>
internal static class Bytecode
{
    /// <summary>Emits its call data three times: under topics 1 to 4, under topics 1 and 2, and under none.</summary>
    public static byte[] Logger => Deploying("0x365f5f376004600360026001365fa460026001365fa2365fa000");

    /// <summary>Returns its call data.</summary>
    public static byte[] Echo => Deploying("0x365f5f37365ff3");

    /// <summary>Reverts with its call data.</summary>
    public static byte[] Reverter => Deploying("0x365f5f37365ffd");

    // PUSH1 length DUP1 PUSH1 9 PUSH0 CODECOPY PUSH0 RETURN, then the code itself.
    private static byte[] Deploying(string runtime)
    {
        byte[] code = Hex.Parse(runtime);
        return [0x60, (byte)code.Length, 0x80, 0x60, 0x09, 0x5f, 0x39, 0x5f, 0xf3, .. code];
    }
}
