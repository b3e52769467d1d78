using Hearth.GrainInterfaces.Caching;
using Microsoft.Extensions.Logging;

namespace Hearth.Grains.Caching;

/// <summary>Reports this silo's reads of the cache while there are any. What a report that failed held goes with the next.</summary>
internal sealed partial class CacheReporter(IGrainFactory grains, CacheMetrics metrics, TimeProvider time, ILogger<CacheReporter> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private CacheReads _reported;
    private ITimer? _timer;
    private int _isReporting;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(CacheReporter), ServiceLifecycleStage.Active, Start, Stop);

    public void Dispose() => _timer?.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => _ = Report(), null, Period, Period);
        return Task.CompletedTask;
    }

    private Task Stop(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    private async Task Report()
    {
        var total = metrics.Total;
        var reads = new CacheReads(total.Hits - _reported.Hits, total.Misses - _reported.Misses);
        if (reads == default || Interlocked.Exchange(ref _isReporting, 1) == 1)
        {
            return;
        }

        try
        {
            await grains.GetGrain<ICacheStatisticsGrain>(0).Report(reads);
            _reported = total;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
        finally
        {
            Volatile.Write(ref _isReporting, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reads of the cache could not be reported; they go with the next report.")]
    private partial void LogFailed(Exception exception);
}
