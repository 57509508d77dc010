using Gplusck.Host.Devnet;
using Xunit;

namespace Gplusck.Testing;

/// <summary>A fresh anvil for a test class, mining each transaction at once.</summary>
/// <remarks>
/// Use as <c>IClassFixture&lt;AnvilFixture&gt;</c>, or start one per test with <see cref="Anvil.StartAsync"/>.
/// </remarks>
public sealed class AnvilFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-anvil-").FullName;
    private Anvil? _node;

    public Uri Url => _node!.Url;

    public async ValueTask InitializeAsync() =>
        _node = await Anvil.StartAsync(_folder, blockSeconds: null, TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
