using Hearth.GrainInterfaces.Categories;
using Hearth.Model.Categories;

namespace Hearth.WebFrontend.Categories;

/// <summary>A category in a list.</summary>
public sealed record CategorySummary(string Id, string Name, string? ParentId, int ChildCount, int DescendantCount)
{
    public static CategorySummary Of(CategoryTree tree, int place) =>
        new(tree[place].Id, tree[place].Name, tree.ParentId(place), tree[place].ChildCount, tree.DescendantCount(place));
}

internal sealed record CategoryRoots(long Version, IEnumerable<CategorySummary> Categories);

/// <summary>A page of children; <c>next</c> is the <c>after</c> of the next page, or null.</summary>
internal sealed record CategoryChildren(long Version, IReadOnlyList<CategorySummary> Categories, string? Next);

/// <summary>A category whole. <c>path</c> runs from the root to the parent; <c>productCount</c> covers the subtree.</summary>
internal sealed record CategoryDetail(
    string Id, string Name, string? ParentId, int Position, int Depth, IReadOnlyList<CategoryPathStep> Path,
    int ChildCount, int DescendantCount, long ProductCount, long Version)
{
    public static CategoryDetail Of(CategoryView view, long productCount) => new(
        view.Id, view.Name, view.ParentId, view.Position, view.Depth, view.Path, view.ChildCount, view.DescendantCount, productCount, view.Version);
}

/// <summary>Everything below a category, in pre-order, without itself.</summary>
internal sealed record CategoryDescendants(string Id, long Version, IReadOnlyList<string> Descendants);

/// <summary>Everything below each category.</summary>
internal sealed record CategoryIndex(long Version, IReadOnlyDictionary<string, IReadOnlyList<string>> Index);

/// <summary>How many rows an import changed; rows that were as the file says count nowhere.</summary>
internal sealed record ImportAnswer(int Created, int Updated, int Deleted, long Version);

/// <summary>A row outside of the tree, and why.</summary>
internal sealed record CategoryProblem(string Id, string Problem);

internal sealed record ReindexAnswer(long Version, int Categories, IEnumerable<CategoryProblem> Problems);

internal sealed record ProductPage(IReadOnlyList<Product> Products, string? Next);
