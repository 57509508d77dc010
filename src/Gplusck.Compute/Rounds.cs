using Gplusck.Chain.Primitives;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute;

/// <summary>A loop that no error ends: it is logged, and the next round waits longer, up to half a minute.</summary>
internal sealed class Rounds(Address account, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    /// <summary>Runs round after round with a pause between them, until cancelled; then returns.</summary>
    public async Task RepeatAsync(
        string name, TimeSpan interval, Func<CancellationToken, Task> round, CancellationToken cancellationToken)
    {
        TimeSpan backOff = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan pause = interval;
            try
            {
                await round(cancellationToken);
                backOff = FirstPause;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = backOff > interval ? backOff : interval;
                backOff = 2 * backOff < PauseMax ? 2 * backOff : PauseMax;
                Log.RoundFailed(logger, exception, name, account, pause.TotalSeconds);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
