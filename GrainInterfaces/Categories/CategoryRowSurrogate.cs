using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="CategoryRow"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct CategoryRowSurrogate(
    [property: Id(0)] string Id,
    [property: Id(1)] string? ParentId,
    [property: Id(2)] string Name,
    [property: Id(3)] int Position);
