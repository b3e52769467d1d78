namespace Hearth.GrainInterfaces.Categories;

/// <summary>A category to be made.</summary>
/// <param name="Id">Its id; null has one made.</param>
/// <param name="Name">Its name.</param>
/// <param name="ParentId">The parent; null for a root.</param>
/// <param name="Position">Its rank among siblings; null puts it after the last.</param>
[GenerateSerializer, Immutable, Alias("new-category")]
public sealed record NewCategory(
    [property: Id(0)] string? Id, [property: Id(1)] string Name, [property: Id(2)] string? ParentId, [property: Id(3)] int? Position);
