using Hearth.Grains.Expiration;

namespace Hearth.Grains.Caching;

/// <summary>What one activation keeps in memory of what the store holds.</summary>
internal sealed class HeldCacheEntry(CacheMemory memory, CacheEpoch epoch, RetentionTimer retention)
{
    private bool _isLoaded;
    private long _bytesHeld;

    /// <summary>The entry; null where the store holds none, or where that is not known.</summary>
    public LiveCacheEntry? Entry { get; private set; }

    /// <summary>Whether <see cref="Entry"/> is what the store holds: it was loaded, and not cleared since.</summary>
    public ValueTask<bool> IsKnown() => Entry is null ? new(_isLoaded) : IsPresent(Entry.Stored.Epoch, epoch.Get());

    /// <summary>Keeps what the store holds in memory, unless there is no room for it; then the next call reads the store.</summary>
    public LiveCacheEntry? Hold(LiveCacheEntry? entry)
    {
        _isLoaded = memory.TryHold(ref _bytesHeld, entry?.Stored.Value.Length ?? 0);
        Entry = _isLoaded ? entry : null;
        retention.Holds(Entry?.Stored.Deadline);
        return entry;
    }

    /// <summary>Until a write returns nobody knows what the store holds; where it fails, the next call reads it.</summary>
    public void Forget()
    {
        Entry = null;
        _isLoaded = false;
    }

    /// <summary>Nothing may be left, so the activation need not stay.</summary>
    public void LeaveSoon() => retention.Holds(null);

    /// <summary>The activation ends.</summary>
    public void GiveBack() => memory.TryHold(ref _bytesHeld, 0);

    private static ValueTask<bool> IsPresent(long held, ValueTask<long> present) =>
        present.IsCompletedSuccessfully ? new(held >= present.Result) : Wait(held, present);

    private static async ValueTask<bool> Wait(long held, ValueTask<long> present) => held >= await present;
}
