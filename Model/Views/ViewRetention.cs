namespace Hearth.Model.Views;

/// <summary>The first day that is kept of what is not kept for ever.</summary>
/// <param name="Hours">Of views by hour.</param>
/// <param name="Breakdowns">Of views by referrer and campaign, and of those of bots by location.</param>
/// <param name="Sketches">Of the sketches of visitors.</param>
public readonly record struct ViewRetention(DateOnly Hours, DateOnly Breakdowns, DateOnly Sketches);
