namespace Hearth.GrainInterfaces.Categories;

/// <summary>Asks for a page of the products of a category and of everything below it.</summary>
/// <param name="CategoryId">The category.</param>
/// <param name="Sort">In which order.</param>
/// <param name="After">Where the page starts.</param>
/// <param name="Limit">How many products at most.</param>
/// <param name="Share">
/// Which part of all categories the subtree has, 0 to 1. Only a hint for the choice between looking into each category
/// and walking over all products in order.
/// </param>
/// <param name="Categories">How many categories the subtree has; a hint likewise.</param>
[GenerateSerializer, Immutable, Alias("product-query")]
public sealed record ProductQuery(
    [property: Id(0)] string CategoryId,
    [property: Id(1)] ProductSort Sort,
    [property: Id(2)] ProductCursor After,
    [property: Id(3)] int Limit,
    [property: Id(4)] double Share,
    [property: Id(5)] int Categories);
