using System.Collections.Immutable;

namespace Hearth.Model.Categories;

/// <summary>The product table of the site's database. Products of a removed category lose their category.</summary>
public interface IProductStore
{
    /// <summary>Returns a product, or null.</summary>
    /// <param name="id">The product.</param>
    Task<Product?> Find(string id);

    /// <summary>Creates or replaces a product, unless its category does not exist.</summary>
    /// <param name="product">The product.</param>
    Task<ProductPutOutcome> Put(Product product);

    /// <summary>Deletes a product; returns whether there was one.</summary>
    /// <param name="id">The product.</param>
    Task<bool> Delete(string id);

    /// <summary>Returns the next products in an order.</summary>
    /// <param name="query">Which page.</param>
    Task<ImmutableArray<Product>> Page(ProductQuery query);

    /// <summary>Counts the products of some categories.</summary>
    /// <param name="categories">The categories, each named once.</param>
    Task<long> Count(ImmutableArray<string> categories);

    /// <summary>Creates and updates products in one transaction, all or none.</summary>
    /// <param name="lines">The products; one whose category does not exist, or that stands twice, is a fault.</param>
    /// <param name="mode">Whether products that are not among the lines are deleted, which may be refused.</param>
    Task<ImportResult> Import(IReadOnlyCollection<ImportLine> lines, ImportMode mode);
}
