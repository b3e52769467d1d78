using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A category as it stands in its tree at one version.</summary>
/// <param name="Id">The category's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ParentId">The parent's id; null for a root.</param>
/// <param name="Position">Its rank among siblings.</param>
/// <param name="Depth">1 for a root.</param>
/// <param name="Path">From the root down to the parent.</param>
/// <param name="ChildCount">How many children it has.</param>
/// <param name="DescendantCount">How many categories are below it.</param>
/// <param name="Version">The tree's version.</param>
[GenerateSerializer, Immutable, Alias("category-view")]
public sealed record CategoryView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string? ParentId,
    [property: Id(3)] int Position,
    [property: Id(4)] int Depth,
    [property: Id(5)] ImmutableArray<CategoryPathStep> Path,
    [property: Id(6)] int ChildCount,
    [property: Id(7)] int DescendantCount,
    [property: Id(8)] long Version)
{
    /// <summary>Looks at the category at a place.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="place">The category's place in it.</param>
    public static CategoryView Of(CategoryTree tree, int place)
    {
        var node = tree[place];
        return new CategoryView(
            node.Id, node.Name, tree.ParentId(place), node.Position, node.Depth,
            [.. tree.Path(place).Select(step => new CategoryPathStep(tree[step].Id, tree[step].Name))],
            node.ChildCount, tree.DescendantCount(place), tree.Version);
    }
}
