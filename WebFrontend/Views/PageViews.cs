using Hearth.Model.Views;

namespace Hearth.WebFrontend.Views;

/// <summary>A page's counts over all time, and today's.</summary>
internal sealed record PageViews(string Page, long Views, long Visitors, DayCount Today);
