using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A page's counts over some days, by the values of a dimension.</summary>
/// <param name="Views">Views over all values.</param>
/// <param name="Visitors">Distinct visitors over the days where their sketches are kept, else the sum of each day's.</param>
/// <param name="Slices">Each value that has views, most viewed first, then by the bytes of the value.</param>
[GenerateSerializer, Immutable, Alias("page-breakdown")]
public sealed record PageBreakdown(
    [property: Id(0)] long Views, [property: Id(1)] long Visitors, [property: Id(2)] ImmutableArray<SliceCount> Slices);
