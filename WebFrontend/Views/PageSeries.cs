namespace Hearth.WebFrontend.Views;

/// <summary>A page's counts over a range of days, by day or by location.</summary>
internal sealed record PageSeries<T>(string Page, DateOnly From, DateOnly To, long Views, long Visitors, IReadOnlyList<T> Series);
