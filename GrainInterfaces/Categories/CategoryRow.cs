namespace Hearth.GrainInterfaces.Categories;

/// <summary>One row of the category table, the only stored truth about the tree.</summary>
/// <param name="Id">The category's id.</param>
/// <param name="ParentId">The parent's id; null for a root. It may name a category that does not exist (an orphan).</param>
/// <param name="Name">What people call it; any Unicode.</param>
/// <param name="Position">Siblings stand in order of position, then of id by its UTF-8 bytes.</param>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("category-row")]
public sealed record CategoryRow(
    [property: Id(0)] string Id,
    [property: Id(1)] string? ParentId,
    [property: Id(2)] string Name,
    [property: Id(3)] int Position);
