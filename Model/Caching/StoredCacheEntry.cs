using System.Collections.Immutable;

namespace Hearth.Model.Caching;

/// <summary>A cache entry as a store keeps it. All times are whole milliseconds.</summary>
/// <param name="Value">The bytes.</param>
/// <param name="ContentType">Their media type, or null.</param>
/// <param name="Tags">Its tags, for the store's index; not read back, so empty then.</param>
/// <param name="StoredAt">When it was put.</param>
/// <param name="Sliding">How long it lives after each read; null where it does not slide.</param>
/// <param name="AbsoluteEnd">When it ends however much it is read; null for never.</param>
/// <param name="Deadline">Not before the moment it expires: the store may forget it from then on.</param>
/// <param name="Version">Another one for each value that is put; of entries from before release 0.2 when they were put.</param>
/// <param name="Epoch">How often the cache had been cleared when it was put, as the store says: what is less than the store's is cleared.</param>
public sealed record StoredCacheEntry(
    ReadOnlyMemory<byte> Value,
    string? ContentType,
    ImmutableArray<string> Tags,
    DateTimeOffset StoredAt,
    TimeSpan? Sliding,
    DateTimeOffset? AbsoluteEnd,
    DateTimeOffset Deadline,
    long Version = 0,
    long Epoch = 0);
