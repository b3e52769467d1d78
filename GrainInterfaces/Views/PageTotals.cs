using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A page's counts over all time, and today's.</summary>
/// <param name="Views">Views over all time.</param>
/// <param name="Visitors">The sum over all days of each day's distinct visitors.</param>
/// <param name="Today">The counts of the day it is now in <c>Views:TimeZone</c>.</param>
[GenerateSerializer, Immutable, Alias("page-totals")]
public sealed record PageTotals([property: Id(0)] long Views, [property: Id(1)] long Visitors, [property: Id(2)] DayCount Today);
