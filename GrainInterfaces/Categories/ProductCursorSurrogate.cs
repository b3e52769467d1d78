using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="ProductCursor"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ProductCursorSurrogate([property: Id(0)] string Name, [property: Id(1)] string Id);
