using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>Says how far the database is with one row.</summary>
/// <param name="Day">The row's day.</param>
/// <param name="Value">The value of the row's slice.</param>
/// <param name="Views">The views that the database has.</param>
/// <param name="Dimension">The dimension of the row's slice.</param>
/// <param name="Traffic">The traffic of the row's slice.</param>
[GenerateSerializer, Immutable, Alias("flush-mark")]
public readonly record struct FlushMark(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] string Value,
    [property: Id(2)] long Views,
    [property: Id(3)] ViewDimension Dimension = ViewDimension.Location,
    [property: Id(4)] Traffic Traffic = Traffic.Human)
{
    /// <summary>A row as it was written.</summary>
    public static FlushMark Of(PageViewRow row) => new(row.Day, row.Slice.Value, row.Views, row.Slice.Dimension, row.Slice.Traffic);
}
