using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.AspNetCore;

/// <summary>
/// The category tree. Reads are answered from this process's own copy, which follows the table within two seconds, and
/// from one version of it each.
/// </summary>
public interface ICategoryTree
{
    /// <summary>Returns a category with its path from the root; null where there is none.</summary>
    /// <param name="id">The category's id.</param>
    /// <param name="cancellationToken">Stops waiting for the first copy.</param>
    /// <exception cref="HearthUnavailableException">There is no copy yet.</exception>
    Task<CategoryView?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Returns the children of a category, or the roots, in sibling order; none for an unknown category.</summary>
    /// <param name="parent">The category's id; null for the roots.</param>
    /// <param name="cancellationToken">Stops waiting for the first copy.</param>
    /// <exception cref="HearthUnavailableException">There is no copy yet.</exception>
    Task<IReadOnlyList<CategoryView>> GetChildrenAsync(string? parent = null, CancellationToken cancellationToken = default);

    /// <summary>Returns the ids of everything below a category in pre-order, without itself; none for an unknown category.</summary>
    /// <param name="id">The category's id.</param>
    /// <param name="cancellationToken">Stops waiting for the first copy.</param>
    /// <exception cref="HearthUnavailableException">There is no copy yet.</exception>
    Task<IReadOnlyList<string>> GetDescendantsAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Returns a page of the products of a category and of everything below it, by id.</summary>
    /// <param name="id">The category's id.</param>
    /// <param name="limit">The most products to return, 1 to 1000.</param>
    /// <param name="after">The last product of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<IReadOnlyList<Product>> GetProductsAsync(string id, int limit = 50, Product? after = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a category where its id is free; the tree of this process has it when this returns.</summary>
    /// <param name="category">The category.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<CategoryEditResult> AddAsync(NewCategory category, CancellationToken cancellationToken = default);

    /// <summary>Creates or replaces a product.</summary>
    /// <param name="product">The product.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HearthUnavailableException">Hearth cannot be reached.</exception>
    Task<ProductPutResult> PutProductAsync(Product product, CancellationToken cancellationToken = default);
}
