using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="Product"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ProductSurrogate(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string? CategoryId);
