using System.Collections.Immutable;
using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;
using Orleans.Concurrency;

namespace Hearth.Grains.Categories;

[GrainType("product-catalogue"), StatelessWorker, Reentrant]
internal sealed class ProductCatalogueGrain(IProductStore store) : Grain, IProductCatalogueGrain
{
    public async ValueTask<Product?> Find(string id) => await store.Find(id);

    public async ValueTask<ProductPutResult> Put(Product product) => await store.Put(product) switch
    {
        ProductPutOutcome.Created => ProductPutResult.Created,
        ProductPutOutcome.Updated => ProductPutResult.Updated,
        ProductPutOutcome.UnknownCategory => ProductPutResult.UnknownCategory,
        var outcome => throw new InvalidOperationException($"The store answered {outcome}."),
    };

    public async ValueTask<bool> Delete(string id) => await store.Delete(id);

    public async ValueTask<ImmutableArray<Product>> Page(ProductQuery query) => await store.Page(query);

    public async ValueTask<long> Count(ImmutableArray<string> categories) => await store.Count(categories);
}
