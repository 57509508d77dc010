using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox.Tests;

/// <summary>Contracts of a few bytes, placed by <c>anvil_setCode</c>, whose effects can be counted.</summary>
internal static class TestContracts
{
    /// <summary>Adds one to the storage slot that the first word of the call names.</summary>
    public static readonly Address Counter = Address.Parse("0x00000000000000000000000000000000000c0c0a");

    // PUSH0 CALLDATALOAD · DUP1 SLOAD · PUSH1 1 ADD · SWAP1 SSTORE · STOP
    public const string CounterCode = "0x5f35805460010190" + "5500";

    /// <summary>Reverts with <c>Error("not today")</c> when slot 0 is not zero.</summary>
    public static readonly Address Moody = Address.Parse("0x00000000000000000000000000000000000c0c0b");

    // PUSH0 SLOAD PUSH1 6 JUMPI · STOP · JUMPDEST · PUSH1 100 PUSH1 17 PUSH0 CODECOPY · PUSH1 100 PUSH0 REVERT · data
    public const string MoodyCode = "0x5f54600657" + "00" + "5b" + "606460115f39" + "60645ffd" + NotToday;

    private const string NotToday =
        "08c379a0" + "0000000000000000000000000000000000000000000000000000000000000020"
        + "0000000000000000000000000000000000000000000000000000000000000009"
        + "6e6f7420746f6461790000000000000000000000000000000000000000000000";

    public static byte[] Word(BigInteger value)
    {
        byte[] word = new byte[32];
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(word, 32 - bytes.Length);
        return word;
    }
}
