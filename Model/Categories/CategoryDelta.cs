namespace Hearth.Model.Categories;

/// <summary>What leads from a version that the caller knows to the table's present one.</summary>
/// <param name="Version">The present version, read in the same snapshot.</param>
/// <param name="Changes">Rows as they are now, and ids that are gone.</param>
public sealed record CategoryDelta(long Version, CategoryChanges Changes);
