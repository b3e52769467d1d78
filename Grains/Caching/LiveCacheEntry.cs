using Hearth.GrainInterfaces.Caching;
using Hearth.Grains.Expiration;
using Hearth.Model.Caching;

namespace Hearth.Grains.Caching;

/// <summary>A cache entry as its activation knows it: what the store holds, and how far reads have moved its expiry since.</summary>
/// <param name="Stored">What the store holds.</param>
/// <param name="ExpiresAt">When it expires; never after the stored deadline.</param>
internal sealed record LiveCacheEntry(StoredCacheEntry Stored, DateTimeOffset ExpiresAt)
{
    public bool Slides => Stored.Sliding is not null;

    private SlidingExpiration Expiration => new(Stored.Sliding, Stored.AbsoluteEnd);

    /// <summary>An entry that is put now.</summary>
    public static LiveCacheEntry Put(NewCacheEntry entry, CachingOptions options, DateTimeOffset now)
    {
        var expiration = Lifetime(entry.Ttl, entry.Sliding, options, now);
        return new LiveCacheEntry(
            new StoredCacheEntry(
                entry.Value,
                entry.ContentType,
                entry.Tags,
                StoredAt: now,
                entry.Sliding,
                expiration.AbsoluteEnd,
                expiration.DeadlineFor(now),
                Version: NewVersion()),
            expiration.ExpiresAt(now));
    }

    /// <summary>An entry read from the store. It may have been read later than the store knows, up to where the deadline is its expiry.</summary>
    public static LiveCacheEntry Load(StoredCacheEntry stored) => new(stored, stored.Deadline);

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>Whether the entry, read now, would live longer than the store knows, so that the store must be told first.</summary>
    public bool OutlivesDeadline(DateTimeOffset now) => Expiration.ExpiresAt(now) > Stored.Deadline;

    /// <summary>The entry after a read that the store need not know of.</summary>
    public LiveCacheEntry Use(DateTimeOffset now) => Slides ? this with { ExpiresAt = Expiration.ExpiresAt(now) } : this;

    /// <summary>The entry after a read, as it is to be written.</summary>
    public LiveCacheEntry WithDeadline(DateTimeOffset now) =>
        Use(now) with { Stored = Stored with { Deadline = Expiration.DeadlineFor(now) } };

    /// <summary>The entry with another lifetime, from now on.</summary>
    public LiveCacheEntry WithLifetime(TimeSpan? ttl, TimeSpan? sliding, CachingOptions options, DateTimeOffset now)
    {
        var expiration = Lifetime(ttl, sliding, options, now);
        return new LiveCacheEntry(
            Stored with { Sliding = sliding, AbsoluteEnd = expiration.AbsoluteEnd, Deadline = expiration.DeadlineFor(now) }, expiration.ExpiresAt(now));
    }

    /// <summary>The entry with another value, and all else as it is.</summary>
    public LiveCacheEntry WithValue(byte[] value, DateTimeOffset now) =>
        this with { Stored = Stored with { Value = value, StoredAt = now, Version = NewVersion() } };

    /// <summary>The entry as the store has put it.</summary>
    public LiveCacheEntry WithEpoch(long epoch) => this with { Stored = Stored with { Epoch = epoch } };

    public CacheEntryInfo Describe(DateTimeOffset now) => new(
        Stored.ContentType,
        Stored.Value.Length,
        Age: now > Stored.StoredAt ? now - Stored.StoredAt : TimeSpan.Zero,
        Left: ExpiresAt - now,
        Stored.Version);

    public CachedValue ToValue(DateTimeOffset now) => new(Describe(now), Stored.Value);

    private static SlidingExpiration Lifetime(TimeSpan? ttl, TimeSpan? sliding, CachingOptions options, DateTimeOffset now) =>
        new(sliding, now + (ttl ?? (sliding is null ? options.DefaultTtl : null)));

    /// <summary>At random: two activations of one entry must not think of the same one, and a value put anew is another one.</summary>
    private static long NewVersion() => Random.Shared.NextInt64();
}
