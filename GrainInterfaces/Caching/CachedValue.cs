namespace Hearth.GrainInterfaces.Caching;

/// <summary>A value read from the cache.</summary>
/// <param name="Info">What is known of it.</param>
/// <param name="Value">Its bytes.</param>
[GenerateSerializer, Immutable, Alias("cached-value")]
public sealed record CachedValue([property: Id(0)] CacheEntryInfo Info, [property: Id(1)] ReadOnlyMemory<byte> Value);
