namespace Hearth.WebFrontend.Pages.Overview;

/// <param name="Sessions">Live sessions.</param>
/// <param name="CacheHits">Reads of the cache that found an entry, in the last hour.</param>
/// <param name="CacheMisses">Reads that found none, likewise.</param>
public sealed record MemoryFigures(long Sessions, long CacheHits, long CacheMisses);
