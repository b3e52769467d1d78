using Microsoft.Extensions.Hosting;

namespace Hearth.Storage.Hosting;

/// <summary>
/// A background service for which it is no fault to be stopped, or disposed of without having been stopped: then the host would
/// take the cancellation for a crash.
/// </summary>
public abstract class StoppableService : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Run(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // As asked.
        }
    }

    /// <summary>The service's work, until it is done or stopped.</summary>
    protected abstract Task Run(CancellationToken stoppingToken);
}
