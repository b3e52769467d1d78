using System.Diagnostics.Metrics;

namespace Hearth.Grains.Caching;

/// <summary>Counts reads of the cache on this silo. Entries that expire are counted where the store forgets them.</summary>
internal sealed class CacheMetrics
{
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;

    public CacheMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Hearth");
        _hits = meter.CreateCounter<long>("hearth.cache.hits", "{read}", "Reads that found an entry.");
        _misses = meter.CreateCounter<long>("hearth.cache.misses", "{read}", "Reads that found none, or an expired one.");
    }

    public void Read(bool isHit) => (isHit ? _hits : _misses).Add(1);
}
