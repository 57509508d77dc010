namespace Gplusck.Benchmarks;

/// <summary>One thing that `./gplusck bench NAME` measures.</summary>
public interface IBenchmark
{
    /// <summary>The NAME on the command line.</summary>
    string Name { get; }

    /// <summary>Measures and yields each figure as soon as it stands.</summary>
    IAsyncEnumerable<Measurement> RunAsync(CancellationToken cancellationToken);
}
