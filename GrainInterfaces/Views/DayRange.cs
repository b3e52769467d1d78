namespace Hearth.GrainInterfaces.Views;

/// <summary>Days in a row.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day, included; not before the first.</param>
[GenerateSerializer, Immutable, Alias("day-range")]
public readonly record struct DayRange([property: Id(0)] DateOnly First, [property: Id(1)] DateOnly Last)
{
    /// <summary>How many days there are.</summary>
    public int Length => Last.DayNumber - First.DayNumber + 1;

    /// <summary>Whether a day is one of them.</summary>
    public bool Contains(DateOnly day) => First <= day && day <= Last;
}
