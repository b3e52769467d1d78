using Hearth.AspNetCore.Categories;
using Hearth.GrainInterfaces.Categories;
using Hearth.GrainInterfaces.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace Hearth.WebFrontend.Categories;

/// <summary>
/// Counts the products of subtrees. Remembers what was counted last, so that a category that has been asked for can be
/// answered whole while no silo, or no database, is there to count.
/// </summary>
internal sealed class ProductCounts(IGrainFactory grains, TimeProvider time) : IDisposable
{
    private const int MaxRemembered = 10_000;

    /// <summary>How long a count that is remembered is waited for to be renewed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly MemoryCache _last = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>How many products are in the subtree at a place; the last known number where they cannot be counted now.</summary>
    public async Task<long> Of(CategoryTree tree, int place)
    {
        var id = tree[place].Id;
        var counting = Count(tree, place);
        if (!_last.TryGetValue<long>(id, out var known))
        {
            return Remember(id, await counting);
        }

        try
        {
            return Remember(id, await counting.WaitAsync(Patience, time));
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or StoreUnavailableException)
        {
            return known;
        }
    }

    public void Dispose() => _last.Dispose();

    private async Task<long> Count(CategoryTree tree, int place) => await SubtreeProducts.Of(grains, tree, place).Count();

    private long Remember(string id, long count) => _last.Set(id, count, new MemoryCacheEntryOptions { Size = 1 });
}
