namespace Hearth.GrainInterfaces.Categories;

/// <summary>A product.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="CategoryId">The category that it is in; null for none.</param>
[GenerateSerializer, Immutable, Alias("product")]
public sealed record Product([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string? CategoryId);
