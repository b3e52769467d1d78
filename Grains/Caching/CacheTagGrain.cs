using Hearth.GrainInterfaces.Caching;
using Hearth.GrainInterfaces.Ids;
using Hearth.Model.Caching;
using Orleans.Concurrency;

namespace Hearth.Grains.Caching;

/// <summary>Finds a tag's entries in the store's index and tells each one, so that it leaves memory too.</summary>
[GrainType("cache-tag"), StatelessWorker, Reentrant]
internal sealed class CacheTagGrain(ICacheStore store) : Grain, ICacheTagGrain
{
    private const int PageSize = 500;

    public async ValueTask<string?> RemoveSome(string? after)
    {
        var tag = this.GetId();
        var keys = await store.KeysTagged(tag, after, PageSize);
        await Task.WhenAll(keys.Select(key => GrainFactory.GetGrainOf<ICacheEntryGrain>(key).RemoveIfTagged(tag).AsTask()));
        return keys.Count == PageSize ? keys[^1] : null;
    }

    public async ValueTask RemoveAll()
    {
        for (var after = await RemoveSome(null); after is not null; after = await RemoveSome(after))
        {
        }
    }
}
