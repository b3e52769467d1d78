using Hearth.GrainInterfaces.Views;
using Hearth.Model.Views;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Views;

/// <summary>Wakes every reader and flusher while the silo is active, so that one lost with its silo comes back by itself.</summary>
internal sealed partial class ViewWorkers(
    IGrainFactory grains, IViewLog log, IOptions<ViewsOptions> options, TimeProvider time, ViewsMetrics metrics, ILogger<ViewWorkers> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(ViewWorkers), ServiceLifecycleStage.Active, Start, Stop);

    public void Dispose() => _stop.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        _running = Task.Run(Run, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    private async Task Run()
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await Wake();
            }
            catch (Exception exception)
            {
                LogFailed(exception);
            }
        }
        while (await Next(timer));
    }

    private async Task<bool> Next(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Wake()
    {
        // Side by side: one whose silo has just died answers only after a while, and must not hold up the others.
        var partitions = await log.GetStatus();
        var wakes = new List<Task>();
        foreach (var partition in partitions)
        {
            metrics.Length(partition.Partition, partition.Entries);
            if (partition.Partition < options.Value.Partitions || partition.Entries > 0)
            {
                wakes.Add(grains.GetGrain<IViewLogReaderGrain>(partition.Partition).Wake().AsTask());
            }
        }

        wakes.AddRange(Enumerable.Range(0, options.Value.Partitions).Select(shard => grains.GetGrain<IViewFlushGrain>(shard).Wake().AsTask()));
        wakes.Add(grains.GetGrain<IViewActivityGrain>(0).Wake().AsTask());
        await Task.WhenAll(wakes);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The readers of the view log could not be woken; trying again.")]
    private partial void LogFailed(Exception exception);
}
