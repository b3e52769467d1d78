using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>A <see cref="CategoryChanges"/> as it is sent and stored.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct CategoryChangesSurrogate(
    [property: Id(0)] ImmutableArray<CategoryRow> Rows,
    [property: Id(1)] ImmutableArray<string> Removed);
