using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.GrainInterfaces.Categories;

/// <summary>The tree as it was read anew.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Categories">How many categories a root reaches.</param>
/// <param name="Faults">The rows that none does.</param>
[GenerateSerializer, Immutable, Alias("category-reindex-result")]
public sealed record CategoryReindexResult(
    [property: Id(0)] long Version, [property: Id(1)] int Categories, [property: Id(2)] ImmutableArray<CategoryFault> Faults);
