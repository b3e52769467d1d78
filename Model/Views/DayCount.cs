namespace Hearth.Model.Views;

/// <summary>A day's counts over all locations.</summary>
/// <param name="Day">The day.</param>
/// <param name="Views">How many views.</param>
/// <param name="Visitors">How many distinct visitors, estimated with a standard error of at most 2 %, exact below 100.</param>
public readonly record struct DayCount(DateOnly Day, long Views, long Visitors);
