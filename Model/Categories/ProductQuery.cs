using System.Collections.Immutable;

namespace Hearth.Model.Categories;

/// <summary>Asks for the next products in an order.</summary>
/// <param name="Categories">Of these categories, each named once; null walks over all products there are, also those without a category.</param>
/// <param name="Sort">In which order.</param>
/// <param name="After">Behind which product.</param>
/// <param name="Limit">How many products at most.</param>
/// <param name="Walk">
/// With categories, how many of the next products of any category may be looked through for theirs, where that is likely to
/// be cheaper than looking into each category; then fewer may be returned than there are. 0 looks into each.
/// </param>
public sealed record ProductQuery(
    ImmutableArray<string>? Categories,
    ProductSort Sort,
    ProductCursor After,
    int Limit,
    int Walk = 0);
