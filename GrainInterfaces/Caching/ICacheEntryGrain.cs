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

    /// <summary>Returns the value and slides its expiry; null where there is none, which an empty value is not.</summary>
    [Alias("read")] ValueTask<CachedValue?> Read();

    /// <summary>Describes the entry without sliding its expiry; null where there is none.</summary>
    [Alias("describe")] ValueTask<CacheEntryInfo?> Describe();

    /// <summary>Slides the entry's expiry, if there is one that slides.</summary>
    [Alias("refresh")] ValueTask Refresh();

    /// <summary>Removes the entry, if there is one.</summary>
    [Alias("remove")] ValueTask Remove();

    /// <summary>Removes the entry, if there is one that has this tag.</summary>
    [Alias("remove-tagged")] ValueTask RemoveIfTagged(string tag);
}
