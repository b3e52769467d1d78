using Hearth.AspNetCore.Hosting;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Hearth.Model.Storage;

namespace Hearth.AspNetCore.Categories;

/// <summary>The category tree as a site sees it.</summary>
internal sealed class CategoryTreeClient(CategoryReplica replica, GrainCalls calls) : ICategoryTree
{
    public async Task<CategoryView?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        var tree = await Read(cancellationToken).ConfigureAwait(false);
        return tree.TryFind(id, out var place) ? CategoryView.Of(tree, place) : null;
    }

    public async Task<IReadOnlyList<CategoryView>> GetChildrenAsync(string? parent = null, CancellationToken cancellationToken = default)
    {
        var tree = await Read(cancellationToken).ConfigureAwait(false);
        var place = -1;
        return parent is not null && !tree.TryFind(parent, out place) ? [] : [.. tree.Children(place).Select(child => CategoryView.Of(tree, child))];
    }

    public async Task<IReadOnlyList<string>> GetDescendantsAsync(string id, CancellationToken cancellationToken = default)
    {
        var tree = await Read(cancellationToken).ConfigureAwait(false);
        return tree.TryFind(id, out var place) ? [.. Enumerable.Range(place + 1, tree.DescendantCount(place)).Select(below => tree[below].Id)] : [];
    }

    public async Task<IReadOnlyList<Product>> GetProductsAsync(
        string id, int limit = 50, Product? after = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit, Math.Clamp(limit, 1, 1000));
        var tree = await Read(cancellationToken).ConfigureAwait(false);
        if (!tree.TryFind(id, out var place))
        {
            return [];
        }

        var start = after is null ? ProductCursor.Start : new ProductCursor(after.Name, after.Id);
        return await calls.Run(async grains => await SubtreeProducts.Of(grains, tree, place).Page(start, limit).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    public async Task<CategoryEditResult> AddAsync(NewCategory category, CancellationToken cancellationToken = default)
    {
        var result = await calls.Run(grains => grains.GetGrain<ICategoryTreeGrain>(ICategoryTreeGrain.Key).Create(category), cancellationToken).ConfigureAwait(false);
        await replica.Await(result.Version, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public Task<ProductPutResult> PutProductAsync(Product product, CancellationToken cancellationToken = default)
    {
        ValidId.Check(product.Id);
        return calls.Run(grains => Catalogue(grains).Put(product), cancellationToken);
    }

    private static IProductCatalogueGrain Catalogue(IGrainFactory grains) => grains.GetGrain<IProductCatalogueGrain>(IProductCatalogueGrain.Key);

    private async ValueTask<CategoryTree> Read(CancellationToken cancellationToken)
    {
        try
        {
            return await replica.Read(minVersion: null, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            throw new HearthUnavailableException("The category tree has not been read yet.", exception);
        }
    }
}
