namespace Hearth.WebFrontend.Views;

/// <summary>The counts of all pages together over a range of days.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Views">The views of the whole range.</param>
/// <param name="Visitors">Distinct visitors over the range where each day's sketch is kept (Views:SketchDays), else the sum of each day's.</param>
/// <param name="Series">Each day or hour of the range in order, or each location, referrer or campaign, most viewed first.</param>
internal sealed record SiteSeries(DateOnly From, DateOnly To, long Views, long Visitors, IReadOnlyList<SeriesCount> Series);
