using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.AspNetCore.Categories;

/// <summary>
/// Finds the products of a subtree as one version of the tree has it. The categories of a small one are looked into one by
/// one. Of a large one the next products in order are likely near, so all products are walked over and those of others
/// left out; in between the database does that, which then is told the categories. If the products turn out to be rare, the
/// walk ends before it has cost more than looking into each category would.
/// </summary>
internal sealed class SubtreeProducts(IProductCatalogueGrain catalogue, CategoryTree tree, int place, ProductSort sort)
{
    private const int MaxStep = 2_000;

    /// <summary>A step takes this much more than what should be enough, as products do not lie evenly.</summary>
    private const double Margin = 1.3;

    /// <summary>Looking into a category takes as long as looking at so many products of a walk in the database.</summary>
    private const int LookUp = 15;

    private readonly int _categories = tree.DescendantCount(place) + 1;

    public static IProductCatalogueGrain Catalogue(IGrainFactory grains) => grains.GetGrain<IProductCatalogueGrain>(IProductCatalogueGrain.Key);

    public static SubtreeProducts Of(IGrainFactory grains, CategoryTree tree, int place, ProductSort sort = ProductSort.Id) =>
        new(Catalogue(grains), tree, place, sort);

    /// <summary>How many products there are in the subtree.</summary>
    public ValueTask<long> Count() => catalogue.Count(Categories());

    /// <summary>Returns the products behind a cursor, at most as many as asked.</summary>
    public async Task<List<Product>> Page(ProductCursor after, int limit)
    {
        var found = new List<Product>();
        var share = (double)_categories / tree.Count;
        if (sort == ProductSort.Id && limit / share >= _categories && limit / share < _categories * (double)LookUp)
        {
            found.AddRange(await catalogue.Page(new ProductQuery(Categories(), sort, after, limit, (int)(limit / share * Margin))));
            after = found is [.., var last] ? new ProductCursor(last.Name, last.Id) : after;
        }

        var left = limit / share < _categories ? _categories : 0;
        while (left > 0 && found.Count < limit)
        {
            var step = (int)Math.Clamp((limit - found.Count) / share * Margin, 1, Math.Min(MaxStep, left));
            var walked = await catalogue.Page(new ProductQuery(null, sort, after, step));
            found.AddRange(walked.Where(IsInside).Take(limit - found.Count));
            if (walked.Length < step)
            {
                return found;
            }

            after = new ProductCursor(walked[^1].Name, walked[^1].Id);
            left -= step;
        }

        if (found.Count < limit)
        {
            found.AddRange(await catalogue.Page(new ProductQuery(Categories(), sort, after, limit - found.Count)));
        }

        return found;
    }

    private bool IsInside(Product product) =>
        product.CategoryId is { } category && tree.TryFind(category, out var at) && at >= place && at < place + _categories;

    private ImmutableArray<string> Categories() => [.. Enumerable.Range(place, _categories).Select(at => tree[at].Id)];
}
