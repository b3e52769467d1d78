using Microsoft.Extensions.Hosting;

namespace Hearth.Storage.Hosting;

/// <summary>
/// A background service for which it is no fault to be stopped, or disposed of without having been stopped: then the host would
/// take the cancellation for a crash.
/// </summary>
public abstract class StoppableService : BackgroundService
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Run(stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException)
            {
                // As asked; or what it called was disposed of first, and then it begins again unless that was the host's end.
                await Task.Delay(RestartPause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>The service's work, until it is done or stopped.</summary>
    protected abstract Task Run(CancellationToken stoppingToken);
}
