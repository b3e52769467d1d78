namespace Hearth.GrainInterfaces.Views;

/// <summary>A day's counts over all locations.</summary>
/// <param name="Day">The day.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">How many distinct visitors, estimated with a standard error of at most 2 %, exact below 100.</param>
[GenerateSerializer, Immutable, Alias("day-count")]
public readonly record struct DayCount([property: Id(0)] DateOnly Day, [property: Id(1)] long Views, [property: Id(2)] long Visitors);
