using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>Asks for the next products in an order.</summary>
/// <param name="Categories">Of these categories, each named once; null walks over all products there are, also those without a category.</param>
/// <param name="Sort">In which order.</param>
/// <param name="After">Behind which product.</param>
/// <param name="Limit">How many products at most.</param>
/// <param name="Walk">
/// With categories, how many of the next products of any category may be looked through for theirs, where that is likely to
/// be cheaper than looking into each category; then fewer may be returned than there are. 0 looks into each.
/// </param>
[GenerateSerializer, Immutable, Alias("product-query")]
public sealed record ProductQuery(
    [property: Id(6)] ImmutableArray<string>? Categories,
    [property: Id(1)] ProductSort Sort,
    [property: Id(2)] ProductCursor After,
    [property: Id(3)] int Limit,
    [property: Id(7)] int Walk = 0);
