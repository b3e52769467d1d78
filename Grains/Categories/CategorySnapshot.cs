using System.Collections.Immutable;
using Hearth.Model.Categories;

namespace Hearth.Grains.Categories;

/// <summary>The tree as it was stored last. Of use only while the table is still of its version.</summary>
[GenerateSerializer, Alias("category-snapshot")]
internal sealed class CategorySnapshot
{
    /// <summary>The version of the rows; -1 where nothing was stored.</summary>
    [Id(0)]
    public long Version { get; set; } = -1;

    /// <summary>Every row in pre-order. Let go of in memory once it is read or written.</summary>
    [Id(1)]
    public ImmutableArray<CategoryRow> Rows { get; set; } = [];
}
