namespace Hearth.Model.Categories;

/// <summary>One row of the category table, the only stored truth about the tree.</summary>
/// <param name="Id">The category's id.</param>
/// <param name="ParentId">The parent's id; null for a root. It may name a category that does not exist (an orphan).</param>
/// <param name="Name">What people call it; any Unicode.</param>
/// <param name="Position">Siblings stand in order of position, then of id by its UTF-8 bytes.</param>
public sealed record CategoryRow(
    string Id,
    string? ParentId,
    string Name,
    int Position);
