namespace Hearth.Model.Categories;

/// <summary>One row of a file of categories or of products.</summary>
/// <param name="Number">Its line in the file, from 1.</param>
/// <param name="Id">The id of the category or product.</param>
/// <param name="Above">The parent of a category, the category of a product; null for none.</param>
/// <param name="Name">Its name.</param>
public sealed record ImportLine(
    int Number, string Id, string? Above, string Name);
