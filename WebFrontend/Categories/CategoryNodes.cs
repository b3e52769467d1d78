namespace Hearth.WebFrontend.Categories;

/// <summary>What the operator's page shows of the tree at one version.</summary>
internal sealed record CategoryNodes(long Version, IReadOnlyList<CategoryNodeChildren> Nodes);

/// <param name="Parent">Whose children; empty for the top.</param>
/// <param name="Categories">The first of them in sibling order.</param>
/// <param name="HasMore">Whether there are more than these.</param>
public sealed record CategoryNodeChildren(string Parent, IReadOnlyList<CategorySummary> Categories, bool HasMore);

/// <param name="Version">The tree's version.</param>
/// <param name="Count">How many categories a root reaches.</param>
/// <param name="Problems">How many rows none does.</param>
public sealed record CategoryState(long Version, int Count, int Problems);

/// <summary>A category that was searched for, and where it is.</summary>
internal sealed record CategoryHit(string Id, string Name, IReadOnlyList<GrainInterfaces.Categories.CategoryPathStep> Path);

/// <param name="Id">What moves.</param>
/// <param name="ParentId">Where it goes; null makes it a root.</param>
/// <param name="Before">The sibling that it goes before; null puts it behind the last.</param>
internal sealed record PlaceCategory(string? Id, string? ParentId = null, string? Before = null);
