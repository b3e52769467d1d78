namespace Hearth.GrainInterfaces.Views;

/// <summary>A page's counts over some days.</summary>
/// <param name="Page">The page's id.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">The sum over the days of the distinct visitors of each.</param>
[GenerateSerializer, Immutable, Alias("page-count")]
public readonly record struct PageCount([property: Id(0)] string Page, [property: Id(1)] long Views, [property: Id(2)] long Visitors);
