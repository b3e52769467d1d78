namespace Hearth.GrainInterfaces.Views;

/// <summary>A location's counts over some days.</summary>
/// <param name="Location">The location, empty for views that named none.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">The sum over the days of the distinct visitors of each.</param>
[GenerateSerializer, Immutable, Alias("location-count")]
public readonly record struct LocationCount([property: Id(0)] string Location, [property: Id(1)] long Views, [property: Id(2)] long Visitors);
