using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Ids;
using Hearth.Grains.Expiration;
using Hearth.Model.Caching;
using Hearth.Model.Clocks;
using Microsoft.Extensions.Options;

namespace Hearth.Grains.Caching;

/// <summary>
/// One cache entry. Values are in memory while they are in use, and in the store until they expire. What depends on the value
/// before is written over that very version, so that an activation that is not the only one overwrites nothing it does not know.
/// </summary>
[GrainType("cache-entry"), CollectionAgeLimit(Minutes = Retention.CollectionAgeMinutes)]
internal sealed class CacheEntryGrain(
    ICacheStore store, IOptions<CachingOptions> options, SteadyClock time, CacheMetrics metrics, CacheMemory memory, CacheEpoch epoch)
    : Grain, ICacheEntryGrain
{
    private HeldCacheEntry _held = null!;

    private string Key => this.GetId();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _held = new HeldCacheEntry(memory, epoch, new RetentionTimer(this, time));
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _held.GiveBack();
        return Task.CompletedTask;
    }

    public async ValueTask Put(NewCacheEntry entry) => await PutIf(entry, CacheCondition.Always);

    public async ValueTask<long?> PutIf(NewCacheEntry entry, CacheCondition condition)
    {
        var isConditional = condition != CacheCondition.Always;
        while (true)
        {
            var before = isConditional ? (await Find())?.Stored.Version : null;
            if (isConditional && !condition.Allows(before))
            {
                return null;
            }

            var put = LiveCacheEntry.Put(entry, options.Value, time.GetUtcNowInMilliseconds());
            _held.Forget();
            if ((isConditional ? await store.PutOver(Key, before, put.Stored) : await store.Put(Key, put.Stored)) is { } putIn)
            {
                return _held.Hold(put.WithEpoch(putIn))!.Stored.Version;
            }
        }
    }

    public async ValueTask<CacheIncrement> Increment(long by, long? initial, TimeSpan? ttl)
    {
        while (true)
        {
            var before = await Find();
            var sum = CounterValue.Increment(before?.Stored.Value, by, initial);
            if (sum.Outcome != CacheIncrementOutcome.Done || await Write(before, CounterValue.Write(sum.Value), ttl))
            {
                return sum;
            }
        }
    }

    public async ValueTask<bool> Expire(TimeSpan? ttl, TimeSpan? sliding)
    {
        while (await Find() is { } entry)
        {
            var renewed = entry.WithLifetime(ttl, sliding, options.Value, time.GetUtcNowInMilliseconds());
            _held.Forget();
            if (await store.ReplaceLifetime(Key, renewed.Stored))
            {
                _held.Hold(renewed);
                return true;
            }
        }

        return false;
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
        _held.Forget();
        await store.Remove(Key);
        _held.Hold(null);
    }

    public async ValueTask<bool> TakeOut()
    {
        var wasLive = await Find() is not null;
        _held.Forget();
        var wasThere = await store.Remove(Key);
        _held.Hold(null);
        return wasLive && wasThere;
    }

    public async ValueTask RemoveIfTagged(string tag)
    {
        _held.Forget();
        await store.RemoveIfTagged(Key, tag);
        _held.LeaveSoon();
    }

    /// <summary>Writes a number over a value, or where there is none, as an entry of its own. False where another has been put meanwhile.</summary>
    private async ValueTask<bool> Write(LiveCacheEntry? before, byte[] value, TimeSpan? ttl)
    {
        var now = time.GetUtcNowInMilliseconds();
        _held.Forget();
        if (before is not null)
        {
            var changed = before.WithValue(value, now);
            return await store.ReplaceValue(Key, before.Stored.Version, changed.Stored) && _held.Hold(changed) is not null;
        }

        var made = LiveCacheEntry.Put(new NewCacheEntry(value, CounterValue.ContentType, ttl, Sliding: null, Tags: []), options.Value, now);
        return await store.PutOver(Key, null, made.Stored) is { } putIn && _held.Hold(made.WithEpoch(putIn)) is not null;
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
            return _held.Hold(entry.Use(now));
        }

        var used = entry.WithDeadline(now);
        _held.Forget();
        return await store.Touch(Key, used.Stored) ? _held.Hold(used) : null;
    }

    private async ValueTask<LiveCacheEntry?> Find()
    {
        var entry = _held.Hold(await _held.IsKnown() ? _held.Entry : await store.Read(Key) is { } stored ? LiveCacheEntry.Load(stored) : null);
        if (entry?.IsExpired(time.GetUtcNow()) is true)
        {
            await Drop(entry);
            return null;
        }

        return entry;
    }

    /// <summary>Whoever is told that it expired must not find it again, as long as the store's deadline would let a later activation.</summary>
    private async ValueTask Drop(LiveCacheEntry entry)
    {
        if (entry.Stored.Deadline > time.GetUtcNow())
        {
            await store.RemoveIfDue(Key, entry.Stored.Deadline);
        }

        _held.Hold(null);
    }
}
