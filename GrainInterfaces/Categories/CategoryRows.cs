namespace Hearth.GrainInterfaces.Categories;

/// <summary>The whole category table at one version.</summary>
/// <param name="Version">The version, read in the same snapshot as the rows.</param>
/// <param name="Rows">Every row, in no particular order.</param>
public sealed record CategoryRows(long Version, IReadOnlyList<CategoryRow> Rows);
