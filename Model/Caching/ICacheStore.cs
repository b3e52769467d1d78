using Hearth.Model.Storage;

namespace Hearth.Model.Caching;

/// <summary>
/// Keeps cache entries until their deadline, and forgets them by itself within 60 s of it. Each call is one atomic step,
/// and durable once it returns. Entries that were put before the cache was cleared are as if they were gone,
/// but that their keys may still be found by their tags.
/// Every member throws <see cref="StoreUnavailableException"/> when the store cannot be reached; what it was to do may be done
/// all the same.
/// </summary>
public interface ICacheStore
{
    /// <summary>Returns the entry, also for a while after its deadline; null where there is none.</summary>
    ValueTask<StoredCacheEntry?> Read(string key);

    /// <summary>Keeps the entry and indexes it by its tags, in place of the one before and its tags. Returns its epoch.</summary>
    ValueTask<long> Put(string key, StoredCacheEntry entry);

    /// <summary>
    /// As <see cref="Put"/>, but only over the entry of this version, or where that is null only where there is none that
    /// lives when the new one is put. Null where it was not put.
    /// </summary>
    ValueTask<long?> PutOver(string key, long? version, StoredCacheEntry entry);

    /// <summary>
    /// Exchanges value, version and time of the entry of this version; its type, tags and lifetime stay. False where it is
    /// gone or of another version.
    /// </summary>
    ValueTask<bool> ReplaceValue(string key, long version, StoredCacheEntry entry);

    /// <summary>Gives the entry of the same version another lifetime. False where it is gone or of another version.</summary>
    ValueTask<bool> ReplaceLifetime(string key, StoredCacheEntry entry);

    /// <summary>
    /// Moves the deadline of the entry of the same version, sliding lifetime and end ahead, never back. False where it is gone
    /// or was changed.
    /// </summary>
    ValueTask<bool> Touch(string key, StoredCacheEntry entry);

    /// <summary>Removes the entry. Whether there was one.</summary>
    ValueTask<bool> Remove(string key);

    /// <summary>Removes the entry unless its deadline is after <paramref name="deadline"/>. Whether it did.</summary>
    ValueTask<bool> RemoveIfDue(string key, DateTimeOffset deadline);

    /// <summary>Removes the entry if it has the tag. Whether it did.</summary>
    ValueTask<bool> RemoveIfTagged(string key, string tag);

    /// <summary>Returns keys of entries that have the tag, in the order of their bytes.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="after">Only keys greater than this one; null for all.</param>
    /// <param name="limit">How many at most.</param>
    ValueTask<IReadOnlyList<string>> KeysTagged(string tag, string? after, int limit);

    /// <summary>Clears the cache, in a time that does not grow with it. Returns the new epoch.</summary>
    ValueTask<long> Clear();

    /// <summary>Returns how often the cache was cleared.</summary>
    ValueTask<long> ReadEpoch();

    /// <summary>
    /// Has the store tell of epochs that another process began, as soon as it hears of them. It may miss some, which
    /// <see cref="ReadEpoch"/> does not.
    /// </summary>
    void OnCleared(Action<long> tell);

    /// <summary>Drops some of what was cleared, few enough that others wait no more than some milliseconds. False when none is left.</summary>
    ValueTask<bool> DropCleared();
}
