using System.Collections.Immutable;

namespace Hearth.Model.Categories;

/// <summary>What leads from one version of the tree to another. No id stands in both parts.</summary>
/// <param name="Rows">Rows that are new or changed, whole.</param>
/// <param name="Removed">Ids of rows that are gone.</param>
public sealed record CategoryChanges(
    ImmutableArray<CategoryRow> Rows,
    ImmutableArray<string> Removed)
{
    /// <summary>Changes nothing.</summary>
    public static CategoryChanges None { get; } = new([], []);

    /// <summary>How many rows are touched.</summary>
    public int Count => Rows.Length + Removed.Length;

    /// <summary>Finds what leads from one tree to another.</summary>
    /// <param name="older">The tree to start from.</param>
    /// <param name="newer">The tree to end at.</param>
    public static CategoryChanges Between(CategoryTree older, CategoryTree newer) => CategoryBatch.Between(older, newer).ToChanges();
}
