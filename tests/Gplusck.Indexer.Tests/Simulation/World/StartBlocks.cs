namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>From which block each contract is mirrored.</summary>
internal sealed record StartBlocks(int Coin, int Nft, int Multi, int Zoo)
{
    /// <summary>The first block that is stored.</summary>
    public int First => Math.Min(Math.Min(Coin, Nft), Math.Min(Multi, Zoo));

    public static StartBlocks Of(Dice dice)
    {
        int first = dice.Pick([0, 0, 1, 7], "start block");
        return new StartBlocks(
            first + dice.Below(2, "start coin"), first + dice.Below(20, "start nft"),
            first, first + dice.Below(20, "start zoo"));
    }

    public int Of(string address) =>
        address == Contracts.Coin ? Coin
        : address == Contracts.Nft ? Nft
        : address == Contracts.Multi ? Multi
        : Zoo;
}
