namespace Hearth.GrainInterfaces.Caching;

/// <summary>
/// Holds one cache entry. Key: the cache key, as the caller spells it. A value that was put is durable until it expires
/// or is removed; once it has left memory a sliding entry may live up to a tenth of its sliding lifetime (at most 20 s) longer.
/// </summary>
[Alias("cache-entry")]
public interface ICacheEntryGrain : IGrainWithStringKey
{
    /// <summary>Keeps a value in place of the one before, its lifetime and tags included; durable once it returns.</summary>
    [Alias("put")] ValueTask Put(NewCacheEntry entry);

    /// <summary>
    /// As <see cref="Put"/>, where a condition holds for what is kept. Atomic: also where two activations think that the entry is
    /// theirs, as they may for a moment beside a silo that dies, only one of two that depend on each other is done.
    /// </summary>
    /// <returns>The version of the value; null where the condition does not hold, and nothing has changed.</returns>
    [Alias("put-if")] ValueTask<long?> PutIf(NewCacheEntry entry, CacheCondition condition);

    /// <summary>
    /// Adds to a value that is a decimal integer of 64 bits, and leaves its type, tags and lifetime. Atomic as
    /// <see cref="PutIf"/> is.
    /// </summary>
    /// <param name="by">What to add.</param>
    /// <param name="initial">What to add it to where there is no entry; null to make none.</param>
    /// <param name="ttl">How long an entry that is made lives; null for <see cref="Hearth.Model.Caching.CachingOptions.DefaultTtl"/>.</param>
    [Alias("increment")] ValueTask<CacheIncrement> Increment(long by, long? initial, TimeSpan? ttl);

    /// <summary>Gives the entry another lifetime, from now on, and leaves its value. False where there is none.</summary>
    /// <param name="ttl">As in <see cref="NewCacheEntry"/>.</param>
    /// <param name="sliding">As in <see cref="NewCacheEntry"/>.</param>
    [Alias("expire")] ValueTask<bool> Expire(TimeSpan? ttl, TimeSpan? sliding);

    /// <summary>Returns the value and slides its expiry; null where there is none, which an empty value is not.</summary>
    [Alias("read")] ValueTask<CachedValue?> Read();

    /// <summary>Describes the entry without sliding its expiry; null where there is none.</summary>
    [Alias("describe")] ValueTask<CacheEntryInfo?> Describe();

    /// <summary>Slides the entry's expiry, if there is one that slides.</summary>
    [Alias("refresh")] ValueTask Refresh();

    /// <summary>Removes the entry, if there is one.</summary>
    [Alias("remove")] ValueTask Remove();

    /// <summary>Removes the entry. Whether there was one.</summary>
    [Alias("take-out")] ValueTask<bool> TakeOut();

    /// <summary>Removes the entry, if there is one that has this tag.</summary>
    [Alias("remove-tagged")] ValueTask RemoveIfTagged(string tag);
}
