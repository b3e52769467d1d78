using Hearth.GrainInterfaces.Caching;
using Hearth.Model.Clocks;

namespace Hearth.Grains.Caching;

[GrainType("cache-statistics"), CollectionAgeLimit(Minutes = 61)]
internal sealed class CacheStatisticsGrain(SteadyClock time) : Grain, ICacheStatisticsGrain
{
    private const int Minutes = 60;

    private readonly Queue<(long Minute, CacheReads Reads)> _reports = new();

    private long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    public ValueTask Report(CacheReads reads)
    {
        Forget();
        _reports.Enqueue((Minute, reads));
        return ValueTask.CompletedTask;
    }

    public ValueTask<CacheReads> LastHour()
    {
        Forget();
        return ValueTask.FromResult(new CacheReads(_reports.Sum(report => report.Reads.Hits), _reports.Sum(report => report.Reads.Misses)));
    }

    private void Forget()
    {
        while (_reports.TryPeek(out var oldest) && oldest.Minute <= Minute - Minutes)
        {
            _reports.Dequeue();
        }
    }
}
