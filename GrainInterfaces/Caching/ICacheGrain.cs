using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Caching;

/// <summary>
/// The cache as a whole, and calls for many of its entries at once. Key: any number; several, so that calls go to several silos.
/// Holds nothing itself.
/// </summary>
[Alias("cache")]
public interface ICacheGrain : IGrainWithIntegerKey
{
    /// <summary>How many keys are worth spreading calls over.</summary>
    const int Spread = 64;

    /// <summary>Reads entries as <see cref="ICacheEntryGrain.Read"/> does, in the order of the keys; null where there is none.</summary>
    /// <param name="keys">Cache keys.</param>
    /// <param name="maxBytes">The bytes of values in all; where there are more, the answer is null.</param>
    [Alias("read-many")] ValueTask<ImmutableArray<CachedValue?>?> Read(ImmutableArray<string> keys, long maxBytes);

    /// <summary>Keeps values as <see cref="ICacheEntryGrain.Put"/> does. Where it fails, some may be kept.</summary>
    /// <param name="keys">Cache keys, each once.</param>
    /// <param name="entries">What is put under each.</param>
    [Alias("put-many")] ValueTask Put(ImmutableArray<string> keys, ImmutableArray<NewCacheEntry> entries);

    /// <summary>Removes entries; returns how many there were. Where it fails, some may be removed.</summary>
    /// <param name="keys">Cache keys, each once.</param>
    [Alias("remove-many")] ValueTask<int> Remove(ImmutableArray<string> keys);

    /// <summary>
    /// Clears the cache, in a time that does not grow with it; durable once it returns. What was put before is read nowhere
    /// any more a second later.
    /// </summary>
    [Alias("clear")] ValueTask Clear();
}
