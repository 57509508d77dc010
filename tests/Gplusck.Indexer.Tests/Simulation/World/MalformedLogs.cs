namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>Spoils logs of our events in ways that no decoder may let pass.</summary>
internal sealed class MalformedLogs(Random random)
{
    public FakeLog Next(FakeLog coin, FakeLog nft, FakeLog note, FakeLog ping)
    {
        FakeLog spoilt = random.Next(8) switch
        {
            0 => coin with { Topics = coin.Topics[..2] },
            1 => coin with { Topics = nft.Topics, Data = [] },
            2 => nft with { Topics = coin.Topics, Data = coin.Data },
            3 => coin with { Data = coin.Data[..random.Next(32)] },
            4 => coin with { Topics = [coin.Topics[0], $"0x01{coin.Topics[1][4..]}", coin.Topics[2]] },
            5 => ping with { Data = [.. ping.Data[..63], 2] },
            6 => note with { Data = [.. Words.Integer(int.MaxValue), .. note.Data[32..]] },
            _ => note with { Topics = [note.Topics[0], $"0x01{note.Topics[1][4..]}"] },
        };
        return spoilt with { Table = null, Values = null, Malformed = true };
    }
}
