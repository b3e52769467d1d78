namespace Hearth.GrainInterfaces.Caching;

/// <summary>Reads of the cache.</summary>
/// <param name="Hits">How many found an entry.</param>
/// <param name="Misses">How many found none, or an expired one.</param>
[GenerateSerializer, Immutable, Alias("cache-reads")]
public readonly record struct CacheReads([property: Id(0)] long Hits, [property: Id(1)] long Misses);
