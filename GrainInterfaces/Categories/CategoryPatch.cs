namespace Hearth.GrainInterfaces.Categories;

/// <summary>What changes about a category; null leaves a part as it is.</summary>
/// <param name="Name">The new name.</param>
/// <param name="Move">Where it goes.</param>
/// <param name="Position">Its new rank among siblings. A move alone keeps the rank.</param>
[GenerateSerializer, Immutable, Alias("category-patch")]
public sealed record CategoryPatch([property: Id(0)] string? Name, [property: Id(1)] CategoryMove? Move, [property: Id(2)] int? Position);
