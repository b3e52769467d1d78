using System.Collections.Immutable;
using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Ids;
using Hearth.Model.Caching;
using Orleans.Concurrency;

namespace Hearth.Grains.Caching;

/// <summary>Makes the calls for many entries from within the cluster, so that a front end makes one.</summary>
[GrainType("cache"), StatelessWorker, Reentrant]
internal sealed class CacheGrain(ICacheStore store, CacheEpoch epoch) : Grain, ICacheGrain
{
    /// <summary>How many values are read at once; between them it is known whether there are too many bytes.</summary>
    private const int ReadSize = 125;

    public async ValueTask<ImmutableArray<CachedValue?>?> Read(ImmutableArray<string> keys, long maxBytes)
    {
        var values = ImmutableArray.CreateBuilder<CachedValue?>(keys.Length);
        var bytes = 0L;
        foreach (var some in keys.Chunk(ReadSize))
        {
            var read = await Each(some, entry => entry.Read());
            bytes += read.Sum(value => (long)(value?.Value.Length ?? 0));
            if (bytes > maxBytes)
            {
                return null;
            }

            values.AddRange(read);
        }

        return values.MoveToImmutable();
    }

    public async ValueTask Put(ImmutableArray<string> keys, ImmutableArray<NewCacheEntry> entries) =>
        await Task.WhenAll(keys.Select((key, i) => GrainFactory.GetGrainOf<ICacheEntryGrain>(key).Put(entries[i]).AsTask()));

    public async ValueTask<int> Remove(ImmutableArray<string> keys) => (await Each(keys, entry => entry.TakeOut())).Count(wasThere => wasThere);

    public async ValueTask Clear() => epoch.Learn(await store.Clear());

    private Task<T[]> Each<T>(IEnumerable<string> keys, Func<ICacheEntryGrain, ValueTask<T>> call) =>
        Task.WhenAll(keys.Select(key => call(GrainFactory.GetGrainOf<ICacheEntryGrain>(key)).AsTask()));
}
