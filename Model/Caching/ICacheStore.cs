using Hearth.Model.Storage;

namespace Hearth.Model.Caching;

/// <summary>
/// Keeps cache entries until their deadline, and forgets them by itself within 60 s of it. Each call is one atomic step,
/// and durable once it returns.
/// Every member throws <see cref="StoreUnavailableException"/> when the store cannot be reached.
/// </summary>
public interface ICacheStore
{
    /// <summary>Returns the entry, also for a while after its deadline; null where there is none.</summary>
    ValueTask<StoredCacheEntry?> Read(string key);

    /// <summary>Keeps the entry and indexes it by its tags, in place of the one before and its tags.</summary>
    ValueTask Put(string key, StoredCacheEntry entry);

    /// <summary>
    /// Moves the deadline of the entry that was put at <paramref name="storedAt"/> ahead, never back. False where it is
    /// gone or another has been put.
    /// </summary>
    ValueTask<bool> Touch(string key, DateTimeOffset storedAt, DateTimeOffset deadline);

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
}
