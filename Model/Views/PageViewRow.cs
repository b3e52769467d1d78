namespace Hearth.Model.Views;

/// <summary>A row of the table <c>page_views</c>: absolute counts of one page, day and location.</summary>
/// <param name="Day">The day.</param>
/// <param name="Location">The location, empty for views that named none.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">How many distinct visitors, estimated.</param>
/// <param name="Sketch">The sketch that the estimate comes from, so that a late view can grow it.</param>
public sealed record PageViewRow(
    DateOnly Day, string Location, long Views, long Visitors, byte[] Sketch);
