using System.Collections.Immutable;

namespace Hearth.GrainInterfaces.Views;

/// <summary>A page's counts by location.</summary>
/// <param name="Views">Views over all locations.</param>
/// <param name="Visitors">The sum over the days of each day's distinct visitors; a visitor of two locations counts once a day.</param>
/// <param name="Locations">Each location, most viewed first, then by location.</param>
[GenerateSerializer, Immutable, Alias("page-locations")]
public sealed record PageLocations(
    [property: Id(0)] long Views, [property: Id(1)] long Visitors, [property: Id(2)] ImmutableArray<LocationCount> Locations);
