using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Ids;
using Hearth.Grains.Expiration;
using Hearth.Model.Caching;
using Hearth.Model.Clocks;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Caching;

/// <summary>One cache entry. Values are in memory while they are in use, and in the store until they expire.</summary>
[GrainType("cache-entry"), CollectionAgeLimit(Minutes = Retention.CollectionAgeMinutes)]
internal sealed class CacheEntryGrain(
    ICacheStore store, IOptions<CachingOptions> options, SteadyClock time, CacheMetrics metrics, CacheMemory memory)
    : Grain, ICacheEntryGrain
{
    private RetentionTimer _retention = null!;
    private LiveCacheEntry? _entry;
    private bool _isLoaded;
    private long _bytesHeld;

    private string Key => this.GetId();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _retention = new RetentionTimer(this, time);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        memory.TryHold(ref _bytesHeld, 0);
        return Task.CompletedTask;
    }

    public async ValueTask Put(NewCacheEntry entry)
    {
        var put = LiveCacheEntry.Put(entry, options.Value, time.GetUtcNowInMilliseconds());
        Forget();
        await store.Put(Key, put.Stored);
        Hold(put);
    }

    public async ValueTask<CachedValue?> Read()
    {
        var value = (await Slide())?.ToValue(time.GetUtcNow());
        metrics.Read(isHit: value is not null);
        return value;
    }

    public async ValueTask<CacheEntryInfo?> Describe() => (await Find())?.Describe(time.GetUtcNow());

    public async ValueTask Refresh() => await Slide();

    public async ValueTask Remove()
    {
        Forget();
        await store.Remove(Key);
        Hold(null);
    }

    public async ValueTask RemoveIfTagged(string tag)
    {
        Forget();
        await store.RemoveIfTagged(Key, tag);
        _retention.Holds(null);
    }

    private async ValueTask<LiveCacheEntry?> Slide()
    {
        var found = await Find();
        if (found is not { Slides: true } entry)
        {
            return found;
        }

        var now = time.GetUtcNowInMilliseconds();
        if (!entry.OutlivesDeadline(now))
        {
            return Hold(entry.Use(now));
        }

        var used = entry.WithDeadline(now);
        Forget();
        return await store.Touch(Key, used.Stored.StoredAt, used.Stored.Deadline) ? Hold(used) : null;
    }

    private async ValueTask<LiveCacheEntry?> Find()
    {
        var entry = _isLoaded ? Hold(_entry) : Hold(await store.Read(Key) is { } stored ? LiveCacheEntry.Load(stored) : null);
        if (entry?.IsExpired(time.GetUtcNow()) is true)
        {
            await Expire(entry);
            return null;
        }

        return entry;
    }

    /// <summary>Whoever is told that it expired must not find it again, as long as the store's deadline would let a later activation.</summary>
    private async ValueTask Expire(LiveCacheEntry entry)
    {
        if (entry.Stored.Deadline > time.GetUtcNow())
        {
            await store.RemoveIfDue(Key, entry.Stored.Deadline);
        }

        Hold(null);
    }

    /// <summary>Keeps what the store holds in memory, unless there is no room for it; then the next call reads the store.</summary>
    private LiveCacheEntry? Hold(LiveCacheEntry? entry)
    {
        _isLoaded = memory.TryHold(ref _bytesHeld, entry?.Stored.Value.Length ?? 0);
        _entry = _isLoaded ? entry : null;
        _retention.Holds(_entry?.Stored.Deadline);
        return entry;
    }

    /// <summary>Until a write returns nobody knows what the store holds; where it fails, the next call reads it.</summary>
    private void Forget()
    {
        _entry = null;
        _isLoaded = false;
    }
}
