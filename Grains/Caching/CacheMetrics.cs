using System.Diagnostics.Metrics;
using Hearth.GrainInterfaces.Caching;

namespace Hearth.Grains.Caching;

/// <summary>Counts reads of the cache on this silo. Entries that expire are counted where the store forgets them.</summary>
internal sealed class CacheMetrics
{
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private long _totalHits;
    private long _totalMisses;

    public CacheMetrics(IMeterFactory meters, CacheMemory memory)
    {
        var meter = meters.Create("Hearth");
        _hits = meter.CreateCounter<long>("hearth.cache.hits", "{read}", "Reads that found an entry.");
        meter.CreateObservableUpDownCounter("hearth.cache.memory", () => memory.Held, "By", "Cached values in this silo's memory.");
        _misses = meter.CreateCounter<long>("hearth.cache.misses", "{read}", "Reads that found none, or an expired one.");
    }

    /// <summary>All reads since the silo started.</summary>
    public CacheReads Total => new(Interlocked.Read(ref _totalHits), Interlocked.Read(ref _totalMisses));

    public void Read(bool isHit)
    {
        (isHit ? _hits : _misses).Add(1);
        Interlocked.Increment(ref isHit ? ref _totalHits : ref _totalMisses);
    }
}
