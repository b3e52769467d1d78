using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="ImportLine"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ImportLineSurrogate(
    [property: Id(0)] int Number,
    [property: Id(1)] string Id,
    [property: Id(2)] string? Above,
    [property: Id(3)] string Name);
