using System.Collections.Immutable;
using Hearth.Model.Views;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A page's counts over some days, day by day.</summary>
/// <param name="Views">Views over all days.</param>
/// <param name="Visitors">Distinct visitors over the days where their sketches are kept, else the sum of each day's.</param>
/// <param name="Days">The days that have views, in order.</param>
[GenerateSerializer, Immutable, Alias("page-day-series")]
public sealed record PageDaySeries(
    [property: Id(0)] long Views, [property: Id(1)] long Visitors, [property: Id(2)] ImmutableArray<DayCount> Days);
