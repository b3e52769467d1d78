using Hearth.Model.Caching;
using Hearth.Model.Storage;
using Microsoft.Extensions.Logging;

namespace Hearth.Grains.Caching;

/// <summary>
/// Has the store drop what was cleared, a little at a time. Every silo does, wherever the cache was cleared, so that it is done
/// although the silo that was told is gone.
/// </summary>
internal sealed partial class CacheSweeper(ICacheStore store, TimeProvider time, ILogger<CacheSweeper> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopped = new();
    private Task _sweeping = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(CacheSweeper), ServiceLifecycleStage.Active, Start, Stop);

    public void Dispose() => _stopped.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        _sweeping = Task.Run(Run, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _sweeping;
    }

    private async Task Run()
    {
        while (!_stopped.IsCancellationRequested)
        {
            await Sweep();
            await Task.Delay(Period, time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Sweep()
    {
        try
        {
            while (!_stopped.IsCancellationRequested && await store.DropCleared())
            {
            }
        }
        catch (StoreUnavailableException exception)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was cleared from the cache could not be dropped; the next sweep tries again.")]
    private partial void LogFailed(Exception exception);
}
