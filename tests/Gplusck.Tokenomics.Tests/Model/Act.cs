using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>One thing that someone does: to the contracts by a transaction, to the model by a method.</summary>
/// <param name="From">Who does it.</param>
/// <param name="Contract">To which contract.</param>
/// <param name="Function">What.</param>
/// <param name="Arguments">With what.</param>
/// <param name="Apply">The same to the model; refuses with the name of the contract's error.</param>
/// <param name="Touched">What to compare right afterwards.</param>
internal sealed record Act(
    Address From, string Contract, string Function, object[] Arguments, Action Apply,
    Func<IEnumerable<Probe>> Touched)
{
    public override string ToString() => $"{From} {Contract}.{Function}({Probe.Text(Arguments)})";
}
