namespace Hearth.GrainInterfaces.Categories;

/// <summary>An import of categories. Key: a fresh GUID for each import.</summary>
/// <remarks>
/// New categories follow their siblings in the order of the file, known ones keep their position; an import that
/// replaces gives every category the position of its line, so that the tree is what the file alone would give.
/// </remarks>
[Alias("category-import")]
public interface ICategoryImportGrain : IImportGrain;
