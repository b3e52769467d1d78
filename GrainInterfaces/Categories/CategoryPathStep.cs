namespace Hearth.GrainInterfaces.Categories;

/// <summary>One ancestor of a category.</summary>
/// <param name="Id">The ancestor's id.</param>
/// <param name="Name">The ancestor's name.</param>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("category-path-step")]
public sealed record CategoryPathStep([property: Id(0)] string Id, [property: Id(1)] string Name);
