using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="ProductQuery"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ProductQuerySurrogate(
    [property: Id(6)] ImmutableArray<string>? Categories,
    [property: Id(1)] ProductSort Sort,
    [property: Id(2)] ProductCursor After,
    [property: Id(3)] int Limit,
    [property: Id(7)] int Walk);
