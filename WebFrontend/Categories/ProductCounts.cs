using Hearth.AspNetCore.Categories;
using Hearth.Model.Categories;
using Hearth.Model.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace Hearth.WebFrontend.Categories;

/// <summary>
/// Counts the products of subtrees. Remembers what was counted last, so that a category that has been asked for can be
/// answered whole while no silo, or no database, is there to count.
/// </summary>
internal sealed class ProductCounts(IGrainFactory grains) : IDisposable
{
    private const int MaxRemembered = 10_000;

    private readonly MemoryCache _last = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>How many products are in the subtree at a place; the last known number where they cannot be counted now.</summary>
    public async Task<long> Of(CategoryTree tree, int place)
    {
        var id = tree[place].Id;
        try
        {
            return _last.Set(id, await SubtreeProducts.Of(grains, tree, place).Count(), new MemoryCacheEntryOptions { Size = 1 });
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or StoreUnavailableException && _last.TryGetValue<long>(id, out var known))
        {
            return known;
        }
    }

    public void Dispose() => _last.Dispose();
}
