using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>
/// Reads and writes products in the database. Key: 0. Holds nothing: a stateless worker, so that any silo answers and
/// many calls run side by side.
/// </summary>
[Alias("product-catalogue")]
public interface IProductCatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const long Key = 0;

    /// <summary>Returns a product, or null.</summary>
    /// <param name="id">The product.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The database cannot be read.</exception>
    [Alias("find")] ValueTask<Product?> Find(string id);

    /// <summary>Creates or replaces a product; it is durable once this returns.</summary>
    /// <param name="product">The product.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The database cannot be written.</exception>
    [Alias("put")] ValueTask<ProductPutResult> Put(Product product);

    /// <summary>Deletes a product; returns whether there was one.</summary>
    /// <param name="id">The product.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The database cannot be written.</exception>
    [Alias("delete")] ValueTask<bool> Delete(string id);

    /// <summary>Returns a page of products.</summary>
    /// <param name="query">Which page.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The database cannot be read.</exception>
    [Alias("page")] ValueTask<ImmutableArray<Product>> Page(ProductQuery query);

    /// <summary>Counts the products of some categories.</summary>
    /// <param name="categories">The categories, each named once.</param>
    /// <exception cref="Model.Storage.StoreUnavailableException">The database cannot be read.</exception>
    [Alias("count")] ValueTask<long> Count(ImmutableArray<string> categories);
}
