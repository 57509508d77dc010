namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>Chooses what happens next.</summary>
internal sealed class ActGenerator
{
    private readonly World _world;
    private readonly Dice _dice;
    private readonly StakingActs _staking;
    private readonly (int Weight, Func<Act> Make)[] _acts;
    private readonly int _weights;

    public ActGenerator(World world, Probes probes, Dice dice)
    {
        (_world, _dice) = (world, dice);
        _staking = new StakingActs(world, probes, dice);
        RegistryActs registry = new(world, probes, dice);
        _acts =
        [
            (14, _staking.Stake), (12, _staking.RequestUnbond), (5, _staking.CancelUnbond), (8, _staking.Withdraw),
            (9, _staking.Redelegate), (9, _staking.SettleRedelegation), (6, _staking.Slash), (2, _staking.Freeze),
            (3, _staking.Unfreeze),
            (2, registry.Activate), (3, registry.Unjail), (1, registry.Exit), (2, registry.FinishExit),
            (1, registry.AnnounceCommission), (2, registry.Jail),
        ];
        Rare = [registry.Register, registry.Tombstone];
        _weights = _acts.Sum(act => act.Weight);
    }

    private IReadOnlyList<Func<Act>> Rare { get; }

    /// <summary>Lets some time pass, often none, and makes an act for the new time.</summary>
    public Act Next()
    {
        _world.Now += _dice.Below(20) switch
        {
            < 6 => 0,
            < 14 => 1 + _dice.Below(30),
            < 19 => _dice.Below(600),
            _ => _dice.Below(7_200),
        };
        if (_dice.OneIn(100))
        {
            return _dice.Pick(Rare)();
        }

        int ticket = _dice.Below(_weights);
        foreach ((int weight, Func<Act> make) in _acts)
        {
            if ((ticket -= weight) < 0)
            {
                return make();
            }
        }

        throw new InvalidOperationException("Weights and acts differ.");
    }

    /// <summary>A question about the past.</summary>
    public IEnumerable<Probe> Past() => _staking.SomethingPast();
}
