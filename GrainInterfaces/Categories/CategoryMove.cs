namespace Hearth.GrainInterfaces.Categories;

/// <summary>Where a category goes.</summary>
/// <param name="ParentId">The new parent; null makes it a root.</param>
[GenerateSerializer, Immutable, Alias("category-move")]
public sealed record CategoryMove([property: Id(0)] string? ParentId);
