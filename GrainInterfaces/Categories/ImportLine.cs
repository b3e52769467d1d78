namespace Hearth.GrainInterfaces.Categories;

/// <summary>One row of a file of categories or of products.</summary>
/// <param name="Number">Its line in the file, from 1.</param>
/// <param name="Id">The id of the category or product.</param>
/// <param name="Above">The parent of a category, the category of a product; null for none.</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("import-line")]
public sealed record ImportLine(
    [property: Id(0)] int Number, [property: Id(1)] string Id, [property: Id(2)] string? Above, [property: Id(3)] string Name);
